/** What is looked at after a sequence of acts: all that the bot would say, for everybody it could reach. */
import { expect } from 'vitest'
import { type Constituency, findRole } from '../../src/domain/mission.ts'
import type { Reader } from '../../src/domain/sharing.ts'
import { TocsinError } from '../../src/errors.ts'
import type { Delivery } from '../../src/jobs/contract.ts'
import { renderers } from '../../src/jobs/rendering/index.ts'
import { exposedIn } from '../../src/operations/channel/facts.ts'
import { channelReader, personReader } from '../../src/operations/channel.ts'
import type { Person } from '../../src/operations/context.ts'
import { postsOf } from '../../src/operations/duty.ts'
import type { Sequence } from './draw.ts'
import type { Said } from './noun.ts'
import { nouns, together } from './registry.ts'
import { locales, type World } from './world.ts'

export const table = renderers(locales)
const opens = together('opens')
const onlyTo = together('onlyTo')
export const rendered = new Set([...nouns.values()].flatMap(({ renders = [] }) => renders))

/** What really happened in the sequences so far: a proof in which nothing ever happens proves nothing. */
export const took = {
  acts: new Set<string>(),
  opens: new Set<string>(),
  kinds: new Set<string>(),
}

/** The kind of an entry, with what record it is a card of. */
export const kindOf = ({ kind, data }: Pick<Said, 'kind' | 'data'>) =>
  kind === 'card' ? `card:${data.record}` : kind

/** What a refusal answers is nothing; anything else that is thrown is a fault. */
export async function unlessRefused<T>(show: () => Promise<T>): Promise<T | TocsinError> {
  try {
    return await show()
  } catch (error) {
    if (error instanceof TocsinError) return error
    throw error
  }
}

/** What the outbox held since the last look, each thing once however many it is said to. */
async function newlySaid(world: World): Promise<Said[]> {
  const once = new Map<string, Said>()
  for (const each of await world.desk.said())
    if (rendered.has(kindOf(each))) once.set(JSON.stringify([each.kind, each.recordId, each.data]), each)
  return [...once.values()]
}

async function render(world: World, target: string, entry: Said): Promise<Delivery> {
  return table[entry.kind]!(world.desk.system, { ...entry, target } as never, 0)
}

const reaches = (entry: Said, reader: Reader) => {
  const only = onlyTo.get(kindOf(entry))
  return only === undefined || only === reader.kind
}

/** What was said in a sequence so far, and what lines that stand in channels say, by the ts they would have in Slack. */
interface Story {
  said: Map<string, Said>
  standing: Map<string, string>
}
const stories = new WeakMap<World, Story>()

function storyOf(world: World): Story {
  const story = stories.get(world) ?? { said: new Map(), standing: new Map() }
  stories.set(world, story)
  return story
}

/** All that was planted, and the codes of all records made so far. */
export async function wordsOf(world: World): Promise<string[]> {
  return (await Promise.all([...nouns.values()].map(noun => noun.words?.(world) ?? []))).flat()
}

/** After an act: lines it said go to every channel, where they stand from then on with the records they tell of. */
export async function deliver(world: World): Promise<void> {
  const { said, standing } = storyOf(world)
  const { store, clock } = world.desk
  const lines = await newlySaid(world)
  for (const entry of lines) said.set(JSON.stringify([entry.kind, entry.recordId, entry.data]), entry)
  for (const channel of lines.length > 0 ? await store.read.channels.all() : []) {
    const reader = await channelReader(store.read, channel, clock.now())
    for (const entry of lines.filter(({ kind }) => kind !== 'card')) {
      if (!reaches(entry, reader)) continue
      const delivery = await render(world, channel.id, entry)
      if (delivery.do !== 'line') continue
      const ts = `${standing.size + 1}.0`
      standing.set(ts, JSON.stringify(delivery.message))
      const { kind, recordId } = entry
      await store.write(({ postings }) =>
        postings.add({
          ...{ channel: channel.id, ts, target: channel.id, kind, recordId },
          holds: delivery.holds ?? [recordId],
          postedAt: clock.now(),
        }),
      )
    }
  }
}

/** All that one person can make the bot show them. */
async function privately(world: World, person: Person, language: 'en' | 'fr'): Promise<unknown[]> {
  const ctx = await world.desk.asPerson(person)
  const view = { words: locales.words(language), mission: world.desk.mission, now: world.desk.clock.now() }
  const shown: unknown[] = []
  for (const [name, open] of opens) {
    const see = async (show: () => Promise<unknown>) => {
      const seen = await unlessRefused(show)
      if (seen === null || seen === undefined || seen instanceof TocsinError) return
      took.opens.add(name)
      shown.push(seen)
    }
    await open(world, { ctx, person, view, see })
  }
  return shown
}

