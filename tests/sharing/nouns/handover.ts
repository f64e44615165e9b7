import fc from 'fast-check'
import { administrators, answeringSide } from '../../../src/operations/administrators.ts'
import * as handovers from '../../../src/operations/handover.ts'
import { handoverCard, leavingModal } from '../../../src/views/handover.ts'
import { act, type Noun } from '../noun.ts'
import { nth, type World, who } from '../world.ts'

/** What was offered so far, with whoever leaves. */
async function offered({ desk, made: { leaver = [] } }: World) {
  const { handovers: rows } = desk.store.read
  const open = await Promise.all([...new Set(leaver)].map(id => rows.openOf(id)))
  const found = open.filter(each => each !== null)
  return (
    await Promise.all(
      found.map(async handover => (await rows.items(handover.id)).map(item => ({ handover, item }))),
    )
  ).flat()
}

/** Whoever an item was offered to answers it. */
const answer = (done: (ctx: Awaited<ReturnType<World['as']>>, itemId: string) => Promise<unknown>) =>
  act(nth, async (world, number) => {
    const { item } = (await offered(world))[number] ?? {}
    const successor = item?.successor ? await world.desk.store.read.people.byId(item.successor) : null
    return item && successor && done(await world.desk.asPerson(successor), item.id)
  })

/** Tells of people and posts, and names the alerts that somebody raised by their codes. */
export const noun: Noun = {
  lives: {
    'what is left behind, and nobody takes': [
      ['handOver', { by: 'joc', to: 'leadership' }],
      ['climb', 4 * 1440],
    ],
  },
  acts: {
    handOver: act(fc.record({ by: who, to: who }), async (world, given) => {
      const ctx = await world.as(given.by)
      const to = (await world.desk.store.read.people.byId(await world.desk.id(given.to)))!
      const { raised } = await handovers.readHoldings(ctx, null)
      const named = { teamId: to.teamId, userId: to.userId }
      await handovers.handOver(ctx, {
        of: null,
        successors: Object.fromEntries(raised.map(({ alert }) => [`alert:${alert.id}`, named])),
      })
      world.add('leaver', await world.desk.id(given.by))
    }),
    acceptHandover: answer((ctx, itemId) => handovers.acceptHandover(ctx, { itemId })),
    declineHandover: answer((ctx, itemId) => handovers.declineHandover(ctx, { itemId })),
  },
  apart: {
    handoverTable: 'is rendered as `handover.table`',
    itemFacts: 'is rendered as `card:handover`',
    reportHandover: 'a timer, which `climb` fires',
  },
  /** The code of an alert, and no word of it: whoever takes it over, and whoever sees to it that somebody does. */
  async allowed(world, reader) {
    const may = new Set<string>()
    if (reader.kind !== 'person' || reader.personId === '') return may
    const { desk } = world
    const { people } = desk.store.read
    const codes = new Map((await world.alerts()).map(({ alert }) => [alert.id, alert.code]))
    for (const { item, handover } of await offered(world)) {
      const leaver = (await people.byId(handover.personId))!
      const side = await answeringSide(desk.store.read, leaver)
      const seers = await administrators(desk.store.read, desk.mission, side, desk.clock.now())
      const theirs = [item.successor, handover.personId, ...seers.map(({ id }) => id)]
      const code = item.kind === 'alert' ? codes.get(item.ref) : undefined
      if (code && theirs.includes(reader.personId)) may.add(code)
    }
    return may
  },
  renders: ['card:handover', 'handover.table'],
  onlyTo: { 'card:handover': 'person', 'handover.table': 'person' },
  opens: {
    readHoldings: (_, { ctx, view, see }) =>
      see(async () => leavingModal(view, await handovers.readHoldings(ctx, null), null)),
    readOffered: async (world, { ctx, person, view, see }) => {
      for (const { item } of await offered(world))
        await see(async () => handoverCard(view, await handovers.readOffered(ctx, item.id), person.id))
    },
    offeredHandovers: (_, { ctx, person, view, see }) =>
      see(async () =>
        (await handovers.offeredHandovers(ctx)).map(facts => handoverCard(view, facts, person.id)),
      ),
  },
}
