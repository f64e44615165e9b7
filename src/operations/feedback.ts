/** What is owed to a community and to whoever warned once an alert has been closed. */
import type { CommunityFeedback, ReprisalCheck } from '../db/feedback.ts'
import type { Repos } from '../db/store.ts'
import type { Timer } from '../db/timers.ts'
import { callsForHumanRights, isFeedbackAnswer, isReprisalAnswer, REMINDERS_MAX } from '../domain/feedback.ts'
import { findRole, type Mission, type RoleRef, roleRef } from '../domain/mission.ts'
import { TocsinError } from '../errors.ts'
import { type AlertFacts, alertFacts, isReachable, peopleIn, unique } from './alert/facts.ts'
import { ownerIn } from './alert/owner.ts'
import { readAlert } from './alert/reading.ts'
import { type Ctx, inTransaction, type Open, type Person } from './context.ts'
import { actingPerson, heldRoles, registeredPerson, roleKey, sameRole } from './permission.ts'
import { isPutOff } from './reminder.ts'
import { sayInThread } from './response/tell.ts'
import { cardAt, lineAt, note, personTarget, refreshCardsOf } from './telling.ts'
import { requiredText } from './text.ts'

export const feedbackLimits = { words: 2_000 } as const

/** What is owed to a community, with its alert. */
export interface FeedbackFacts {
  feedback: CommunityFeedback
  facts: AlertFacts
}

/** A question about reprisals, with its alert. */
export interface ReprisalFacts {
  check: ReprisalCheck
  facts: AlertFacts
}

/**
 * An alert has been closed: whoever is on duty for its community is asked to tell it what may be said, and whoever
 * raised it learns what was done. In the transaction that closes it.
 */
export async function askCommunity(open: Open, facts: AlertFacts): Promise<void> {
  const { alert } = facts
  const now = open.clock.now()
  const { remindEveryMs, reprisalsAfterMs } = open.mission.feedback
  const earlier = await open.tx.feedback.ofAlert(alert.id)
  const row: CommunityFeedback = {
    id: earlier?.id ?? open.ids.id(),
    alertId: alert.id,
    askedAt: now,
    reminders: 0,
    state: 'open',
    answeredBy: null,
    answeredAt: null,
    role: null,
    words: null,
  }
  // An alert that was opened again and ends a second time owes its community an answer once more.
  if (earlier) await open.tx.feedback.askAgain(row.id, now)
  else await open.tx.feedback.insert(row)
  for (const { id } of await owing(open, facts)) await cardAt(open, of(row), personTarget(id))
  await open.tx.timers.arm({
    key: `feedback:${row.id}`,
    kind: 'feedback.due',
    recordId: row.id,
    dueAt: now + remindEveryMs,
  })
  for (const afterMs of reprisalsAfterMs)
    await open.tx.timers.arm({
      key: `reprisal:${alert.id}:${afterMs}`,
      kind: 'reprisal.due',
      recordId: alert.id,
      slot: String(afterMs),
      dueAt: now + afterMs,
    })
}

/**
 * Whoever raised the alert, those who follow it for them and the authors of every report that was joined to it learn how
 * it ended and what was done. An author of a joined report reads of it under the alert it came in as.
 */
export async function tellAuthors(open: Open, { alert, followers, reports }: AlertFacts): Promise<void> {
  const told = new Set([actingPerson(open).id])
  const tell = async (personId: string, cameInAs: string) => {
    if (told.has(personId)) return
    told.add(personId)
    await lineAt(open, 'feedback.author', cameInAs, personTarget(personId), { ended: alert.id })
  }
  for (const personId of [alert.raisedBy, ...followers]) await tell(personId, alert.id)
  for (const { recordedBy, firstAlertId } of reports) await tell(recordedBy, firstAlertId)
}

/**
 * The community was told, in which words; or it is not safe to tell it, and why. Whoever holds the post that is asked,
 * or one above.
 *
 * @throws TocsinError `not_registered`, `not_found`, `not_allowed`, `unknown_term`, `text_missing`, `text_too_long`,
 *   `already_done`.
 */
