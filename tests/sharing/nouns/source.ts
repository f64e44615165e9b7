import fc from 'fast-check'
import type { Source } from '../../../src/db/sources.ts'
import { readAlert } from '../../../src/operations/alert.ts'
import * as sources from '../../../src/operations/source.ts'
import {
  confirmSourceModal,
  deputyModal,
  gradeSourceModal,
  identityModal,
  linkSourceModal,
  readSourceModal,
  recordSourceModal,
  sourcesModal,
} from '../../../src/views/source.ts'
import { who as users } from '../../support/operations.ts'
import { act, type Noun } from '../noun.ts'
import { nth, type World, who } from '../world.ts'

/** Who a source is, a word for each field: for its recorder and its deputy, and for nobody else whatever their post. */
const identity = {
  name: 'zibethin',
  reach: 'euplerid',
  language: 'cryptoproc',
  safeTimes: 'galidictis',
  note: 'mungotict',
} as const
const graded = fc.record({
  reliability: fc.constantFrom('A', 'F'),
  credibility: fc.constantFrom(1, 6),
  independent: fc.boolean(),
})

async function made({ desk, made: { source = [] } }: World): Promise<Source[]> {
  const rows = await Promise.all(source.map(id => desk.store.read.sources.byId(id)))
  return rows.filter(row => row !== null)
}

const onSource = (perform: (ctx: Awaited<ReturnType<World['as']>>, sourceId: string) => Promise<unknown>) =>
  act(fc.record({ by: who, nth }), async (world, given) =>
    perform(await world.as(given.by), world.pick('source', given.nth)),
  )

export const noun: Noun = {
  acts: {
    recordSource: act(
      fc.record({ by: who, nth, deputy: fc.option(who), grading: graded }),
      async (world, given) => {
        const { source } = await sources.recordSource(await world.as(given.by), {
          ...{ alertId: world.pick('alert', given.nth), ...identity, ...given.grading },
          deputyUser: given.deputy && users[given.deputy],
        })
        world.add('source', source.id)
      },
    ),
    linkSource: act(fc.record({ by: who, nth, alert: nth, grading: graded }), async (world, given) =>
      sources.linkSource(await world.as(given.by), {
        ...{ sourceId: world.pick('source', given.nth), alertId: world.pick('alert', given.alert) },
        ...given.grading,
      }),
    ),
    gradeSource: act(fc.record({ by: who, nth, grading: graded }), async (world, given) =>
      sources.gradeSource(await world.as(given.by), {
        ...{ sourceId: world.pick('source', given.nth), alertId: world.pick('alert', 0) },
        ...given.grading,
      }),
    ),
    nameDeputy: act(fc.record({ by: who, nth, deputy: fc.option(who) }), async (world, given) =>
      sources.nameDeputy(await world.as(given.by), {
        sourceId: world.pick('source', given.nth),
        deputyUser: given.deputy && users[given.deputy],
      }),
    ),
    setReplyAgreed: onSource((ctx, sourceId) => sources.setReplyAgreed(ctx, { sourceId, agreed: true })),
    setDoNotContact: onSource((ctx, sourceId) =>
      sources.setDoNotContact(ctx, { sourceId, doNotContact: true }),
    ),
    eraseSource: onSource((ctx, sourceId) => sources.eraseSource(ctx, sourceId)),
    eraseSourcesBefore: act(fc.constant(null), ({ desk }) =>
      sources.eraseSourcesBefore(desk.system, desk.clock.now()),
    ),
    rotateVault: act(fc.constant(null), ({ desk }) => sources.rotateVault(desk.system)),
  },
  apart: { requireVault: 'asks for the key' },
  async words(world) {
    return [...(await made(world)).map(({ code }) => code), ...Object.values(identity)]
  },
  async allowed(world, reader) {
    const may = new Set<string>()
    if (reader.kind !== 'person' || reader.personId === '') return may
    for (const { code, recorder, deputy, erasedAt } of await made(world)) {
      if (recorder !== reader.personId && deputy !== reader.personId) continue
      may.add(code)
      if (erasedAt === null) for (const word of Object.values(identity)) may.add(word)
    }
    return may
  },
  opens: {
    async mySources(world, { ctx, view, see }) {
      for (const id of world.made.source ? (world.made.alert ?? []) : [])
        await see(async () => recordSourceModal(view, (await readAlert(ctx, id)).alert))
      await see(async () => {
        const kept = await sources.mySources(ctx)
        return [
          sourcesModal(view, kept),
          ...kept.flatMap(each => [
            ...[readSourceModal, linkSourceModal, gradeSourceModal, deputyModal].map(show =>
              show(view, each),
            ),
            confirmSourceModal(view, each, 'erase'),
          ]),
        ]
      })
    },
    async readSource(world, { ctx, view, see }) {
      const kept = world.made.source ? await sources.mySources(ctx).catch(() => []) : []
      for (const sourceId of world.made.source ?? [])
        await see(async () => {
          const { identity } = await sources.readSource(ctx, { sourceId, reason: 'answer' })
          return identityModal(view, kept.find(({ source }) => source.id === sourceId)!, identity)
        })
    },
  },
}
