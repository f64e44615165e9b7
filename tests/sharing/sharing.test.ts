/**
 * The rule of sharing held against the whole of what the bot says: any mission, people and channels, any sequence of acts,
 * with words planted in each layer. After every act everything the outbox would say is rendered for each target, and every
 * private view for each person; no rendering may hold a word its readers may not read. `noun.ts` says how to join.
 *
 * A longer run: `SHARING_RUNS=5000 npx vitest run tests/sharing`. A failure prints its seed and path; the same
 * sequence again: `SHARING_SEED=… SHARING_PATH=… npx vitest run tests/sharing`.
 */
import fc from 'fast-check'
import { expect, it } from 'vitest'
import type { Reader } from '../../src/domain/sharing.ts'
import { TocsinError } from '../../src/errors.ts'
import type { Delivery } from '../../src/jobs/contract.ts'
import { cardRenderers, renderers } from '../../src/jobs/rendering/index.ts'
import { createLocales } from '../../src/locales/index.ts'
import { exposedIn } from '../../src/operations/channel/facts.ts'
import { channelReader, personReader } from '../../src/operations/channel.ts'
import type { Person } from '../../src/operations/context.ts'
import { takenBackStore } from '../support/taken-back.ts'
import { exportedOperations } from './exported.ts'
import { missionOf, variant } from './mission.ts'
import type { Said } from './noun.ts'
import { nouns, together } from './registry.ts'
import { names, openWorld, type World } from './world.ts'

const RUNS = Number(process.env.SHARING_RUNS ?? 200)
const ACTS = 12
const { SHARING_SEED, SHARING_PATH } = process.env

const locales = createLocales('UTC', ['en', 'fr'])
const table = renderers(locales)
const acts = together('acts')
const opens = together('opens')
const onlyTo = together('onlyTo')
const rendered = new Set([...nouns.values()].flatMap(({ renders = [] }) => renders))

interface Step {
  kind: string
  given: never
}
const step = fc.oneof(
  ...[...acts].map(([kind, { given }]) => given.map(value => ({ kind, given: value }) as Step)),
)
const first: Step = { kind: 'raise', given: { by: 'joc' } as never }

/** The kind of an entry, with what record it is a card of. */
const kindOf = ({ kind, data }: Pick<Said, 'kind' | 'data'>) =>
  kind === 'card' ? `card:${data.record}` : kind

/** What a refusal answers is nothing; anything else that is thrown is a fault. */
async function unlessRefused(show: () => Promise<unknown>): Promise<unknown> {
  try {
    return await show()
  } catch (error) {
    if (!(error instanceof TocsinError)) throw error
    return null
  }
}

/** What the outbox held since the last look, each thing once however many it is said to. */
async function newlySaid(world: World): Promise<Said[]> {
  const said = [
    ...(await world.desk.said()),
    ...[...nouns.values()].flatMap(noun => noun.also?.(world) ?? []),
  ]
  const once = new Map(
    said
      .filter(each => rendered.has(kindOf(each)))
      .map(each => [JSON.stringify([each.kind, each.recordId, each.data]), each]),
  )
  return [...once.values()]
}

/** All that one person can make the bot show them. */
async function privately(world: World, person: Person): Promise<unknown[]> {
  const ctx = await world.desk.asPerson(person)
  const view = { words: locales.words('en'), mission: world.desk.mission, now: world.desk.clock.now() }
  const shown: unknown[] = []
  const see = async (show: () => Promise<unknown>) => void shown.push(await unlessRefused(show))
  for (const open of opens.values()) await open(world, { ctx, person, view, see })
  return shown
}

/** Which people look this time: each every third step, so that a sequence costs a third. Channels look every time. */
async function readersOf(world: World, turn: number): Promise<Map<string, [Reader, Person | null]>> {
  const { read } = world.desk.store
  const now = world.desk.clock.now()
  const readers = new Map<string, [Reader, Person | null]>()
  for (const channel of await read.channels.all())
    readers.set(channel.id, [await channelReader(read, channel, now), null])
  for (const name of names.filter((_, index) => index % 3 === turn % 3)) {
    const person = (await read.people.byId(await world.desk.id(name)))!
    readers.set(`person:${person.id}`, [await personReader(read, person, now), person])
  }
  return readers
}

/** What lines that stand in channels say, by the ts they would have in Slack. */
type Standing = Map<string, string>
const standing = new WeakMap<World, Standing>()

