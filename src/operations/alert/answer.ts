import type { Act, ActKind } from '../../domain/alert.ts'
import { findTerm, type Slot, type TaxonomyList } from '../../domain/mission.ts'
import { TocsinError } from '../../errors.ts'
import { type Ctx, inTransaction, type Open } from '../context.ts'
import { actingPerson, roleKey } from '../permission.ts'
import { optionalText, requiredText, textLimits } from '../text.ts'
import { actingPost, mayKeepRecord, type Post } from './chain.ts'
import { armLadders, tellFrom } from './climb.ts'
import { type AlertFacts, alertFacts, type OwnerFacts, ownerIn } from './facts.ts'
import { readOpenAlert } from './reading.ts'
import { refreshCards, tellPeople, tellThread } from './tell.ts'

/** A time somebody promises or watches until lies at most this far ahead. */
export const PROMISE_LIMIT_MS = 7 * 24 * 3_600_000

export interface AnswerInput {
  alertId: string
  /** For which owner, where the person stands on both ladders. */
  slot?: Slot
}

/**
 * An owner's post says that it has seen the alert. It counts for that owner alone.
 *
 * @throws TocsinError `not_found`, `already_ended`, `not_in_chain`, `which_owner`, `already_done` (by whom, when).
 */
export function acknowledge(ctx: Ctx, input: AnswerInput): Promise<AlertFacts> {
  return answer(
    ctx,
    input,
    owner => owner.state.awaiting === 'acknowledge',
    async (open, facts, post) => {
      await addAcknowledgement(open, facts, post, fromSlack(open))
      return facts
    },
  )
}

/**
 * Somebody is going: `who`, and when they are expected there (epoch ms), if it is known.
 *
 * @throws as {@link acknowledge}, `text_missing`, `time_past`, `time_too_far`.
 */
export function respond(
  ctx: Ctx,
  input: AnswerInput & { who: string; until?: number | null },
): Promise<AlertFacts> {
  const who = requiredText(input.who, 'who', textLimits.who)
  const until = futureTime(ctx, input.until ?? null, 'until')
  return decide(ctx, input, { kind: 'respond', who, until })
}

/** Nobody goes yet; the owner decides again at `until` (epoch ms). */
export function watch(
  ctx: Ctx,
  input: AnswerInput & { until: number; note?: string | null },
): Promise<AlertFacts> {
  const until = futureTime(ctx, input.until, 'until')
  return decide(ctx, input, { kind: 'watch', until, note: optionalText(input.note, 'note', textLimits.note) })
}

/** The owner will not act, for a reason of the mission's list; some ask for a note. */
export function notActing(
  ctx: Ctx,
  input: AnswerInput & { reason: string; note?: string | null },
): Promise<AlertFacts> {
  return decide(ctx, input, { kind: 'not_acting', ...reasonWithNote(ctx, 'not_acting', input) })
}

/** Those who went are there. @throws as {@link acknowledge}, `not_responding`. */
export function onSite(ctx: Ctx, input: AnswerInput): Promise<AlertFacts> {
  return answer(
    ctx,
    input,
    owner => owner.state.awaiting === 'on_site',
    async (open, facts, post) => {
      await addOnSite(open, facts, post, fromSlack(open))
      return facts
    },
  )
}

/**
 * The post cannot take the alert; it goes to the next rung at once, with the reason on record.
 *
 * @throws as {@link acknowledge}, `unknown_term`, `note_missing`.
 */
export function cannotTake(
  ctx: Ctx,
  input: AnswerInput & { reason: string; note?: string | null },
): Promise<AlertFacts> {
  const reason = reasonWithNote(ctx, 'cannot_take', input)
  return answer(
    ctx,
    input,
    owner => owner.state.awaiting !== null,
    async (open, facts, post) => {
      await addAct(open, facts, { kind: 'cannot_take', post, ...fromSlack(open), ...reason })
      return passOn(open, facts, post)
    },
  )
}

export interface RecordedInput {
  alertId: string
  slot: Slot
  /** Which rung of that owner's ladder answered. */
  rung: number
  means: 'phone' | 'radio'
  /** When it answered (epoch ms); not in the future. */
  at: number
  said: 'acknowledge' | 'respond' | 'watch' | 'not_acting' | 'on_site'
  who?: string | null
  until?: number | null
  reason?: string | null
  note?: string | null
}