async function readersOf(world: World, lookers: Sequence['lookers']) {
  const { read } = world.desk.store
  const now = world.desk.clock.now()
  const readers: [target: string, Reader, Person | null][] = []
  for (const channel of await read.channels.all())
    readers.push([channel.id, await channelReader(read, channel, now), null])
  for (const name of lookers) {
    const person = (await read.people.byId(await world.desk.id(name)))!
    readers.push([`person:${person.id}`, await personReader(read, person, now), person])
  }
  return readers
}

const escaped = (word: string) => word.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')

/** Everybody of a constituency together, with all of its posts: whom a file of what it holds is written for. */
function everybodyOf({ desk }: World, holder: Constituency): Reader {
  const posts = postsOf(desk.mission).filter(
    ({ role }) => findRole(desk.mission, role)?.constituency === holder,
  )
  return { kind: 'person', personId: '', constituency: holder, roles: posts }
}

/** After an act: what was answered to whoever did it, and files that were written, hold what their readers may read. */
export async function checkAnswers(world: World): Promise<void> {
  if (world.answers.length === 0) return
  const { store, clock } = world.desk
  const words = await wordsOf(world)
  for (const answer of world.answers) {
    const isFile = 'text' in answer
    const text = isFile ? answer.text : JSON.stringify(answer.shown)
    const read = words.filter(word => text.includes(word))
    if (read.length === 0) continue
    const reader = isFile
      ? everybodyOf(world, answer.holder)
      : await personReader(store.read, (await store.read.people.byId(answer.to.id))!, clock.now())
    const may = await mayRead(world, reader)
    const held: string[] = []
    if (isFile)
      for (const noun of nouns.values()) held.push(...((await noun.held?.(world, answer.holder)) ?? []))
    for (const word of read) {
      if (may.has(word) || held.some(each => each.includes(word))) continue
      expect.fail(`${isFile ? answer.holder : answer.to.userId} is given "${word}": ${text}`)
    }
  }
}

async function mayRead(world: World, reader: Reader): Promise<Set<string>> {
  const may = new Set<string>()
  for (const { allowed } of nouns.values())
    for (const word of (await allowed?.(world, reader)) ?? []) may.add(word)
  return may
}

/** Whatever stands in a channel and holds a word its members may not read is known as something to take back. */
async function checkStanding(world: World, words: readonly string[]): Promise<void> {
  const { system, store } = world.desk
  const { standing } = storyOf(world)
  for (const channel of await store.read.channels.all()) {
    const stands = await store.read.postings.standingAt(channel.id)
    if (stands.length === 0) continue
    const reader = await channelReader(store.read, channel, world.desk.clock.now())
    const exposed = new Set((await exposedIn(system, store.read, channel)).postings.map(({ ts }) => ts))
    const unseen = stands.filter(({ ts }) => !exposed.has(ts))
    if (unseen.length === 0) continue
    const allowed = await mayRead(world, reader)
    for (const { ts, kind } of unseen) {
      const text = standing.get(ts) ?? ''
      const wrong = words.find(word => text.includes(word) && !allowed.has(word))
      if (wrong) expect.fail(`${kind} stands in ${channel.id} with "${wrong}", and nobody is told: ${text}`)
    }
  }
}

/**
 * Looks at everything: what stands in channels, what the outbox would say to each reader, what each of `lookers` can open.
 * Fails where a reader reads a word that the rule does not let them read.
 */
export async function look(world: World, { lookers, language }: Sequence): Promise<void> {
  const all = [...nouns.values()]
  const words = await wordsOf(world)
  const said = [...storyOf(world).said.values(), ...all.flatMap(noun => noun.also?.(world) ?? [])]
  await checkStanding(world, words)

  // Much of what is shown reads alike for many: each text is searched once.
  const found = new Map<string, readonly string[]>()
  const anyWord = new RegExp(words.map(escaped).join('|'), 'g')
  const wordsIn = (text: string) => {
    const known = found.get(text) ?? [...new Set(text.match(anyWord))]
    found.set(text, known)
    return known
  }
  for (const [target, reader, person] of await readersOf(world, lookers)) {
    const shown: unknown[] = person ? await privately(world, person, language) : []
    for (const noun of all) if (noun.shown) shown.push(await noun.shown(world, reader))
    for (const entry of said) {
      if (!reaches(entry, reader)) continue
      const delivery = await render(world, target, entry)
      if (delivery.do !== 'drop') took.kinds.add(kindOf(entry))
      if ('message' in delivery) shown.push(delivery.message)
      if (delivery.do === 'file') shown.push(Buffer.from(delivery.file.bytes).toString('utf8'))
    }
    const texts = shown.map(each => JSON.stringify(each))
    const read = new Set(texts.flatMap(wordsIn))
    if (read.size === 0) continue
    const may = await mayRead(world, reader)
    for (const word of read) {
      if (may.has(word)) continue
      expect.fail(`${target} reads "${word}": ${texts.find(text => text.includes(word))}`)
    }
  }
}
