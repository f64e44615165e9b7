import fc from 'fast-check'
import type { Drawdown } from '../../../src/db/drawdowns.ts'
import { DRAWDOWN_KINDS, LINE_KINDS } from '../../../src/domain/drawdown.ts'
import * as drawdowns from '../../../src/operations/drawdown.ts'
import {
  answerItemModal,
  drawdownCard,
  drawdownCsv,
  drawdownsMessage,
  drawdownWaits,
  settleModal,
} from '../../../src/views/drawdown.ts'
import { who as users } from '../../support/operations.ts'
import { act, type Noun } from '../noun.ts'
import { nth, type World, who } from '../world.ts'

const planted = {
  function: 'numbaval watch',
  note: 'servolin',
  needed: 'genovar',
  words: 'civoran',
  line: 'ratovin',
} as const

async function made({ desk, made: { drawdown = [] } }: World): Promise<Drawdown[]> {
  const rows = await Promise.all(drawdown.map(id => desk.store.read.drawdowns.byId(id)))
  return rows.filter(row => row !== null)
}

/** An item of one of them, the named function first. */
async function itemOf(world: World, which: number) {
  const [drawdown] = await made(world)
  const items = drawdown ? await world.desk.store.read.drawdowns.items(drawdown.id) : []
  return items.toSorted((a, b) => Number(b.title !== null) - Number(a.title !== null))[which]
}

/** Places that the base in Kowa covers, after the item that has a title. */
const places = [1, 2, 3, 4, 5, 6, 7]

