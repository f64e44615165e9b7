import { expect, it } from 'vitest'
import { removeEnded } from '../../src/operations/channel/removal.ts'
import type { Ctx } from '../../src/operations/context.ts'
import { oneOfEach } from '../support/one-of-each.ts'
import { DAY, openDesk, refusalCode } from '../support/operations.ts'

it('what was posted of a record goes from Slack once it has ended for as long as cards are kept, and no day before', async () => {
  const desk = await openDesk()
  const { ids, end } = await oneOfEach(desk)
  const post = (id: string) => ({
    channel: 'C0POCNORTH',
    ts: `1.${[...ids.values()].indexOf(id)}`,
    target: 'C0POCNORTH',
    kind: 'card',
    recordId: id,
    holds: [id],
    postedAt: desk.clock.now(),
  })
  await desk.store.write(async ({ postings }) => {
    for (const id of ids.values()) await postings.add(post(id))
  })
  const standing = async () => {
    const { postings } = desk.store.read
    const found = await Promise.all(
      [...ids].map(async ([kind, id]) => ((await postings.standingOf(id)).length > 0 ? [kind] : [])),
    )
    return found.flat()
  }
  const nights = async (days: number) => {
    desk.clock.advance(days * DAY)
    await removeEnded(desk.system)
  }
  await nights(desk.mission.cardsKeptMs / DAY + 1)
  // An incident is over when it is recorded; everything else still goes on.
  expect(await standing()).toEqual([...ids.keys()].filter(kind => kind !== 'incident'))
  await end()
  const left = await standing()
  await nights(desk.mission.cardsKeptMs / DAY - 1)
  expect(await standing()).toEqual(left)
  await nights(2)
  expect(await standing()).toEqual([])
  const removals = (await desk.said()).filter(({ kind }) => kind === 'remove')
  expect(new Set(removals.map(({ recordId }) => recordId))).toEqual(new Set(ids.values()))
  for (const [kind, id] of ids)
    expect((await desk.store.read.events.ofRecord(kind, id)).at(-1)?.kind).toBe(`${kind}.cards_removed`)
})

it('a mission that keeps cards for good keeps them, and no person clears them', async () => {
  const desk = await openDesk()
  const kept: Ctx = { ...desk.system, mission: { ...desk.mission, cardsKeptMs: 0 } }
  const { ids } = await oneOfEach(desk)
  const id = ids.get('incident') as string
  await desk.store.write(({ postings }) =>
    postings.add({
      channel: 'C0POCNORTH',
      ts: '1.1',
      target: 'C0POCNORTH',
      kind: 'card',
      recordId: id,
      holds: [id],
      postedAt: 0,
    }),
  )
  desk.clock.advance(400 * DAY)
  await removeEnded(kept)
  expect(await desk.store.read.postings.standingOf(id)).toHaveLength(1)
  expect(await refusalCode(removeEnded(await desk.as('joc')))).toBe('not_allowed')
})