/**
 * A post answered by phone or radio, and somebody records it for them: it counts for that owner and says so.
 *
 * @throws TocsinError `not_found`, `already_ended`, `not_allowed`, `time_future`, and those of the answer given.
 */
export async function recordAnswer(ctx: Ctx, input: RecordedInput): Promise<AlertFacts> {
  actingPerson(ctx)
  const now = ctx.clock.now()
  if (input.at > now) throw new TocsinError('time_future', { field: 'at' })
  const given = {
    who: input.said === 'respond' ? requiredText(input.who, 'who', textLimits.who) : null,
    until:
      input.said === 'respond' || input.said === 'watch'
        ? futureTime(ctx, input.until ?? null, 'until')
        : null,
    reason: input.said === 'not_acting' ? reasonWithNote(ctx, 'not_acting', input).reason : null,
    note: optionalText(input.note, 'note', textLimits.note),
  }
  if (input.said === 'watch' && given.until === null) throw new TocsinError('time_past', { field: 'until' })
  return inTransaction(ctx, async (repos, open) => {
    const facts = await readOpenAlert(open, input.alertId, repos)
    if (!mayKeepRecord(open, facts))
      throw new TocsinError('not_allowed', { details: { code: facts.alert.code } })
    const ref = ownerIn(facts, input.slot).posts[input.rung]
    if (!ref) throw new TocsinError('unknown_term', { field: 'post', details: { value: String(input.rung) } })
    const post: Post = { slot: input.slot, rung: input.rung, ref }
    const how = { means: input.means, at: Math.max(input.at, facts.alert.raisedAt) }
    if (input.said === 'acknowledge')
      await addAcknowledgement(open, facts, post, { ...how, note: given.note })
    else if (input.said === 'on_site') await addOnSite(open, facts, post, { ...how, note: given.note })
    else await addDecision(open, facts, post, how, { kind: input.said, ...given })
    return settle(open, facts)
  })
}

type Decision = Pick<Act, 'kind'> & Partial<Pick<Act, 'who' | 'until' | 'reason' | 'note'>>

function decide(ctx: Ctx, input: AnswerInput, decision: Decision): Promise<AlertFacts> {
  const undecided = (owner: OwnerFacts) =>
    owner.state.awaiting === 'acknowledge' || owner.state.awaiting === 'decide'
  return answer(ctx, input, undecided, async (open, facts, post) => {
    await addDecision(open, facts, post, fromSlack(open), decision)
    return facts
  })
}

function answer(
  ctx: Ctx,
  input: AnswerInput,
  eligible: (owner: OwnerFacts) => boolean,
  act: (open: Open, facts: AlertFacts, post: Post) => Promise<AlertFacts>,
): Promise<AlertFacts> {
  actingPerson(ctx)
  return inTransaction(ctx, async (repos, open) => {
    const facts = await readOpenAlert(open, input.alertId, repos)
    const post = actingPost(open, facts, input.slot, slot => eligible(ownerIn(facts, slot)))
    return settle(open, await act(open, facts, post))
  })
}

type How = Pick<Act, 'means' | 'at'> & { note?: string | null }
const fromSlack = (open: Open): How => ({ means: 'slack', at: open.clock.now() })

async function addAcknowledgement(open: Open, facts: AlertFacts, post: Post, how: How): Promise<void> {
  const { state } = ownerIn(facts, post.slot)
  const earlier = state.acknowledged ?? state.decision
  if (earlier) throw alreadyDone(earlier)
  await addAct(open, facts, { kind: 'acknowledge', post, ...how })
}

async function addDecision(
  open: Open,
  facts: AlertFacts,
  post: Post,
  how: How,
  decision: Decision,
): Promise<void> {
  const { state } = ownerIn(facts, post.slot)
  const standing = state.decision
  const same =
    standing?.kind === decision.kind &&
    standing.reason === (decision.reason ?? null) &&
    standing.who === (decision.who ?? null) &&
    standing.until === (decision.until ?? null)
  if (standing && same) throw alreadyDone(standing)
  await addAct(open, facts, { post, ...how, ...decision })
}

