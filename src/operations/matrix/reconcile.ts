/** What is said about a round once both sides are shown, before it is adopted. */
import { findingKey } from '../../domain/matrix/checks.ts'
import { voiceKey } from '../../domain/matrix/round.ts'
import { TocsinError } from '../../errors.ts'
import { type Ctx, inTransaction } from '../context.ts'
import { registeredPerson } from '../permission.ts'
import { note, refreshCardsOf } from '../telling.ts'
import { requiredText } from '../text.ts'
import { matrixRules, type RoundFacts, readRound } from './facts.ts'
import { knownCategory, requirePlace } from './rate.ts'
import { requireState, roundRef, say } from './round.ts'
import { adoptersOf, chairsOf, requirePost, requireRole, voiceOf } from './voice.ts'

/** How long a reason may be, in code points. */
export const REASON = 1_000

/**
 * What the chair proposes for a row on which the sides differ, in words both may read. Neither side outvotes the other.
 *
 * @throws TocsinError `not_registered`, `not_found`, `not_allowed`, `round_moved`, `place_gone`, `unknown_term`,
 *   `text_missing`, `text_too_long`.
 */
export async function propose(
  ctx: Ctx,
  input: { roundId: string; hotspotId: string; category: string; reason: string },
): Promise<RoundFacts> {
  const person = registeredPerson(ctx)
  const category = knownCategory(input.category)
  const reason = requiredText(input.reason, 'reason', REASON)
  return inTransaction(ctx, async (repos, open) => {
    const facts = await readRound(open, input.roundId)
    requirePost(open, chairsOf(open, facts.round))
    requireState(facts, 'revealed')
    requirePlace(facts, input.hotspotId)
    const { roundId, hotspotId } = input
    await repos.matrix.setProposal({
      roundId,
      hotspotId,
      category,
      reason,
      byPerson: person.id,
      at: ctx.clock.now(),
    })
    await note(open, roundRef(facts.round), 'matrix.proposed', { hotspot: hotspotId, category }, { reason })
    const after = await readRound(open, roundId)
    await say(open, after, 'proposed')
    return after
  })
}

/**
 * Dissent from how a row comes out: kept with its reason beside it, whatever is adopted.
 *
 * @throws TocsinError `not_registered`, `not_found`, `not_allowed`, `both_sides`, `round_moved`, `place_gone`,
 *   `unknown_term`, `text_missing`, `text_too_long`.
 */
export async function dissent(
  ctx: Ctx,
  input: { roundId: string; hotspotId: string; category: string; reason: string },
): Promise<RoundFacts> {
  const person = registeredPerson(ctx)
  const category = knownCategory(input.category)
  const reason = requiredText(input.reason, 'reason', REASON)
  return inTransaction(ctx, async (repos, open) => {
    const facts = await readRound(open, input.roundId)
    requireState(facts, 'revealed', 'recommended')
    const voice = voiceOf(open, facts)
    requirePlace(facts, input.hotspotId)
    await repos.matrix.addDissent({
      id: open.ids.id(),
      roundId: input.roundId,
      hotspotId: input.hotspotId,
      voice: voiceKey(voice),
      category,
      reason,
      byPerson: person.id,
      at: ctx.clock.now(),
      withdrawnAt: null,
    })
    await note(
      open,
      roundRef(facts.round),
      'matrix.dissent',
      { hotspot: input.hotspotId, category, voice: voiceKey(voice) },
      { reason },
    )
    const after = await readRound(open, input.roundId)
    await say(open, after, 'dissent')
    return after
  })
}

/** Takes one's own dissent back; nobody else can. @throws TocsinError `not_registered`, `not_found`, `not_allowed`. */
export async function withdrawDissent(
  ctx: Ctx,
  input: { roundId: string; dissentId: string },
): Promise<RoundFacts> {
  const person = registeredPerson(ctx)
  return inTransaction(ctx, async (repos, open) => {
    const facts = await readRound(open, input.roundId)
    if (!(await repos.matrix.withdrawDissent(input.dissentId, person.id, ctx.clock.now())))
      throw new TocsinError('not_allowed')
    await note(open, roundRef(facts.round), 'matrix.dissent_withdrawn', { dissent: input.dissentId })
    const after = await readRound(open, input.roundId)
    await say(open, after, 'dissent_withdrawn')
    return after
  })
}

/**
 * How many units the force can place: more Musts than that are pointed out.
 *
 * @throws TocsinError `not_registered`, `not_found`, `not_allowed`, `round_moved`, `number_range`.
 */
export async function sayUnits(ctx: Ctx, input: { roundId: string; units: number }): Promise<RoundFacts> {
  const person = registeredPerson(ctx)
  const { unitsSaidBy } = matrixRules(ctx)
  if (!Number.isInteger(input.units) || input.units < 0 || input.units > 500)
    throw new TocsinError('number_range', { field: 'units', details: { min: 0, max: 500 } })
  return inTransaction(ctx, async (repos, open) => {
    const { round } = await readRound(open, input.roundId)
    if (!unitsSaidBy) throw new TocsinError('not_allowed')
    requireRole(open, unitsSaidBy)
    const patch = { units: input.units, unitsBy: person.id }
    if (!(await repos.matrix.changeRound(round.id, ['open', 'revealed'], patch)))
      throw new TocsinError('round_moved', { details: { code: round.code } })
    await note(open, roundRef(round), 'matrix.units', { code: round.code }, { units: input.units })
    await refreshCardsOf(open, roundRef(round))
    return readRound(open, round.id)
  })
}

/**
 * Waives one finding, or all of one kind that stand, by name and with the reason on record: the chair or who adopts.
 *
 * @param input.finding the key of one, or the name of a check for each place it found.
 * @throws TocsinError `not_registered`, `not_found`, `not_allowed`, `round_moved`, `already_done`, `text_missing`.
 */
export async function waive(
  ctx: Ctx,
  input: { roundId: string; finding: string; reason: string },
): Promise<RoundFacts> {
  const person = registeredPerson(ctx)
  const reason = requiredText(input.reason, 'reason', REASON)
  return inTransaction(ctx, async (repos, open) => {
    const facts = await readRound(open, input.roundId)
    const role = requirePost(open, [...chairsOf(open, facts.round), ...adoptersOf(open, facts.round)])
    requireState(facts, 'revealed', 'recommended')
    const { roundId } = input
    const found = facts.findings.filter(
      finding => findingKey(finding) === input.finding || finding.check === input.finding,
    )
    if (found.length === 0) throw new TocsinError('already_done')
    for (const finding of found.map(findingKey)) {
      await repos.matrix.addWaiver({
        roundId,
        finding,
        reason,
        byPerson: person.id,
        role,
        at: ctx.clock.now(),
      })
      await note(open, roundRef(facts.round), 'matrix.waived', { finding, role }, { reason })
    }
    const after = await readRound(open, roundId)
    await say(open, after, 'waived')
    return after
  })
}
