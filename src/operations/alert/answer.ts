import type { Act } from '../../domain/alert.ts'
import { passesOn } from '../../domain/awaited.ts'
import { findTerm, routeFor, type Slot, type TaxonomyList } from '../../domain/mission.ts'
import { TocsinError } from '../../errors.ts'
import { type Ctx, inTransaction, type Open } from '../context.ts'
import { actingPerson, roleKey } from '../permission.ts'
import { optionalText, requiredText, textLimits } from '../text.ts'
import { factsNow, recordAct, type Said, settle } from './acts.ts'
import { actingPost, type Post } from './chain.ts'
import type { AlertFacts } from './facts.ts'
import { type OwnerFacts, ownerIn } from './owner.ts'
import { readOpenAlert } from './reading.ts'
import { announce, handTo, type Told, tellAbove } from './rungs.ts'
import { tellThread } from './tell.ts'

/** A time somebody promises or watches until lies at most this far ahead. */
export const PROMISE_LIMIT_MS = 7 * 24 * 3_600_000

export interface AnswerInput {
  alertId: string
  /** For which owner, where the person stands on both ladders. */
  slot?: Slot | undefined
  /** As which post of its ladder, where they hold several. */
  rung?: number | undefined
}

/**
 * An owner's post says that it has seen the alert. It counts for that owner alone.
 *
 * @param input.means by text, where the one-time code in it was checked.
 * @throws TocsinError `not_found`, `already_ended`, `not_in_chain`, `which_owner`, `which_role`, `already_done` (by whom, when).
 */
export function acknowledge(ctx: Ctx, input: AnswerInput & { means?: 'sms' }): Promise<AlertFacts> {
  const awaited = (owner: OwnerFacts) => owner.state.awaiting === 'acknowledge'
  const { means = 'slack' } = input
  return answer(ctx, input, awaited, (open, facts, post) => addAcknowledgement(open, facts, post, { means }))
}

/**
 * Somebody is going: `who`, and when they are expected there (epoch ms), if it is known.
 *
 * @throws as {@link acknowledge}, `text_missing`, `time_past`, `time_too_far`.
 */
export async function respond(
  ctx: Ctx,
  input: AnswerInput & { who: string; until?: number | null },
): Promise<AlertFacts> {
  const who = requiredText(input.who, 'who', textLimits.who)
  const until = futureTime(ctx, input.until ?? null)
  return decide(ctx, input, { kind: 'respond', who, until })
}

/** Nobody goes yet; the owner decides again at `until` (epoch ms). @throws as {@link respond}. */
export async function watch(
  ctx: Ctx,
  input: AnswerInput & { until: number; note?: string | null },
): Promise<AlertFacts> {
  const until = futureTime(ctx, input.until)
  const note = optionalText(input.note, 'note', textLimits.note)
  return decide(ctx, input, { kind: 'watch', until, note })
}

/**
 * The owner will not act, for a reason of the mission's list; some ask for a note.
 *
 * @throws as {@link acknowledge}, `unknown_term`, `note_missing`.
 */
export async function notActing(
  ctx: Ctx,
  input: AnswerInput & { reason: string; note?: string | null },
): Promise<AlertFacts> {
  return decide(ctx, input, { kind: 'not_acting', ...reasonWithNote(ctx, 'not_acting', input) })
}

/** Those who went are there. @throws as {@link acknowledge}, `not_responding`. */
export function onSite(ctx: Ctx, input: AnswerInput): Promise<AlertFacts> {
  const awaited = (owner: OwnerFacts) => owner.state.awaiting === 'on_site'
  return answer(ctx, input, awaited, (open, facts, post) => addOnSite(open, facts, post))
}

/**
 * The post cannot take the alert, with the reason on record. It goes to the next rung at once; to the ladder
 * that sector and threat now call for, where that is another. Where another post has answered for this owner, its
 * answer stands.
 *
 * @throws as {@link acknowledge}, `unknown_term`, `note_missing`, `not_allowed` where the post neither has the alert
 *   nor was told of what is awaited.
 */
export async function cannotTake(
  ctx: Ctx,
  input: AnswerInput & { reason: string; note?: string | null },
): Promise<AlertFacts> {
  const reason = reasonWithNote(ctx, 'cannot_take', input)
  return answer(
    ctx,
    input,
    () => true,
    async (open, facts, post) => {
      requireAsked(facts, post)
      await say(open, facts, post, { kind: 'cannot_take', ...reason })
      const told = await passOn(open, facts, post)
      if (told) await announce(open, await factsNow(open, facts.alert), told, 'asked')
    },
  )
}

/** How an answer came, where it was not given in Slack. */
export type How = Partial<Pick<Act, 'means' | 'at' | 'note'>>
export type Decision = { kind: 'respond' | 'watch' | 'not_acting' } & Pick<Said, 'who' | 'until' | 'reason'>

export async function addAcknowledgement(
  open: Open,
  facts: AlertFacts,
  post: Post,
  how: How = {},
): Promise<void> {
  const { state } = ownerIn(facts, post.slot)
  if (state.acknowledged) throw alreadyDone(state.acknowledged)
  await takeUp(open, facts, post, { kind: 'acknowledge', ...how })
}

