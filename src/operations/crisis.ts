/** A crisis forum from its call-in to its review (1.5). */
import type { Crisis, CrisisCall, CrisisLesson, CrisisShift } from '../db/crises.ts'
import type { Repos } from '../db/store.ts'
import type { Timer } from '../db/timers.ts'
import { afterMove, CALL_ANSWERS } from '../domain/forum.ts'
import { TocsinError } from '../errors.ts'
import { type Ctx, inTransaction, type Open, type Person } from './context.ts'
import { type ForumFacts, keepsForum, readForum } from './forum/facts.ts'
import { forumLimits, forumRef, type MakeForumInput, makeForum } from './forum/make.ts'
import { checkedLessons, type LessonsInput } from './lessons.ts'
import { meetingFacts, standing } from './meeting/facts.ts'
import { meetingRef, plan } from './meeting/plan.ts'
import { type Named, namedPerson } from './people.ts'
import { heldRoles, registeredPerson, roleKey } from './permission.ts'
import { lineAt, note, personTarget, refreshCardsOf } from './telling.ts'
import { optionalText, requiredText } from './text.ts'

/** A crisis forum as it now is. */
export interface CrisisFacts {
  forum: ForumFacts
  crisis: Crisis
  calls: CrisisCall[]
  shifts: CrisisShift[]
  lessons: CrisisLesson[]
  /** Who leads the shift; null where they are national staff, who are named nowhere. */
  lead: Person | null
}

/** Reads what a crisis forum has beside what every group has; null for any other group. */
export async function crisisFacts(repos: Repos, forum: ForumFacts): Promise<CrisisFacts | null> {
  const { id } = forum.forum
  const crisis = await repos.crises.byForum(id)
  if (!crisis) return null
  const lead = await repos.people.byId(crisis.lead)
  return {
    forum,
    crisis,
    calls: await repos.crises.callsOf(id),
    shifts: await repos.crises.shiftsOf(id),
    lessons: await repos.crises.lessonsOf(id),
    lead: lead && !lead.national ? lead : null,
  }
}

/**
 * Calls a crisis forum: makes it, calls in whoever stands each of its posts, and opens the thread in which decisions and
 * tasks are logged. Whoever calls it leads the first shift.
 *
 * @throws TocsinError as {@link makeForum}; `text_missing` on `situation`.
 */
export async function callCrisis(ctx: Ctx, input: MakeForumInput): Promise<CrisisFacts> {
  const person = registeredPerson(ctx)
  const situation = requiredText(input.situation, 'situation', forumLimits.situation)
  return inTransaction(ctx, async (repos, open) => {
    const forum = await makeForum(open, { ...input, situation, everyDays: null })
    const known = await crisisFacts(repos, forum)
    if (known) return known
    const { id } = forum.forum
    const now = open.clock.now()
    const { meeting } = await plan(open, forum, now)
    await repos.meetings.update(meeting.id, { state: 'open', openedAt: now })
    await note(open, meetingRef(meeting), 'meeting.opened', {})
    await repos.crises.insert({
      ...{ forumId: id, meetingId: meeting.id, lead: person.id, leadSince: now, nextAt: null },
      ...{ stoodDownAt: null, stoodDownBy: null, stoodDownWhy: null, reviewDueAt: null },
      ...{ worked: null, failed: null, noLesson: null, reviewedAt: null, reviewedBy: null },
    })
    for (const [index, post] of forum.posts.entries()) {
      const [first] = forum.people[index] ?? []
      const own = first?.id === person.id
      await repos.crises.call({
        forumId: id,
        post: roleKey(post),
        personId: first?.id ?? null,
        calledAt: now,
        answer: own ? 'joined' : null,
        answeredAt: own ? now : null,
        answeredBy: own ? person.id : null,
      })
    }
    await note(open, forumRef(forum.forum), 'crisis.called', { posts: forum.posts.map(roleKey) })
    return (await crisisFacts(repos, await readForum(open, id))) as CrisisFacts
  })
}

