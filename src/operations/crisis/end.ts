import type { Timer } from '../../db/timers.ts'
import { afterMove } from '../../domain/forum.ts'
import { TocsinError } from '../../errors.ts'
import { type Ctx, inTransaction } from '../context.ts'
import { readForum } from '../forum/facts.ts'
import { forumLimits, forumRef } from '../forum/make.ts'
import { checkedLessons, type LessonsInput } from '../lessons.ts'
import { meetingFacts, standing } from '../meeting/facts.ts'
import { meetingRef } from '../meeting/plan.ts'
import { registeredPerson } from '../permission.ts'
import { isPutOff } from '../reminder.ts'
import { lineAt, note, personTarget, refreshCardsOf } from '../telling.ts'
import { requiredText } from '../text.ts'
import { type CrisisFacts, crisisFacts, readCrisis, readLed, tellCalled } from './facts.ts'

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
      if (!(await isPutOff(open, forumRef(forum.forum), id)))
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
