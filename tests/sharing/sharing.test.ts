/**
 * The rule of sharing held against the whole of what the bot says: any mission, people and channels, any sequence of acts,
 * with words planted in each layer. Everything the outbox would say is rendered for each reader, and every private view for
 * those who look; no rendering may hold a word its readers may not read. `noun.ts` says how to join, `draw.ts` how
 * sequences are drawn and why looking at their ends is looking at every step.
 *
 * A run of the tests draws the same sequences each time, so that what fails was changed; `npm run proof -- 20000` draws
 * new ones, and more. A failure prints its seed and path; the same sequence again:
 * `SHARING_SEED=… SHARING_PATH=… npx vitest run tests/sharing`. About some nouns alone: `SHARING_ABOUT=source,plan`.
 */
import fc from 'fast-check'
import { afterAll, expect, it } from 'vitest'
import { TocsinError } from '../../src/errors.ts'
import { cardRenderers } from '../../src/jobs/rendering/index.ts'
import { takenBackStore } from '../support/taken-back.ts'
import { first, perform, sequence, turn } from './draw.ts'
import { exportedOperations } from './exported.ts'
import { checkAnswers, deliver, look, rendered, table, took, unlessRefused } from './look.ts'
import { missionOf, PLAIN } from './mission.ts'
import { nouns, together } from './registry.ts'
import { locales, names, openWorld } from './world.ts'

const RUNS = Number(process.env.SHARING_RUNS ?? 2000)
/** From so many sequences on it is said what never happened in them. */
const LONG = 1000
/** What the tests draw. */
const FIXED = '20081105'
const { SHARING_SEED = FIXED, SHARING_PATH } = process.env

const acts = together('acts')
const opens = together('opens')

it('no rendering ever holds a layer that somebody it reaches may not read', async () => {
  const base = await takenBackStore()
  await fc.assert(
    fc.asyncProperty(sequence, async drawn => {
      base.again()
      const world = await openWorld(base, missionOf(drawn.variant), drawn.variant.rooms)
      for (const step of drawn.steps) {
        world.begin()
        const done = await unlessRefused(() => perform(world, step))
        if (done instanceof TocsinError) {
          world.refuse(done)
        } else took.acts.add(step.kind)
        world.stepped()
        await deliver(world)
        await checkAnswers(world)
      }
      await look(world, drawn)
    }),
    {
      numRuns: RUNS,
      seed: Number(SHARING_SEED),
      ...(SHARING_PATH ? { path: SHARING_PATH } : {}),
    },
  )
}, 36_000_000)

const lives = [...nouns].flatMap(([name, noun]) =>
  Object.entries(noun.lives ?? {}).map(([called, life]) => [name, called, life] as const),
)
it.each(lives)(
  '%s: %s can be lived to its end, and is looked at there',
  async (_name, _called, life) => {
    const world = await openWorld(await takenBackStore(), missionOf(PLAIN), {
      C0POCNORTH: ['duty', 'company'],
      C0JOCWATCH: ['joc'],
      C0PROTECTION: ['pocAdviser', 'ocha', 'ngo'],
    })
    for (const drawn of [first, ...life.flatMap(each => fc.sample(turn(each), { numRuns: 1, seed: 1 }))]) {
      world.begin()
      const refusal = await unlessRefused(() => perform(world, drawn))
      if (refusal instanceof TocsinError)
        throw new Error(`${drawn.kind} was refused: ${refusal.code} ${refusal.field}`, { cause: refusal })
      took.acts.add(drawn.kind)
      world.stepped()
      await deliver(world)
      await checkAnswers(world)
    }
    await look(world, { variant: PLAIN, steps: [], lookers: [...names], language: 'en' })
  },
  600_000,
)

it.runIf(RUNS >= LONG && SHARING_SEED === FIXED)(
  'whatever may be done was done, whatever may be opened was opened, and whatever may be said was said',
  () => {
    expect([...acts.keys()].filter(each => !took.acts.has(each))).toEqual([])
    expect([...opens.keys()].filter(each => !took.opens.has(each))).toEqual([])
    expect([...rendered].filter(each => !took.kinds.has(each))).toEqual([])
  },
)

/** What did not happen in a long run proves nothing: it is said, so that a noun's `begins` can lead further. */
afterAll(() => {
  if (RUNS < LONG && !process.env.SAY) return
  const never = (all: Iterable<string>, happened: Set<string>) =>
    [...all].filter(each => !happened.has(each)).join(', ') || 'none'
  console.log(`Acts that never succeeded: ${never(acts.keys(), took.acts)}`)
  console.log(`Views nobody was shown: ${never(opens.keys(), took.opens)}`)
  console.log(`Messages never said: ${never(rendered, took.kinds)}`)
})

it('every planted word is of one noun and stands in no other word', async () => {
  const world = await openWorld(await takenBackStore(), missionOf(PLAIN), {})
  const planted: [noun: string, word: string][] = []
  for (const [name, noun] of nouns)
    for (const word of (await noun.words?.(world)) ?? []) planted.push([name, word.toLowerCase()])
  const mixed = planted.filter(([noun, word], index) =>
    planted.some(
      ([other, text], at) => at !== index && text.includes(word) && (text !== word || noun < other),
    ),
  )
  expect(mixed).toEqual([])
})

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