/** @throws TocsinError `not_registered`, `not_found`. */
export async function readCrisis(ctx: Ctx, forumId: string): Promise<CrisisFacts> {
  registeredPerson(ctx)
  const forum = await readForum(ctx, forumId)
  const facts = await crisisFacts(ctx.tx ?? ctx.store.read, forum)
  if (!facts) throw new TocsinError('not_found')
  return facts
}

/** Whether the acting person leads: the shift's lead, or whoever keeps the group. */
export function leadsCrisis(ctx: Ctx, { crisis, forum }: CrisisFacts): boolean {
  return (ctx.actor.kind === 'person' && ctx.actor.person.id === crisis.lead) || keepsForum(ctx, forum)
}

async function readLed(open: Open, forumId: string): Promise<CrisisFacts> {
  const facts = await readCrisis(open, forumId)
  if (!leadsCrisis(open, facts)) throw new TocsinError('not_allowed')
  return facts
}

/**
 * A post that was called answers: there, on the way, or cannot. Whoever stands it now answers for it, and may answer anew.
 *
 * @throws TocsinError `not_registered`, `not_found`, `unknown_term`, `forum_over`, `not_called` for somebody of no post
 *   that was called.
 */
export async function answerCall(ctx: Ctx, input: { forumId: string; answer: string }): Promise<CrisisFacts> {
  const person = registeredPerson(ctx)
  const answer = CALL_ANSWERS.find(each => each === input.answer)
  if (!answer) throw new TocsinError('unknown_term', { details: { value: input.answer } })
  return inTransaction(ctx, async (repos, open) => {
    const facts = await readCrisis(open, input.forumId)
    if (facts.forum.forum.state !== 'active') throw new TocsinError('forum_over')
    const held = heldRoles(open).map(roleKey)
    const mine = facts.calls.filter(({ post, personId }) => personId === person.id || held.includes(post))
    if (mine.length === 0) throw new TocsinError('not_called')
    const now = open.clock.now()
    for (const { post } of mine)
      await repos.crises.answer(input.forumId, post, { answer, answeredAt: now, answeredBy: person.id })
    await note(open, forumRef(facts.forum.forum), 'crisis.answered', {
      posts: mine.map(({ post }) => post),
      answer,
    })
    await refreshCardsOf(open, forumRef(facts.forum.forum), true)
    return readCrisis(open, input.forumId)
  })
}

/** The times offered until a crisis forum meets again, in minutes. */
export const MEET_AGAIN = [15, 30, 60, 120, 240, 480] as const

/**
 * Says when it meets next: at that time everybody called is told, in the thread and directly.
 *
 * @throws TocsinError `not_registered`, `not_found`, `not_allowed`, `forum_over`, `unknown_term`.
 */
export async function meetAgain(ctx: Ctx, input: { forumId: string; minutes: number }): Promise<CrisisFacts> {
  registeredPerson(ctx)
  const minutes = MEET_AGAIN.find(each => each === input.minutes)
  if (!minutes) throw new TocsinError('unknown_term', { details: { value: String(input.minutes) } })
  return inTransaction(ctx, async (repos, open) => {
    const { forum } = await readLed(open, input.forumId)
    if (forum.forum.state !== 'active') throw new TocsinError('forum_over')
    const nextAt = open.clock.now() + minutes * 60_000
    await repos.crises.update(input.forumId, { nextAt })
    await repos.timers.arm({
      key: `crisis:${input.forumId}`,
      kind: 'crisis.meets',
      recordId: input.forumId,
      dueAt: nextAt,
    })
    await note(open, forumRef(forum.forum), 'crisis.meets_again', { at: nextAt })
    await refreshCardsOf(open, forumRef(forum.forum), true)
    return readCrisis(open, input.forumId)
  })
}

