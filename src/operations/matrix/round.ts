import type { Round } from '../../db/matrix.ts'
import type { Timer } from '../../db/timers.ts'
import { RATING_COMPONENTS, type RoundAct, type RoundState, roundAfter } from '../../domain/matrix/round.ts'
import { type Constituency, findRole, type RoleRef } from '../../domain/mission.ts'
import { TocsinError } from '../../errors.ts'
import { peopleIn, unique } from '../alert/facts.ts'
import { knownSector } from '../alert/place.ts'
import { EXERCISE } from '../alert/tell.ts'
import { freeCode } from '../code.ts'
import { type Ctx, inTransaction, type Open, type Person } from '../context.ts'
import { registeredPerson } from '../permission.ts'
import { isPutOff } from '../reminder.ts'
import { cardAt, lineAt, note, personTarget, refreshCardsOf } from '../telling.ts'
import { matrixRules, type RoundFacts, readRound, roundFacts } from './facts.ts'
import { chairsOf, requirePost } from './voice.ts'

export const roundRef = ({ id }: Pick<Round, 'id'>) => ({ kind: 'matrix', id })

/**
 * Opens a review round in a registered channel: the places that stand on the list now, of one sector or of the whole
 * mission. What was said in the last round is carried over when a voice confirms it.
 *
 * @param input.closesAt epoch ms by which answers are wanted; left out: as the mission file has it.
 * @throws TocsinError `not_registered`, `not_allowed`, `round_channel`, `unknown_term`, `round_under_way` (two rounds
 *   over the same places), `no_places`, `time_past`.
 */
export async function openRound(
  ctx: Ctx,
  input: { channelId: string; sector?: string | null; closesAt?: number | null },
): Promise<RoundFacts> {
  const person = registeredPerson(ctx)
  const rules = matrixRules(ctx)
  const sector = knownSector(ctx, input.sector)
  requirePost(ctx, chairsOf(ctx, { sector }))
  const now = ctx.clock.now()
  const closesAt = input.closesAt ?? now + rules.answerWithinMs
  if (closesAt <= now) throw new TocsinError('time_past', { field: 'closesAt' })
  return inTransaction(ctx, async (repos, open) => {
    const channel = await repos.channels.byId(input.channelId)
    if (!channel || channel.purpose === EXERCISE) throw new TocsinError('round_channel')
    const clash = (await repos.matrix.roundsUnderWay()).find(
      round => round.sector === sector || round.sector === null || sector === null,
    )
    if (clash) throw new TocsinError('round_under_way', { details: { code: clash.code } })
    const places = (await repos.hotspots.listed()).filter(row => sector === null || row.sector === sector)
    if (places.length === 0) throw new TocsinError('no_places')
    const round: Round = {
      id: open.ids.id(),
      code: await freeCode(open.ids, 'M', code => open.tx.matrix.roundByCode(code)),
      exercise: false,
      holder: person.constituency as Constituency,
      audience: [...ctx.mission.audiences.hotspot],
      sector,
      state: 'open',
      channel: input.channelId,
      openedBy: person.id,
      openedAt: now,
      closesAt,
      revealedAt: null,
      units: null,
      unitsBy: null,
      endedAt: null,
    }
    await repos.matrix.insertRound(
      round,
      places.map(({ id }) => id),
    )
    await note(open, roundRef(round), 'matrix.opened', { code: round.code, sector, places: places.length })
    await cardAt(open, roundRef(round), round.channel)
    await askVoices(open, round)
    await armReminder(open, round)
    return roundFacts(open, repos, round)
  })
}

/**
 * Shows both sides beside each other: from now on nobody changes a rating. Who has not answered is named.
 *
 * @throws TocsinError `not_registered`, `not_found`, `not_allowed`, `round_moved` where it was revealed or cancelled.
 */
export async function revealRound(ctx: Ctx, roundId: string): Promise<RoundFacts> {
  registeredPerson(ctx)
  return inTransaction(ctx, async (_repos, open) => {
    const { round } = await readRound(open, roundId)
    requirePost(open, chairsOf(open, round))
    await move(open, round, 'reveal', { revealedAt: ctx.clock.now() })
    await open.tx.timers.cancel(reminderKey(roundId))
    const facts = await readRound(open, roundId)
    await say(open, facts, 'revealed')
    return facts
  })
}

/**
 * Ends a round without a version.
 *
 * @throws as {@link revealRound}.
 */
export async function cancelRound(ctx: Ctx, roundId: string): Promise<RoundFacts> {
  registeredPerson(ctx)
  return inTransaction(ctx, async (_repos, open) => {
    const { round } = await readRound(open, roundId)
    requirePost(open, chairsOf(open, round))
    await move(open, round, 'cancel', { endedAt: ctx.clock.now() })
    await open.tx.timers.cancel(reminderKey(roundId))
    const facts = await readRound(open, roundId)
    await say(open, facts, 'cancelled')
    return facts
  })
}

/** Moves a round by an act and notes it. @throws TocsinError `round_moved` where it cannot be done any more. */
export async function move(
  open: Open,
  round: Round,
  act: RoundAct,
  patch: Partial<Round> = {},
): Promise<void> {
  const state = roundAfter(round.state, act)
  const moved = state && (await open.tx.matrix.changeRound(round.id, [round.state], { ...patch, state }))
  if (!moved) throw new TocsinError('round_moved', { details: { code: round.code } })
  await note(open, roundRef(round), `matrix.${act}`, { code: round.code, state })
}