export async function answerFeedback(
  ctx: Ctx,
  input: { feedbackId: string; answer: string; words: string },
): Promise<FeedbackFacts> {
  const person = registeredPerson(ctx)
  const { answer } = input
  if (!isFeedbackAnswer(answer))
    throw new TocsinError('unknown_term', { field: 'answer', details: { value: answer } })
  return inTransaction(ctx, async (repos, open) => {
    const { feedback, facts } = await readFeedback(open, input.feedbackId)
    const marked = facts.specialist.length > 0
    const words = marked ? null : requiredText(input.words, 'words', feedbackLimits.words)
    const post = heldPost(open, facts)
    const done = { state: answer, by: person.id, at: open.clock.now(), role: post && roleKey(post), words }
    if (!(await repos.feedback.answer(feedback.id, done))) throw new TocsinError('already_done')
    await repos.timers.cancel(`feedback:${feedback.id}`)
    const data = { answer, role: done.role }
    await note(open, { kind: 'alert', id: facts.alert.id }, 'feedback.answered', data, words ? { words } : {})
    await refreshCardsOf(open, of(feedback))
    await sayInThread(open, facts.alert, 'feedback.line', { feedback: feedback.id })
    return { feedback: (await repos.feedback.byId(feedback.id))!, facts }
  })
}

/**
 * What is owed to a community, for those who may answer it.
 *
 * @throws TocsinError `not_registered`, `not_found`, `not_allowed`.
 */
export async function readFeedback(ctx: Ctx, feedbackId: string): Promise<FeedbackFacts> {
  registeredPerson(ctx)
  const feedback = await (ctx.tx ?? ctx.store.read).feedback.byId(feedbackId)
  if (!feedback) throw new TocsinError('not_found')
  const facts = await readAlert(ctx, feedback.alertId)
  if (!heldPost(ctx, facts)) throw new TocsinError('not_allowed', { details: { code: facts.alert.code } })
  return { feedback, facts }
}

/** A day more and the community is still not told: whoever owes it is reminded, some days long. */
export function remindFeedback(ctx: Ctx, timer: Pick<Timer, 'key' | 'recordId'>): Promise<void> {
  return inTransaction(ctx, async (repos, open) => {
    const feedback = await repos.feedback.byId(timer.recordId)
    const facts = feedback?.state === 'open' ? await closedFacts(open, feedback.alertId) : null
    if (!feedback || !facts || feedback.reminders >= REMINDERS_MAX) return
    await repos.feedback.reminded(feedback.id)
    for (const { id } of await owing(open, facts)) {
      if (await isPutOff(open, of(feedback), id)) continue
      await cardAt(open, of(feedback), personTarget(id))
      await lineAt(open, 'feedback.reminder', feedback.id, personTarget(id))
    }
    const dueAt = open.clock.now() + open.mission.feedback.remindEveryMs
    await repos.timers.arm({ key: timer.key, kind: 'feedback.due', recordId: feedback.id, dueAt })
  })
}

/** Whether a community is still not told, and this person is asked to. */
export async function owesFeedback(
  ctx: Ctx,
  repos: Repos,
  feedbackId: string,
  personId: string,
): Promise<boolean> {
  const feedback = await repos.feedback.byId(feedbackId)
  const alert = feedback?.state === 'open' ? await repos.alerts.byId(feedback.alertId) : null
  if (!alert) return false
  const facts = await alertFacts(repos, ctx.mission, ctx.clock.now(), alert)
  return (await owing(ctx, facts, repos)).some(({ id }) => id === personId)
}

/** Some days after an alert was closed: whoever is near the community is asked, alone, about reprisals. */
export function askReprisals(ctx: Ctx, timer: Pick<Timer, 'recordId' | 'slot'>): Promise<void> {
  return inTransaction(ctx, async (repos, open) => {
    const facts = await closedFacts(open, timer.recordId)
    if (!facts) return
    const check: ReprisalCheck = {
      id: open.ids.id(),
      alertId: facts.alert.id,
      afterMs: Number(timer.slot),
      askedAt: open.clock.now(),
      answer: null,
      answeredBy: null,
      answeredAt: null,
      words: null,
    }
    await repos.feedback.insertCheck(check)
    const [first] = await owing(open, facts)
    if (first) await cardAt(open, { kind: 'reprisal', id: check.id }, personTarget(first.id))
  })
}