/** It meets now: said where its thread is, and to each post that was called and did not say that it cannot. */
export function crisisMeets(ctx: Ctx, timer: Pick<Timer, 'recordId'>): Promise<void> {
  return inTransaction(ctx, async (repos, open) => {
    const forum = await readForum(open, timer.recordId)
    const facts = await crisisFacts(repos, forum)
    if (!facts || forum.forum.state !== 'active') return
    await repos.crises.update(forum.forum.id, { nextAt: null })
    await note(open, forumRef(forum.forum), 'crisis.meets', {})
    await refreshCardsOf(open, forumRef(forum.forum), true)
    await tellCalled(open, facts, 'meets')
  })
}

async function tellCalled(open: Open, { forum, calls }: CrisisFacts, line: string): Promise<void> {
  const { channelId, id } = forum.forum
  const called = calls.flatMap(({ answeredBy, personId, answer }) =>
    answer === 'cannot' ? [] : (answeredBy ?? personId ?? []),
  )
  const targets = [...(channelId ? [channelId] : []), ...new Set(called.map(personTarget))]
  for (const target of targets) await lineAt(open, 'crisis.line', id, target, { line }, true)
}

/**
 * Hands the shift to somebody who reads the group, with a note for them.
 *
 * @throws TocsinError `not_registered`, `not_found`, `not_allowed`, `forum_over`, `person_unknown`, `successor_invalid`
 *   for somebody who is no member, `text_too_long`.
 */
export async function handShift(
  ctx: Ctx,
  input: { forumId: string; to: Named; note?: string | null },
): Promise<CrisisFacts> {
  const person = registeredPerson(ctx)
  const words = optionalText(input.note, 'note', forumLimits.text)
  return inTransaction(ctx, async (repos, open) => {
    const { forum, crisis } = await readLed(open, input.forumId)
    if (forum.forum.state !== 'active') throw new TocsinError('forum_over')
    const to = await namedPerson(repos, input.to, person, 'to')
    if (!forum.named.includes(to.id) || to.closedAt !== null)
      throw new TocsinError('successor_invalid', { field: 'to' })
    const now = open.clock.now()
    await repos.crises.addShift({
      id: open.ids.id(),
      forumId: input.forumId,
      from: crisis.lead,
      to: to.id,
      note: words,
      at: now,
    })
    await repos.crises.update(input.forumId, { lead: to.id, leadSince: now })
    await note(
      open,
      forumRef(forum.forum),
      'crisis.shift',
      { from: crisis.lead, to: to.id },
      words ? { note: words } : undefined,
    )
    await refreshCardsOf(open, forumRef(forum.forum), true)
    await lineAt(open, 'crisis.line', input.forumId, personTarget(to.id), { line: 'shift' }, true)
    return readCrisis(open, input.forumId)
  })
}

/**
 * Stands the forum down. Its log closes with what was decided, and its review is owed from now on until it is held.
 *
 * @throws TocsinError `not_registered`, `not_found`, `not_allowed`, `forum_over`, `text_missing`, `text_too_long`.
 */
export async function standDown(ctx: Ctx, input: { forumId: string; why: string }): Promise<CrisisFacts> {
  const person = registeredPerson(ctx)
  const why = requiredText(input.why, 'why', forumLimits.why)
  return inTransaction(ctx, async (repos, open) => {
    const { forum, crisis } = await readLed(open, input.forumId)
    const state = afterMove(forum.forum.class, forum.forum.state, 'stand_down')
    if (state === null) throw new TocsinError('forum_over')
    const now = open.clock.now()
    const reviewDueAt = now + open.mission.forums.reviewWithinMs
    await repos.forums.update(input.forumId, { state, stateAt: now })
    await repos.crises.update(input.forumId, {
      ...{ nextAt: null, stoodDownAt: now, stoodDownBy: person.id, stoodDownWhy: why, reviewDueAt },
    })
    const meeting = await repos.meetings.byId(crisis.meetingId)
    const log = meeting && (await meetingFacts(open, repos, meeting))
    if (log?.meeting.state === 'open') {
      const because = log.outcomes > 0 ? null : why
      await repos.meetings.update(crisis.meetingId, {
        state: 'closed',
        closedAt: now,
        closedBy: person.id,
        because,
      })
      const decisions = standing(log.entries, 'decision').length
      await note(open, meetingRef(log.meeting), 'meeting.closed', { decisions, tasks: log.taskings.length })
      await refreshCardsOf(open, meetingRef(log.meeting))
    }
    await repos.timers.arm({
      key: `crisis:${input.forumId}`,
      kind: 'crisis.review',
      recordId: input.forumId,
      dueAt: reviewDueAt,
    })
    await note(open, forumRef(forum.forum), 'crisis.stood_down', { reviewDueAt }, { why })
    await refreshCardsOf(open, forumRef(forum.forum), true)
    const after = await readCrisis(open, input.forumId)
    await tellCalled(open, after, 'stood_down')
    return after
  })
}