async function addOnSite(open: Open, facts: AlertFacts, post: Post, how: How): Promise<void> {
  const { state } = ownerIn(facts, post.slot)
  if (state.onSite) throw alreadyDone(state.onSite)
  if (state.decision?.kind !== 'respond') throw new TocsinError('not_responding')
  await addAct(open, facts, { kind: 'on_site', post, ...how })
}

/** Writes an act of a post, its event and the thread line; the post becomes the owner's. */
async function addAct(
  open: Open,
  facts: AlertFacts,
  input: { kind: ActKind; post: Post; means: Act['means']; at: number } & Partial<
    Pick<Act, 'who' | 'until' | 'reason' | 'note'>
  >,
): Promise<void> {
  const { alert } = facts
  const { post } = input
  const now = open.clock.now()
  const act: Act = {
    id: open.ids.id(),
    alertId: alert.id,
    slot: post.slot,
    kind: input.kind,
    at: input.at,
    recordedAt: now,
    byPerson: actingPerson(open).id,
    role: roleKey(post.ref),
    means: input.means,
    reason: input.reason ?? null,
    until: input.until ?? null,
    who: input.who ?? null,
    note: input.note ?? null,
  }
  await recordAct(open, act)
  await open.tx.alerts.setOwnerRung(alert.id, post.slot, post.rung)
  await tellThread(open, alert, { line: 'act', act: act.id })
}

/** Writes an act and the event that stands for it in the trail; words go where they can be erased. */
export async function recordAct(open: Open, act: Act): Promise<void> {
  await open.tx.alerts.addAct(act)
  const words = {
    ...(act.note ? { note: act.note } : {}),
    ...(act.who && act.kind === 'respond' ? { who: act.who } : {}),
  }
  await open.tx.events.append({
    at: act.at,
    recordedAt: act.recordedAt,
    actor: act.byPerson,
    kind: `alert.${act.kind}`,
    recordKind: 'alert',
    recordId: act.alertId,
    data: {
      act: act.id,
      slot: act.slot,
      role: act.role,
      means: act.means,
      reason: act.reason,
      until: act.until,
    },
    ...(Object.keys(words).length > 0 ? { words } : {}),
  })
}

async function passOn(open: Open, facts: AlertFacts, post: Post): Promise<AlertFacts> {
  const now = open.clock.now()
  const rung = Math.min(post.rung + 1, ownerIn(facts, post.slot).posts.length - 1)
  await open.tx.alerts.setOwnerRung(facts.alert.id, post.slot, rung)
  const moved = await alertFacts(open.tx, open.mission, now, facts.alert)
  const owner = ownerIn(moved, post.slot)
  const { round } = owner.state
  const told = await tellFrom(open, owner, rung, { step: 'acknowledge', round, dueAt: now })
  const line = { line: 'escalated', slot: post.slot, step: 'acknowledge', round, rungs: told.rungs } as const
  await tellThread(open, facts.alert, line)
  await tellPeople(open, facts.alert, told.people, line)
  return moved
}

/** After any act: cards edited, both ladders armed anew, the facts as they now are. */
export async function settle(open: Open, before: Pick<AlertFacts, 'alert'>): Promise<AlertFacts> {
  const alert = (await open.tx.alerts.byId(before.alert.id)) ?? before.alert
  const facts = await alertFacts(open.tx, open.mission, open.clock.now(), alert)
  await armLadders(open, facts)
  await refreshCards(open, alert)
  return facts
}

function alreadyDone(act: Act): TocsinError {
  return new TocsinError('already_done', {
    details: { kind: act.kind, role: act.role ?? '', at: act.at, means: act.means },
  })
}

function futureTime(ctx: Ctx, at: number | null, field: string): number | null {
  if (at === null) return null
  const now = ctx.clock.now()
  if (at <= now) throw new TocsinError('time_past', { field })
  if (at > now + PROMISE_LIMIT_MS)
    throw new TocsinError('time_too_far', { field, details: { max: PROMISE_LIMIT_MS } })
  return at
}

/** A reason the mission's list holds, with the note it asks for. */
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