export async function addDecision(
  open: Open,
  facts: AlertFacts,
  post: Post,
  decision: Decision & How,
): Promise<void> {
  const { decision: standing } = ownerIn(facts, post.slot).state
  const same =
    standing?.kind === decision.kind &&
    standing.reason === (decision.reason ?? null) &&
    standing.who === (decision.who ?? null) &&
    standing.until === (decision.until ?? null)
  if (standing && same) throw alreadyDone(standing)
  await takeUp(open, facts, post, decision)
}

export async function addOnSite(open: Open, facts: AlertFacts, post: Post, how: How = {}): Promise<void> {
  const { state } = ownerIn(facts, post.slot)
  if (state.onSite) throw alreadyDone(state.onSite)
  if (state.decision?.kind !== 'respond') throw new TocsinError('not_responding')
  await takeUp(open, facts, post, { kind: 'on_site', ...how })
}

function decide(ctx: Ctx, input: AnswerInput, decision: Decision & How): Promise<AlertFacts> {
  const undecided = ({ state }: OwnerFacts) => state.awaiting === 'acknowledge' || state.awaiting === 'decide'
  return answer(ctx, input, undecided, (open, facts, post) => addDecision(open, facts, post, decision), {
    mayChange: true,
  })
}

/**
 * @param awaited whether the act is what is awaited of an owner: decides for whom somebody on both ladders speaks.
 * @param options.mayChange the act may also replace an earlier one; where neither owner awaits it, they are asked.
 */
async function answer(
  ctx: Ctx,
  input: AnswerInput,
  awaited: (owner: OwnerFacts) => boolean,
  act: (open: Open, facts: AlertFacts, post: Post) => Promise<void>,
  { mayChange = false } = {},
): Promise<AlertFacts> {
  actingPerson(ctx)
  return inTransaction(ctx, async (repos, open) => {
    const facts = await readOpenAlert(open, input.alertId, repos)
    const either = mayChange && !facts.owners.some(awaited)
    const post = actingPost(open, facts, input, slot => either || awaited(ownerIn(facts, slot)))
    await act(open, facts, post)
    return settle(open, facts)
  })
}

/** Writes an answer of a post; the alert is now that post's. */
async function takeUp(
  open: Open,
  facts: AlertFacts,
  post: Post,
  said: Pick<Said, 'kind'> & Partial<Said>,
): Promise<void> {
  await say(open, facts, post, said)
  await open.tx.alerts.setOwnerRung(facts.alert.id, post.slot, post.rung)
}

async function say(
  open: Open,
  { alert }: AlertFacts,
  { slot, ref }: Post,
  said: Pick<Said, 'kind'> & Partial<Said>,
): Promise<void> {
  const act = await recordAct(open, alert, { ...said, slot, role: roleKey(ref) })
  await tellThread(open, alert, { line: 'act', act })
}

/** Only who was asked can decline: else a post high up would end a wait that has hardly begun. */
function requireAsked(facts: AlertFacts, { slot, rung }: Post): void {
  const { owner, state, told } = ownerIn(facts, slot)
  const asked = told.some(
    row => row.rung === rung && row.step === state.awaiting && row.round === state.round,
  )
  if (rung !== owner.rung && !asked)
    throw new TocsinError('not_allowed', { details: { code: facts.alert.code } })
}

/** Null where nobody need be told: another post has the alert, and the one that declined was not waited for. */
async function passOn(open: Open, before: AlertFacts, post: Post): Promise<Told | null> {
  const { slot, rung } = post
  const { state } = ownerIn(before, slot)
  if (!passesOn(state, roleKey(post.ref))) return tellAbove(open, before, ownerIn(before, slot), rung)
  const route = routeFor(open.mission, before.alert)[slot]
  const moves = route.id !== ownerIn(before, slot).ladder.id
  if (moves) {
    await open.tx.alerts.setOwnerLadder(before.alert.id, slot, route.id)
    await recordAct(open, before.alert, { kind: 'moved', slot, role: roleKey(post.ref), reason: route.id })
  }
  const facts = await factsNow(open, before.alert)
  return handTo(open, facts, ownerIn(facts, slot), moves ? 0 : rung + 1)
}

function alreadyDone(act: Act): TocsinError {
  return new TocsinError('already_done', {
    details: { kind: act.kind, role: act.role ?? '', at: act.at, means: act.means },
  })
}

/**
 * A time that may be promised; null where none was given.
 *
 * @throws TocsinError `time_past`, `time_too_far`.
 */
export function futureTime(ctx: Ctx, at: number | null): number | null {
  if (at === null) return null
  const now = ctx.clock.now()
  if (!(at > now)) throw new TocsinError('time_past', { field: 'until' })
  if (at > now + PROMISE_LIMIT_MS)
    throw new TocsinError('time_too_far', { field: 'until', details: { max: PROMISE_LIMIT_MS } })
  return at
}

/** A reason the mission's list holds, with the note it asks for. @throws TocsinError `unknown_term`, `note_missing`. */
export function reasonWithNote(
  ctx: Ctx,
  list: Extract<TaxonomyList, 'not_acting' | 'cannot_take'>,
  input: { reason?: string | null; note?: string | null },
): { reason: string; note: string | null } {
  const term = input.reason ? findTerm(ctx.mission, list, input.reason) : undefined
  if (!term)
    throw new TocsinError('unknown_term', { field: 'reason', details: { value: input.reason ?? '' } })
  const note = optionalText(input.note, 'note', textLimits.note)
  if (term.asksNote && !note) throw new TocsinError('note_missing', { field: 'note' })
  return { reason: term.id, note }
}