export const noun: Noun = {
  lives: {
    'a rotation, of which somebody takes nothing': [
      ['drawDown', { by: null, kind: 'rotation' }],
      ['settleItem', { by: null, nth: 0, to: 'duty', line: null }],
      ['answerItem', { nth: 0, answer: 'declined' }],
    ],
    'a rotation, from what is handed over to its end': [
      ['drawDown', { by: null, kind: 'rotation' }],
      ['settleItem', { by: null, nth: 0, to: 'duty', line: null }],
      ['answerItem', { nth: 0, answer: 'declined' }],
      ['settleItem', { by: null, nth: 0, to: 'company', line: null }],
      ['answerItem', { nth: 0, answer: 'with_conditions' }],
      ['handOverItem', { by: null, nth: 0 }],
      ['verifyItem', { by: null, nth: 0 }],
      ...places.map(nth => ['settleItem', { by: null, nth, to: 'duty', line: LINE_KINDS[0] }] as const),
      ['reportDrawdown', { by: 'joc', nth: 0 }],
      ['closeDrawdown', { by: 'joc', nth: 0 }],
    ],
  },
  acts: {
    drawDown: act(
      fc.record({ by: fc.option(who), kind: fc.constantFrom(...DRAWDOWN_KINDS) }),
      async (world, { by, kind }) => {
        const { drawdown } = await drawdowns.drawDown(await world.as(by ?? 'joc'), {
          kind,
          base: 'kowa',
          sector: 'north',
          day: new Date(world.desk.clock.now() + 9 * 86_400_000).toISOString().slice(0, 10),
          functions: planted.function,
          note: planted.note,
        })
        world.add('drawdown', drawdown.id)
      },
    ),
    settleItem: act(
      fc.record({ by: fc.option(who), nth, to: who, line: fc.option(fc.constantFrom(...LINE_KINDS)) }),
      async (world, { by, nth: which, to, line }) =>
        drawdowns.settleItem(await world.as(by ?? 'joc'), {
          itemId: (await itemOf(world, which))?.id ?? '',
          receiver: { userId: users[to] },
          needed: planted.needed,
          line,
          lineText: planted.line,
        }),
    ),
    answerItem: act(
      fc.record({ nth, answer: fc.constantFrom('accepted', 'with_conditions', 'declined') }),
      async (world, { nth: which, answer }) => {
        const item = await itemOf(world, which)
        const person = item?.receiver ? await world.desk.store.read.people.byId(item.receiver) : null
        const ctx = person ? await world.desk.asPerson(person) : await world.as('ngo')
        return drawdowns.answerItem(ctx, { itemId: item?.id ?? '', answer, words: planted.words })
      },
    ),
    handOverItem: act(fc.record({ by: fc.option(who), nth }), async (world, { by, nth: which }) =>
      drawdowns.handOverItem(await world.as(by ?? 'joc'), { itemId: (await itemOf(world, which))?.id ?? '' }),
    ),
    verifyItem: act(fc.record({ by: fc.option(who), nth }), async (world, { by, nth: which }) =>
      drawdowns.verifyItem(await world.as(by ?? 'leadership'), {
        itemId: (await itemOf(world, which))?.id ?? '',
      }),
    ),
    closeDrawdown: act(fc.record({ by: who, nth }), async (world, { by, nth: which }) =>
      drawdowns.closeDrawdown(await world.as(by), { drawdownId: world.pick('drawdown', which) }),
    ),
    reportDrawdown: act(fc.record({ by: who, nth }), async (world, { by, nth: which }) =>
      drawdowns.reportDrawdown(await world.as(by), { drawdownId: world.pick('drawdown', which) }),
    ),
  },
  apart: {
    factsOf: 'reads for whoever then asks the rule',
    entryOf: 'reads for whoever then asks the rule',
    managesDrawdowns: 'the rule itself, for a renderer',
  },
  async words(world) {
    return [...(await made(world)).map(({ code }) => code), ...Object.values(planted)]
  },
  async allowed(world, reader) {
    const may = new Set<string>()
    if (reader.kind !== 'person' || reader.personId === '') return may
    const { mission, store } = world.desk
    const manages = [mission.operationsCentre.role, ...mission.taskings.seniorForum, mission.pocAdviser?.role]
    const all = reader.constituency !== null && reader.roles.some(({ role }) => manages.includes(role))
    for (const { id, code } of await made(world)) {
      const items = await store.read.drawdowns.items(id)
      if (all) {
        for (const word of [code, ...Object.values(planted)]) may.add(word)
        // What is left behind is named to those who decide who takes it: hotspots and taskings by their codes.
        for (const { kind, ref } of items) {
          if (kind === 'hotspot') {
            const hotspot = await store.read.hotspots.byId(ref)
            for (const word of [hotspot?.code, hotspot?.name]) if (word) may.add(word)
          }
          const tasking = kind === 'tasking' ? await store.read.taskings.byId(ref) : null
          if (tasking) may.add(tasking.code)
        }
      }
      for (const item of items.filter(({ receiver }) => receiver === reader.personId)) {
        for (const word of [planted.function, planted.needed, planted.words]) may.add(word)
        const tasking = item.kind === 'tasking' ? await store.read.taskings.byId(item.ref) : null
        const hotspot = item.kind === 'hotspot' ? await store.read.hotspots.byId(item.ref) : null
        for (const word of [tasking?.code, hotspot?.code, hotspot?.name]) if (word) may.add(word)
      }
    }
    return may
  },
  renders: ['card:drawdown', 'card:drawdown_item', 'drawdown.declined'],
  silent: { 'drawdown.report': 'a file: its table is opened as text below, for the same readers' },
  onlyTo: { 'card:drawdown': 'person', 'card:drawdown_item': 'person', 'drawdown.declined': 'person' },
  opens: {
    drawdowns: (_, { ctx, view, see }) =>
      see(async () => drawdownsMessage(view, await drawdowns.drawdowns(ctx))),
    async readDrawdown(world, { ctx, view, see }) {
      for (const { id } of await made(world))
        await see(async () => {
          const facts = await drawdowns.readDrawdown(ctx, id)
          return [drawdownCard(view, facts), new TextDecoder().decode(await drawdownCsv(view, facts))]
        })
    },
    async readItem(world, { ctx, view, see }) {
      for (const which of [0, 1, 2]) {
        const item = await itemOf(world, which)
        await see(async () => {
          const { entry } = await drawdowns.readItem(ctx, item?.id ?? '')
          return answerItemModal(view, entry, 'declined', { optional: true })
        })
      }
    },
    async itemToSettle(world, { ctx, view, see }) {
      for (const which of [0, 1, 2]) {
        const item = await itemOf(world, which)
        await see(async () => {
          const { entry, alike } = await drawdowns.itemToSettle(ctx, item?.id ?? '')
          return settleModal(view, entry, alike)
        })
      }
    },
    itemsOffered: (_, { ctx, view, see }) =>
      see(async () => drawdownWaits(view, await drawdowns.itemsOffered(ctx), true)),
  },
}
