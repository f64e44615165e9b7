import fc from 'fast-check'
import { mayRead } from '../../../src/domain/sharing.ts'
import { addDetails } from '../../../src/operations/alert.ts'
import { sharingRules } from '../../../src/operations/channel.ts'
import {
  decideEarlyWarning,
  earlyWarningsWaiting,
  readEarlyWarning,
} from '../../../src/operations/early-warning.ts'
import { decisionModal, earlyWarningCard, waitingEarlyWarnings } from '../../../src/views/early-warning.ts'
import { act, type Noun } from '../noun.ts'
import { note, nth, planted, type World, who } from '../world.ts'

const items = async ({ desk }: World) =>
  desk.store.database
    .prepare<[], { id: string; code: string }>('select id, code from early_warnings order by created_at, id')
    .all()

export const noun: Noun = {
  lives: {
    'several tensions, and nobody decides': [
      ['warn', { by: 'duty', others: 'company' }],
      ['climb', 2 * 1440],
    ],
  },
  acts: {
    warn: act(fc.record({ by: who, others: who }), async (world, { by, others }) => {
      for (const name of [by, by, others]) {
        const ctx = await world.as(name)
        const { alert } = await world.desk.raise({ what: note, urgency: 'tension' }, ctx)
        world.add('alert', alert.id)
        await addDetails(ctx, { alertId: alert.id, version: alert.version, threat: 'crime' })
      }
    }),
    decideEarlyWarning: act(
      fc.record({ by: who, nth, decision: fc.constantFrom('act', 'monitor', 'no_action') }),
      async (world, given) => {
        const item = (await items(world))[given.nth]
        return decideEarlyWarning(await world.as(given.by), {
          warningId: item?.id ?? '',
          decision: given.decision,
          until: world.desk.clock.now() + 3_600_000,
          reason: planted.record,
        })
      },
    ),
  },
  apart: {
    earlyWarningFacts: 'reads an item for renderers, which ask the rule',
    mayReadEarlyWarning: 'the rule itself, for renderers',
    remindEarlyWarning: 'a timer, which `climb` fires',
  },
  words: async world => (await items(world)).map(({ code }) => code),
  async allowed(world, reader) {
    const may = new Set<string>()
    const rules = sharingRules(world.desk.system)
    const facts = await world.alerts()
    for (const { id, code } of await items(world)) {
      const ids = await world.desk.store.read.earlyWarnings.alertsOf(id)
      const all = facts.filter(({ alert }) => ids.includes(alert.id))
      const every = all.every(({ alert, named, namesState, releases }) =>
        mayRead({ ...alert, named, namesState, releases }, 'record', reader, rules),
      )
      // Who owes the decision is told of it by its code, and of nothing else.
      const decides =
        reader.kind === 'person' &&
        reader.roles.some(({ role }) => role === 'joc_watch' || role === 'poc_adviser')
      if ((every && all.length > 0) || decides) may.add(code)
    }
    return may
  },
  renders: ['card:early_warning', 'early_warning.asked', 'early_warning.grown', 'early_warning.reminder'],
  opens: {
    async readEarlyWarning(world, { ctx, view, see }) {
      for (const { id } of await items(world))
        await see(async () => {
          const item = await readEarlyWarning(ctx, id)
          return [earlyWarningCard(view, item), decisionModal(view, item, 'monitor')]
        })
    },
    earlyWarningsWaiting: (_, { ctx, view, see }) =>
      see(async () => waitingEarlyWarnings(view, await earlyWarningsWaiting(ctx))),
  },
}