/** Brings the round's cards up to date and says in its thread what happened. */
export async function say(open: Open, { round }: RoundFacts, line: string): Promise<void> {
  await refreshCardsOf(open, roundRef(round))
  await lineAt(open, 'matrix.line', round.id, round.channel, { line })
}

/** The round's card by direct message to whoever answers for each voice. */
async function askVoices(open: Open, round: Round): Promise<void> {
  for (const { id } of await raters(open, round)) await cardAt(open, roundRef(round), personTarget(id))
}

/**
 * Who is asked: the highest post of each component, in a round of one sector the highest there that somebody stands,
 * and the humanitarian side's voice.
 */
export async function raters(ctx: Ctx, { sector }: Pick<Round, 'sector'>): Promise<Person[]> {
  const { mission } = ctx
  const posts: RoleRef[][] = RATING_COMPONENTS.map(component => {
    // A ladder may end above the component, with somebody who speaks for another one.
    const rungs = (mission.ladders.find(ladder => ladder.constituency === component)?.rungs ?? [])
      .flatMap(({ role }) => findRole(mission, role) ?? [])
      .filter(({ constituency }) => constituency === component)
    const there = sector === null ? undefined : rungs.findLast(({ scope }) => scope === 'sector')?.id
    const top = mission.roles.find(role => role.constituency === component && role.scope === 'mission')?.id
    const highest = rungs.findLast(({ scope }) => scope === 'mission')?.id ?? top
    return [
      ...(there === undefined ? [] : [{ role: there, sector }]),
      ...(highest === undefined ? [] : [{ role: highest, sector: null }]),
    ]
  })
  const found: Person[] = []
  for (const choice of [...posts, [{ role: matrixRules(ctx).humanitarianVoice, sector: null }]]) {
    const first = await firstOf(ctx, choice)
    if (first) found.push(first)
  }
  return unique(found)
}

/** Who stands the first of these posts that somebody stands. */
export async function firstOf(ctx: Ctx, posts: readonly RoleRef[]): Promise<Person | null> {
  for (const post of posts) {
    const [first] = await peopleIn(ctx.tx ?? ctx.store.read, post, ctx.clock.now())
    if (first) return first
  }
  return null
}

const reminderKey = (roundId: string): string => `matrix.remind:${roundId}`

/** The next reminder, and none later than the moment by which answers are wanted: then the chair hears it. */
async function armReminder(open: Open, round: Pick<Round, 'id' | 'closesAt'>): Promise<void> {
  await open.tx.timers.arm({
    key: reminderKey(round.id),
    kind: 'matrix.remind',
    recordId: round.id,
    dueAt: Math.min(open.clock.now() + matrixRules(open).remindEveryMs, round.closesAt),
  })
}

/** After an answer: the round's cards are brought up to date, and the chair hears when it was the last. */
export async function heard(open: Open, before: RoundFacts): Promise<RoundFacts> {
  const { round } = before
  await refreshCardsOf(open, roundRef(round))
  const after = await readRound(open, round.id)
  if (before.waiting.length > 0 && after.waiting.length === 0) {
    await open.tx.timers.cancel(reminderKey(round.id))
    await tellReady(open, round)
  }
  return after
}

async function tellReady(open: Open, round: Round): Promise<void> {
  const chair = await firstOf(open, chairsOf(open, round))
  if (chair) await lineAt(open, 'matrix.ready', round.id, personTarget(chair.id))
}

/** Reminds those who have not answered, until all have or the round is revealed; after its date the chair hears it. */
export function remindRaters(ctx: Ctx, timer: Pick<Timer, 'recordId'>): Promise<void> {
  return inTransaction(ctx, async (repos, open) => {
    const round = await repos.matrix.roundById(timer.recordId)
    if (round?.state !== 'open') return
    const facts = await roundFacts(open, repos, round)
    const over = ctx.clock.now() >= round.closesAt
    if (over || facts.waiting.length === 0) return tellReady(open, round)
    for (const { id } of await stillAsked(open, facts))
      if (!(await isPutOff(open, roundRef(round), id)))
        await lineAt(open, 'matrix.reminder', round.id, personTarget(id))
    await armReminder(open, round)
  })
}

/** Who is asked for a voice that has not answered. */
export async function stillAsked(ctx: Ctx, { round, waiting }: RoundFacts): Promise<Person[]> {
  const keys = new Set<string>(
    waiting.map(voice => (voice.side === 'mission' ? voice.component : 'humanitarian')),
  )
  return (await raters(ctx, round)).filter(({ constituency }) => {
    const humanitarian = constituency === 'un_agency' || constituency === 'ngo'
    return constituency !== null && keys.has(humanitarian ? 'humanitarian' : constituency)
  })
}

/** Rounds under way, as far as the acting person may read them. @throws TocsinError `not_registered`. */
export async function roundsUnderWay(ctx: Ctx): Promise<RoundFacts[]> {
  registeredPerson(ctx)
  const found: RoundFacts[] = []
  for (const { id } of await ctx.store.read.matrix.roundsUnderWay()) {
    const facts = await readRound(ctx, id).catch(refusedAsNone)
    if (facts) found.push(facts)
  }
  return found
}

function refusedAsNone(error: unknown): null {
  if (error instanceof TocsinError && error.code === 'not_found') return null
  throw error
}

/** @throws TocsinError `round_moved` unless the round stands in one of these states. */
export function requireState({ round }: RoundFacts, ...states: RoundState[]): void {
  if (!states.includes(round.state)) throw new TocsinError('round_moved', { details: { code: round.code } })
}