/**
 * What is known of reprisals. From now on the answer is read by the human rights roles alone, not by whoever gave it;
 * where something is feared or reported they are told at once.
 *
 * @throws TocsinError `not_registered`, `not_found`, `not_allowed`, `unknown_term`, `text_missing` where something is
 *   feared or reported, `text_too_long`, `already_done`.
 */
export async function answerReprisal(
  ctx: Ctx,
  input: { checkId: string; answer: string; words: string },
): Promise<ReprisalFacts> {
  const person = registeredPerson(ctx)
  const { answer } = input
  if (!isReprisalAnswer(answer))
    throw new TocsinError('unknown_term', { field: 'answer', details: { value: answer } })
  return inTransaction(ctx, async (repos, open) => {
    const { check, facts } = await readReprisal(open, input.checkId)
    const tells = callsForHumanRights(answer) || input.words.trim() !== ''
    const words = tells ? requiredText(input.words, 'words', feedbackLimits.words) : null
    const done = { answer, by: person.id, at: open.clock.now(), words }
    if (!(await repos.feedback.answerCheck(check.id, done))) throw new TocsinError('already_done')
    // What the answer was stands in no trail: only that there is one.
    await note(open, { kind: 'alert', id: facts.alert.id }, 'reprisal.answered', { check: check.id })
    await refreshCardsOf(open, { kind: 'reprisal', id: check.id })
    if (callsForHumanRights(answer))
      for (const { id } of await humanRightsPeople(open, open.tx))
        await cardAt(open, { kind: 'reprisal', id: check.id }, personTarget(id))
    return { check, facts }
  })
}

/**
 * A question about reprisals, for whoever may answer it.
 *
 * @throws TocsinError `not_registered`, `not_found`, `not_allowed`.
 */
export async function readReprisal(ctx: Ctx, checkId: string): Promise<ReprisalFacts> {
  registeredPerson(ctx)
  const check = await (ctx.tx ?? ctx.store.read).feedback.check(checkId)
  if (!check) throw new TocsinError('not_found')
  const facts = await readAlert(ctx, check.alertId)
  if (!heldPost(ctx, facts)) throw new TocsinError('not_allowed', { details: { code: facts.alert.code } })
  return { check, facts }
}

/** Everybody who holds a role of the human rights layer now, the first of each. */
export async function humanRightsPeople(
  { mission, clock }: Pick<Ctx, 'mission' | 'clock'>,
  repos: Repos,
): Promise<Person[]> {
  const refs = mission.layers.human_rights.map(role => ({ role, sector: null }))
  const all = await Promise.all(refs.map(ref => peopleIn(repos, ref, clock.now())))
  return unique(all.flatMap(([first]) => first ?? []))
}

/** The posts that answer to the community of an alert: the one near it first, then those above it. */
export function communityPosts(mission: Mission, facts: AlertFacts): RoleRef[] {
  const { alert, inform } = facts
  const named = mission.feedback.role
  const near =
    named === null
      ? inform.filter(({ role }) => findRole(mission, role)?.mayOwn === false)
      : [roleRef(mission, named, alert.sector)]
  return [...near, ...ownerIn(facts, 'civilian').posts, mission.operationsCentre]
}

/** Who is asked now: the first who stands the nearest post that somebody stands. */
async function owing(
  ctx: Ctx,
  facts: AlertFacts,
  repos: Repos = ctx.tx ?? ctx.store.read,
): Promise<Person[]> {
  for (const post of communityPosts(ctx.mission, facts)) {
    const [first] = (await peopleIn(repos, post, ctx.clock.now())).filter(isReachable)
    if (first) return [first]
  }
  return []
}

function heldPost(ctx: Ctx, facts: AlertFacts): RoleRef | null {
  const held = heldRoles(ctx)
  return communityPosts(ctx.mission, facts).find(post => held.some(role => sameRole(role, post))) ?? null
}

async function closedFacts(open: Open, alertId: string): Promise<AlertFacts | null> {
  const alert = await open.tx.alerts.byId(alertId)
  if (alert?.lifecycle !== 'closed') return null
  return alertFacts(open.tx, open.mission, open.clock.now(), alert)
}

const of = ({ id }: CommunityFeedback) => ({ kind: 'feedback', id })
