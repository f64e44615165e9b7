import fc from 'fast-check'
import { LAYERS } from '../../../src/domain/sharing.ts'
import * as alerts from '../../../src/operations/alert.ts'
import { alertCard } from '../../../src/views/alert/card.ts'
import { correctModal } from '../../../src/views/alert/forms/raise.ts'
import { informationModal, withdrawModal } from '../../../src/views/alert/forms/record.ts'
import { specialistModal, withSpecialistModal } from '../../../src/views/alert/forms/specialist.ts'
import { reopenModal } from '../../../src/views/alert/forms/standing.ts'
import { layersModal } from '../../../src/views/alert/forms.ts'
import { previewModal } from '../../../src/views/alert/preview.ts'
import { readOutModal } from '../../../src/views/alert/read-out.ts'
import { receiptModal } from '../../../src/views/alert/receipt.ts'
import { foundMessage, waitingMessage } from '../../../src/views/help.ts'
import { addReportModal } from '../../../src/views/report.ts'
import { type Act, act, type Noun, type Opener } from '../noun.ts'
import { readsAlert } from '../reads.ts'
import type { World } from '../world.ts'
import { note, nth, planted, who } from '../world.ts'

const group = 'Ombara Defence Force'
const restrictedClass = 'perpetrators*\\nState forces'

const byAndNth = fc.record({ by: who, nth })
type ByAndNth = typeof byAndNth extends fc.Arbitrary<infer T> ? T : never

/** Somebody does something with an alert. */
const onAlert = (
  perform: (world: World, ctx: Awaited<ReturnType<World['as']>>, alertId: string) => Promise<unknown>,
): Act =>
  act(byAndNth, async (world, given: ByAndNth) =>
    perform(world, await world.as(given.by), world.pick('alert', given.nth)),
  )

const versionOf = async ({ desk }: World, id: string) => (await desk.store.read.alerts.byId(id))?.version ?? 0
const until = ({ desk }: World) => desk.clock.now() + 3_600_000

/** Somebody opens something of every alert in turn. */
const eachAlert =
  (show: (opener: Opener, id: string) => Promise<unknown>) =>
  async ({ made: { alert = [] } }: World, opener: Opener): Promise<void> => {
    for (const id of alert) await opener.see(() => show(opener, id))
  }