const DAY_MS = 86_400_000

/** The review is owed and was not held: who led last and who chairs are reminded, every day until it is. */
export function reviewOwed(ctx: Ctx, timer: Pick<Timer, 'recordId'>): Promise<void> {
  return inTransaction(ctx, async (repos, open) => {
    const forum = await readForum(open, timer.recordId)
    const facts = await crisisFacts(repos, forum)
    if (!facts || forum.forum.state !== 'stood_down') return
    const [chair] = forum.people[0] ?? []
    for (const id of new Set([facts.crisis.lead, ...(chair ? [chair.id] : [])]))
      await lineAt(open, 'crisis.line', forum.forum.id, personTarget(id), { line: 'review' })
    await note(open, forumRef(forum.forum), 'crisis.review_reminded', {})
    await repos.timers.arm({
      key: `crisis:${forum.forum.id}`,
      kind: 'crisis.review',
      recordId: forum.forum.id,
      dueAt: open.clock.now() + DAY_MS,
    })
  })
}

export interface ReviewInput extends LessonsInput {
  forumId: string
  worked: string
  failed: string
}

/**
 * Holds the after-action review, which closes the forum: what worked, what did not, and lessons, each with a post and a
 * day, or why there is none.
 *
 * @throws TocsinError `not_registered`, `not_found`, `not_allowed`, `forum_over` before it has stood down,
 *   `text_missing`, `text_too_long`, `unknown_term`, `time_past`; the field is named (`lesson0`, `owner0`, `due0` …).
 */
export async function reviewCrisis(ctx: Ctx, input: ReviewInput): Promise<CrisisFacts> {
  const person = registeredPerson(ctx)
  const worked = requiredText(input.worked, 'worked', forumLimits.text)
  const failed = requiredText(input.failed, 'failed', forumLimits.text)
  const { lessons, noLesson } = checkedLessons(ctx, input)
  return inTransaction(ctx, async (repos, open) => {
    const { forum } = await readLed(open, input.forumId)
    const state = afterMove(forum.forum.class, forum.forum.state, 'review')
    if (state === null) throw new TocsinError('forum_over')
    const now = open.clock.now()
    await repos.forums.update(input.forumId, { state, stateAt: now })
    await repos.crises.update(input.forumId, {
      worked,
      failed,
      noLesson,
      reviewedAt: now,
      reviewedBy: person.id,
    })
    for (const lesson of lessons)
      await repos.crises.addLesson({ ...lesson, id: open.ids.id(), forumId: input.forumId })
    await repos.timers.cancel(`crisis:${input.forumId}`)
    await note(
      open,
      forumRef(forum.forum),
      'crisis.reviewed',
      { lessons: lessons.length, owners: lessons.map(({ owner }) => owner) },
      { worked, failed, ...(noLesson ? { noLesson } : {}), lessons: lessons.map(({ text }) => text) },
    )
    await refreshCardsOf(open, forumRef(forum.forum))
    return readCrisis(open, input.forumId)
  })
}