/** A line said in a channel goes on standing there, with the records it tells of. */
async function stood(
  world: World,
  target: string,
  entry: Said,
  { message, holds }: Extract<Delivery, { do: 'line' }>,
): Promise<void> {
  const said = standing.get(world) ?? new Map<string, string>()
  standing.set(world, said)
  const ts = `${said.size + 1}.0`
  said.set(ts, JSON.stringify(message))
  const { kind, recordId } = entry
  await world.desk.store.write(({ postings }) =>
    postings.add({
      ...{ channel: target, ts, target, kind, recordId },
      holds: holds ?? [recordId],
      postedAt: world.desk.clock.now(),
    }),
  )
}

/** Whatever stands in a channel and holds a word its members may not read is known as something to take back. */
async function checkStanding(
  world: World,
  words: readonly string[],
  may: (reader: Reader) => Promise<Set<string>>,
): Promise<void> {
  const { system, store } = world.desk
  for (const channel of await store.read.channels.all()) {
    const stands = await store.read.postings.standingAt(channel.id)
    if (stands.length === 0) continue
    const reader = await channelReader(store.read, channel, world.desk.clock.now())
    const exposed = new Set((await exposedIn(system, store.read, channel)).postings.map(({ ts }) => ts))
    const unseen = stands.filter(({ ts }) => !exposed.has(ts))
    if (unseen.length === 0) continue
    const allowed = await may(reader)
    for (const { ts, kind } of unseen) {
      const text = standing.get(world)?.get(ts) ?? ''
      const wrong = words.find(word => text.includes(word) && !allowed.has(word))
      if (wrong) expect.fail(`${kind} stands in ${channel.id} with "${wrong}", and nobody is told: ${text}`)
    }
  }
}

async function check(world: World, turn: number): Promise<void> {
  const all = [...nouns.values()]
  const words = (await Promise.all(all.map(noun => noun.words?.(world) ?? []))).flat()
  const said = await newlySaid(world)
  const mayRead = async (reader: Reader) => {
    const may = new Set<string>()
    for (const { allowed } of all) for (const word of (await allowed?.(world, reader)) ?? []) may.add(word)
    return may
  }
  await checkStanding(world, words, mayRead)
  for (const [target, [reader, person]] of await readersOf(world, turn)) {
    const shown: unknown[] = person ? await privately(world, person) : []
    for (const entry of said) {
      const only = onlyTo.get(kindOf(entry))
      if (only && only !== reader.kind) continue
      const delivery = await table[entry.kind]!(world.desk.system, { ...entry, target } as never, 0)
      if ('message' in delivery) shown.push(delivery.message)
      if (delivery.do === 'line' && reader.kind === 'channel') await stood(world, target, entry, delivery)
      if (delivery.do === 'file') shown.push(Buffer.from(delivery.file.bytes).toString('utf8'))
    }
    const text = JSON.stringify(shown)
    const read = words.filter(word => text.includes(word))
    if (read.length === 0) continue
    const may = await mayRead(reader)
    const wrong = read.find(word => !may.has(word))
    if (!wrong) continue
    const where = shown.filter(each => JSON.stringify(each).includes(wrong))
    expect.fail(`${target} reads "${wrong}": ${JSON.stringify(where[0])}`)
  }
}

it('no rendering ever holds a layer that somebody it reaches may not read', async () => {
  const base = await takenBackStore()
  await fc.assert(
    fc.asyncProperty(variant, fc.array(step, { minLength: 3, maxLength: ACTS }), async (drawn, steps) => {
      base.again()
      const world = await openWorld(base, missionOf(drawn), drawn.rooms)
      for (const [turn, { kind, given }] of [first, ...steps].entries()) {
        await unlessRefused(() => acts.get(kind)!.perform(world, given))
        world.stepped()
        await check(world, turn)
      }
    }),
    {
      numRuns: RUNS,
      ...(SHARING_SEED ? { seed: Number(SHARING_SEED) } : {}),
      ...(SHARING_PATH ? { path: SHARING_PATH } : {}),
    },
  )
}, 36_000_000)

it('every operation takes part, or says why it tells of no record', async () => {
  const operations = await exportedOperations()
  const apart = together('apart')
  const missing = [...operations].filter(([name]) => !acts.has(name) && !opens.has(name) && !apart.has(name))
  expect(missing).toEqual([])
  expect([...apart.keys()].filter(name => !operations.has(name))).toEqual([])
})

it('every kind of message is rendered here, or says why it tells of no record', () => {
  const silent = together('silent')
  const { card: _, ...lines } = table
  const cards = Object.keys(cardRenderers(locales)).map(record => `card:${record}`)
  const kinds = [...Object.keys(lines), ...cards]
  expect(kinds.filter(kind => !rendered.has(kind) && !silent.has(kind))).toEqual([])
  expect([...rendered, ...silent.keys()].filter(kind => !kinds.includes(kind))).toEqual([])
})