export const noun: Noun = {
  acts: {
    raise: act(fc.record({ by: who }), async (world, { by }) => {
      const { alert } = await world.desk.raise({ what: note, how: note }, await world.as(by))
      world.add('alert', alert.id)
    }),
    acknowledge: onAlert((_, ctx, alertId) => alerts.acknowledge(ctx, { alertId })),
    respond: onAlert((world, ctx, alertId) =>
      alerts.respond(ctx, { alertId, who: planted.record, until: until(world) }),
    ),
    watch: onAlert((world, ctx, alertId) => alerts.watch(ctx, { alertId, until: until(world), note })),
    notActing: onAlert((_, ctx, alertId) => alerts.notActing(ctx, { alertId, reason: 'other', note })),
    onSite: onAlert((_, ctx, alertId) => alerts.onSite(ctx, { alertId })),
    cannotTake: onAlert((_, ctx, alertId) => alerts.cannotTake(ctx, { alertId, reason: 'other', note })),
    recordAnswer: onAlert((world, ctx, alertId) =>
      alerts.recordAnswer(ctx, {
        alertId,
        slot: 'uniformed',
        rung: 0,
        means: 'radio',
        at: world.desk.clock.now(),
        said: 'acknowledge',
        note,
      }),
    ),
    addInformation: onAlert((_, ctx, alertId) => alerts.addInformation(ctx, { alertId, note })),
    addDetails: act(fc.record({ by: who, nth, state: fc.boolean() }), async (world, given) => {
      const alertId = world.pick('alert', given.nth)
      return alerts.addDetails(await world.as(given.by), {
        alertId,
        version: await versionOf(world, alertId),
        group: 'ombara_defence_force',
        ...(given.state ? { perpetrator: 'state_forces' } : {}),
      })
    }),
    correct: onAlert(async (world, ctx, alertId) =>
      alerts.correct(ctx, {
        alertId,
        version: await versionOf(world, alertId),
        place: { said: note },
        urgency: 'tension',
        sector: 'north',
      }),
    ),
    markForSpecialist: act(
      fc.record({ by: who, nth, layer: fc.constantFrom('child_protection', 'sexual_violence') }),
      async (world, given) => {
        const alertId = world.pick('alert', given.nth)
        const version = await versionOf(world, alertId)
        return alerts.markForSpecialist(await world.as(given.by), { alertId, version, layers: [given.layer] })
      },
    ),
    close: onAlert((_, ctx, alertId) => alerts.close(ctx, { alertId, outcome: 'averted', note })),
    withdraw: onAlert((_, ctx, alertId) => alerts.withdraw(ctx, { alertId, note })),
    reportUnreachable: act(fc.record({ by: who }), async ({ desk }, { by }) =>
      alerts.reportUnreachable(desk.system, await desk.id(by)),
    ),
    climb: act(fc.integer({ min: 1, max: 600 }), ({ desk }, minutes) => desk.pass(minutes * 60_000)),
  },
  apart: {
    climbAll: 'climbs many at a time, each as `climb` does',
    mayReadAlert: 'the rule itself, for renderers',
    removeCards: 'a timer, which `climb` fires',
    hatsHeld: 'a permission',
    closingFacts: 'works on facts that were read for somebody',
    decidingRoles: 'a permission',
    refreshChannel: 'renders the cards of a channel anew, which every step does here',
    renewCard: 'renders a card anew, which every step does here',
    requireKeeper: 'a permission',
    requireRecordKeeper: 'a permission',
    previewDraft: 'shows who would read what somebody is about to write',
    previewRecord: 'shows who would read what somebody is about to write, and none of it',
    allegedFor: 'a field of a form, shown as the layers are',
  },
  async words(world) {
    const facts = await world.alerts()
    return [...facts.map(({ alert }) => alert.code), ...Object.values(planted), group, restrictedClass]
  },
  async allowed(world, reader) {
    const may = new Set<string>()
    for (const facts of await world.alerts()) {
      const { specialist } = facts
      const layers = LAYERS.filter(layer => readsAlert(world, facts, layer, reader))
      if (layers.includes('record')) {
        may.add(facts.alert.code).add(planted.record)
        if (specialist.length === 0) may.add(planted.moved)
      }
      if (layers.includes('attribution')) may.add(group).add(restrictedClass)
      if (specialist.some(layer => layers.includes(layer))) may.add(planted.moved)
    }
    return may
  },
  renders: ['card:alert', 'alert.line'],
  opens: {
    async findAlerts(_, { ctx, view, see }) {
      for (const word of Object.values(planted))
        await see(async () => foundMessage(view, '', await alerts.findAlerts(ctx, word)))
    },
    waitingFor: (_, { ctx, person, view, see }) =>
      see(async () => waitingMessage(view, await alerts.waitingFor(ctx), person)),
    followedAlerts: (_, { ctx, person, view, see }) =>
      see(async () => waitingMessage(view, [], person, [], await alerts.followedAlerts(ctx))),
    readAlert: eachAlert(async ({ ctx, person, view }, id) => {
      const facts = await alerts.readAlert(ctx, id)
      const { alert } = facts
      return [
        readOutModal(view, facts),
        alertCard(view, facts, { attribution: false, personId: person.id }),
        ...[informationModal, addReportModal, withdrawModal].map(form => form(view, alert)),
        ...[correctModal, receiptModal].map(form => form(view, facts)),
        reopenModal(view, facts, []),
        specialistModal(view, alert, []),
        withSpecialistModal(view, alert, []),
      ]
    }),
    readLayers: eachAlert(async ({ ctx, view }, id) => layersModal(view, await alerts.readLayers(ctx, id))),
    previewAlert: eachAlert(async ({ ctx, view }, id) =>
      previewModal(view, await alerts.previewAlert(ctx, id)),
    ),
  },
}
