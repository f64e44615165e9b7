import type { Timer } from '../../db/timers.ts'
import { CALL_ANSWERS } from '../../domain/forum.ts'
import { TocsinError } from '../../errors.ts'
import { type Ctx, inTransaction } from '../context.ts'
import { readForum } from '../forum/facts.ts'
import { forumLimits, forumRef, type MakeForumInput, makeForum } from '../forum/make.ts'
import { meetingRef, plan } from '../meeting/plan.ts'
import { type Named, namedPerson } from '../people.ts'
import { heldRoles, registeredPerson, roleKey } from '../permission.ts'
import { lineAt, note, personTarget, refreshCardsOf } from '../telling.ts'
import { optionalText, requiredText } from '../text.ts'
import { type CrisisFacts, crisisFacts, readCrisis, readLed, tellCalled } from './facts.ts'

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
