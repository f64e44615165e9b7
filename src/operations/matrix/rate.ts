import type { EntryRow } from '../../db/matrix.ts'
import {
  CATEGORIES,
  type Category,
  RATIONALES,
  type Rating,
  type Rationale,
  ratingProblem,
  type Voice,
} from '../../domain/matrix/entry.ts'
import { maySeeEntry, voiceKey } from '../../domain/matrix/round.ts'
import { sideOf } from '../../domain/side.ts'
import { TocsinError } from '../../errors.ts'
import { type Ctx, inTransaction } from '../context.ts'
import { registeredPerson } from '../permission.ts'
import { note } from '../telling.ts'
import { optionalText } from '../text.ts'
import { matrixRules, type RoundFacts, readRound } from './facts.ts'
import { heard, requireState, roundRef } from './round.ts'
import { speakerOf, voiceOf } from './voice.ts'

/** How long a note beside a rating may be, in code points. */
export const RATING_NOTE = 500

export interface RateInput {
  roundId: string
  hotspotId: string
  likelihood: number
  impact: number
  vulnerability?: number | null
  category: string
  rationale: string[]
  note?: string | null
}

/**
 * What the acting person's component, or the humanitarian side, says of one place. It stays hidden until the round is
 * revealed; a later word of the same voice takes its place.
 *
 * @throws TocsinError `not_registered`, `not_found`, `not_allowed`, `both_sides`, `round_moved` where it was revealed
 *   meanwhile, `place_gone` for a place taken off the list, `number_range`, `unknown_term`, `text_too_long`.
 */
export async function ratePlace(ctx: Ctx, input: RateInput): Promise<RoundFacts> {
  const person = registeredPerson(ctx)
  const rating = checked(ctx, input)
  const words = optionalText(input.note, 'note', RATING_NOTE)
  return inTransaction(ctx, async (repos, open) => {
    const facts = await readRound(open, input.roundId)
    requireState(facts, 'open')
    const voice = voiceOf(open, facts)
    requirePlace(facts, input.hotspotId)
    await repos.matrix.setEntry({
      roundId: facts.round.id,
      hotspotId: input.hotspotId,
      speaker: speakerOf(voice, person.id),
      voice: voiceKey(voice),
      byPerson: person.id,
      how: 'rated',
      ...rating,
      vulnerability: rating.vulnerability,
      note: words,
      at: ctx.clock.now(),
    })
    await note(open, roundRef(facts.round), 'matrix.rated', {
      code: facts.round.code,
      voice: voiceKey(voice),
    })
    return heard(open, facts)
  })
}

/**
 * *No change*: confirms in one tap what the voice said of each place in the round before, where it has said nothing in
 * this one. Places it never rated stay open.
 *
 * @returns the round, how many places were confirmed, and how many the voice has not rated yet.
 * @throws TocsinError `not_registered`, `not_found`, `not_allowed`, `both_sides`, `round_moved`, `nothing_to_carry`.
 */
export async function confirmUnchanged(
  ctx: Ctx,
  roundId: string,
): Promise<{ facts: RoundFacts; confirmed: number; left: number }> {
  const person = registeredPerson(ctx)
  return inTransaction(ctx, async (repos, open) => {
    const facts = await readRound(open, roundId)
    requireState(facts, 'open')
    const voice = voiceOf(open, facts)
    const speaker = speakerOf(voice, person.id)
    const places = new Set(
      facts.places.filter(({ hotspot }) => hotspot.state === 'listed').map(({ hotspot }) => hotspot.id),
    )
    const said = new Set(
      (await repos.matrix.entriesOf(roundId))
        .filter(row => row.speaker === speaker && places.has(row.hotspotId))
        .map(row => row.hotspotId),
    )
    const carried = (await repos.matrix.lastWords(speaker, roundId)).filter(
      ({ hotspotId }) => places.has(hotspotId) && !said.has(hotspotId),
    )
    if (carried.length === 0) throw new TocsinError('nothing_to_carry')
    for (const row of carried)
      await repos.matrix.setEntry({
        ...row,
        roundId,
        how: 'carried',
        byPerson: person.id,
        at: ctx.clock.now(),
      })
    await note(open, roundRef(facts.round), 'matrix.carried', {
      code: facts.round.code,
      voice: voiceKey(voice),
      places: carried.length,
    })
    const confirmed = carried.length
    return { facts: await heard(open, facts), confirmed, left: places.size - said.size - confirmed }
  })
}

/**
 * Nil is an answer: the voice has nothing to say in this round.
 *
 * @throws as {@link confirmUnchanged}, `already_done`.
 */
export async function answerNil(ctx: Ctx, roundId: string): Promise<RoundFacts> {
  const person = registeredPerson(ctx)
  return inTransaction(ctx, async (repos, open) => {
    const facts = await readRound(open, roundId)
    requireState(facts, 'open')
    const voice = voiceOf(open, facts)
    const row = { roundId, voice: voiceKey(voice), byPerson: person.id, at: ctx.clock.now() }
    if (!(await repos.matrix.addNil(row))) throw new TocsinError('already_done')
    await note(open, roundRef(facts.round), 'matrix.nil', { code: facts.round.code, voice: row.voice })
    return heard(open, facts)
  })
}

/** What the acting person's voice said so far, place by place, and what it said in the round before. */
export interface OwnRatings {
  facts: RoundFacts
  /** For whom the person answers. */
  voice: Voice
  now: ReadonlyMap<string, EntryRow>
  before: ReadonlyMap<string, EntryRow>
}

/** @throws TocsinError `not_registered`, `not_found`, `not_allowed`, `both_sides`. */
export async function ownRatings(ctx: Ctx, roundId: string): Promise<OwnRatings> {
  const person = registeredPerson(ctx)
  const facts = await readRound(ctx, roundId)
  const voice = voiceOf(ctx, facts)
  const speaker = speakerOf(voice, person.id)
  const repos = ctx.tx ?? ctx.store.read
  const rows = (await repos.matrix.entriesOf(roundId)).filter(row => row.speaker === speaker)
  const before = await repos.matrix.lastWords(speaker, roundId)
  return {
    facts,
    voice,
    now: new Map(rows.map(row => [row.hotspotId, row])),
    before: new Map(before.map(row => [row.hotspotId, row])),
  }
}

/** The entries of a round that the acting person may see: their own, and those of others once it is revealed. */
export function visibleEntries(ctx: Ctx, { round, entries }: RoundFacts): RoundFacts['entries'] {
  const person = registeredPerson(ctx)
  const reader = { personId: person.id, side: person.constituency && sideOf(person.constituency) }
  return entries.filter(entry => maySeeEntry(round.state, entry, reader))
}

/** @throws TocsinError `place_gone` for a place that is not in the round, or no longer on the list. */
export function requirePlace({ places }: RoundFacts, hotspotId: string): void {
  const place = places.find(({ hotspot }) => hotspot.id === hotspotId)
  if (place?.hotspot.state !== 'listed') throw new TocsinError('place_gone')
}

export function knownCategory(value: string): Category {
  const found = CATEGORIES.find(id => id === value)
  if (!found) throw new TocsinError('unknown_term', { field: 'category', details: { value } })
  return found
}

function checked(ctx: Ctx, input: RateInput): Rating {
  const { scales } = matrixRules(ctx)
  const rationale: Rationale[] = RATIONALES.filter(id => input.rationale.includes(id))
  const rating: Rating = {
    likelihood: input.likelihood,
    impact: input.impact,
    vulnerability: input.vulnerability ?? null,
    category: knownCategory(input.category),
    rationale,
  }
  const problem = ratingProblem(rating, scales)
  if (problem?.field === 'rationale') throw new TocsinError('text_missing', { field: 'rationale' })
  if (problem)
    throw new TocsinError('number_range', { field: problem.field, details: { min: 1, max: problem.max } })
  return rating
}
