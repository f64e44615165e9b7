import type { Meeting } from '../../db/meetings.ts'
import type { Timer } from '../../db/timers.ts'
import { afterMeetingMove, nextMeetingAt } from '../../domain/meeting.ts'
import { TocsinError } from '../../errors.ts'
import { isReachable, unique } from '../alert/facts.ts'
import { actorId, type Ctx, inTransaction, type Open, type Person } from '../context.ts'
import { type ForumFacts, factsOfForums, readOwnForum } from '../forum/facts.ts'
import { forumRef } from '../forum/make.ts'
import { registeredPerson } from '../permission.ts'
import { cardAt, lineAt, note, personTarget, refreshCardsOf } from '../telling.ts'
import { type MeetingFacts, meetingFacts, readOwnMeeting } from './facts.ts'

export const meetingRef = ({ id }: Pick<Meeting, 'id'>) => ({ kind: 'meeting', id })

/**
 * Plans the next meeting of a group: its card begins a thread in the group's channel, and its members have it by direct
 * message. It keeps the readers the group has now.
 *
 * @throws TocsinError `not_registered`, `not_found`, `not_allowed`, `forum_over`, `time_past`, `meeting_planned` where
 *   one is planned or goes on already (details: at).
 */
export async function planMeeting(
  ctx: Ctx,
  input: { forumId: string; at: number | null; requestKey?: string | null },
): Promise<MeetingFacts> {
  registeredPerson(ctx)
  return inTransaction(ctx, async (repos, open) => {
    const earlier = input.requestKey ? await repos.meetings.byRequestKey(input.requestKey) : null
    if (earlier) return (await meetingFacts(open, repos, earlier)) as MeetingFacts
    const forum = await readOwnForum(open, input.forumId)
    const { at } = input
    if (at === null || at < open.clock.now() - MINUTE_MS) throw new TocsinError('time_past', { field: 'at' })
    return plan(open, forum, at, input.requestKey ?? null)
  })
}

const MINUTE_MS = 60_000

/** The same for an operation that holds the permission. @throws TocsinError `forum_over`, `meeting_planned`. */
export async function plan(
  open: Open,
  facts: ForumFacts,
  at: number,
  requestKey: string | null = null,
): Promise<MeetingFacts> {
  const { forum, audience, meetings } = facts
  if (forum.state !== 'active') throw new TocsinError('forum_over')
  const pending = meetings.find(({ state }) => state === 'planned' || state === 'open')
  if (pending) throw new TocsinError('meeting_planned', { field: 'at', details: { at: pending.at } })
  const meeting: Meeting = {
    id: open.ids.id(),
    forumId: forum.id,
    number: Math.max(0, ...meetings.map(({ number }) => number)) + 1,
    holder: forum.holder,
    audience,
    at,
    state: 'planned',
    plannedBy: actorId(open),
    openedAt: null,
    closedAt: null,
    closedBy: null,
    because: null,
    notUsed: null,
    minutes: null,
    minutesAt: null,
    requestKey,
  }
  await open.tx.meetings.insert(meeting)
  await note(open, meetingRef(meeting), 'meeting.planned', { forum: forum.code, number: meeting.number, at })
  const remindAt = at - open.mission.forums.remindBeforeMs
  if (forum.class !== 'crisis' && remindAt > open.clock.now())
    await open.tx.timers.arm({
      key: `meeting:${meeting.id}`,
      kind: 'meeting.remind',
      recordId: meeting.id,
      dueAt: remindAt,
    })
  await putMeetingCards(open, facts, meeting)
  await refreshCardsOf(open, forumRef(forum))
  return (await meetingFacts(open, open.tx, meeting)) as MeetingFacts
}

/** Puts a meeting's card into its group's channel and before the first of each post and each guest. */
export async function putMeetingCards(open: Open, facts: ForumFacts, meeting: Meeting): Promise<void> {
  const { channelId } = facts.forum
  const targets = [
    ...(channelId ? [channelId] : []),
    ...(await calledTo(open, facts)).map(({ id }) => personTarget(id)),
  ]
  for (const target of targets) await cardAt(open, meetingRef(meeting), target)
}

/** Whom a meeting calls: the first of each post, and the guests who accepted. */
export async function calledTo(open: Open, { people, named, forum }: ForumFacts): Promise<Person[]> {
  const firsts = people.flatMap(([person]) => person ?? [])
  const guests: Person[] = []
  for (const id of named) {
    const person = id === forum.createdBy ? null : await open.tx.people.byId(id)
    const isMember = people.flat().some(each => each.id === id)
    if (person && !isMember) guests.push(person)
  }
  return unique([...firsts, ...guests]).filter(person => person.closedAt === null && isReachable(person))
}

/** The meeting is near: everybody called is reminded, with the agenda they may read and what they owe. */
export function remindMeeting(ctx: Ctx, timer: Pick<Timer, 'recordId'>): Promise<void> {
  return inTransaction(ctx, async (repos, open) => {
    const meeting = await repos.meetings.byId(timer.recordId)
    const facts = meeting && (await meetingFacts(open, repos, meeting))
    if (facts?.meeting.state !== 'planned') return
    await note(open, meetingRef(facts.meeting), 'meeting.reminded', {})
    await refreshCardsOf(open, meetingRef(facts.meeting))
    for (const { id } of await calledTo(open, facts.forum))
      await lineAt(open, 'meeting.reminder', facts.meeting.id, personTarget(id))
  })
}

/**
 * Opens a meeting, or cancels one that was planned.
 *
 * @throws TocsinError `not_registered`, `not_found`, `not_allowed`, `meeting_over`.
 */
export async function moveMeeting(
  ctx: Ctx,
  input: { meetingId: string; move: 'open' | 'cancel' },
): Promise<MeetingFacts> {
  registeredPerson(ctx)
  return inTransaction(ctx, async (repos, open) => {
    const facts = await readOwnMeeting(open, input.meetingId)
    const state = afterMeetingMove(facts.meeting.state, input.move)
    if (state === null) throw new TocsinError('meeting_over')
    const openedAt = state === 'open' ? open.clock.now() : facts.meeting.openedAt
    await repos.meetings.update(facts.meeting.id, { state, openedAt })
    await repos.timers.cancel(`meeting:${facts.meeting.id}`)
    await note(open, meetingRef(facts.meeting), `meeting.${state === 'open' ? 'opened' : 'cancelled'}`, {})
    await refreshCardsOf(open, meetingRef(facts.meeting))
    await refreshCardsOf(open, forumRef(facts.forum.forum))
    return readOwnMeeting(open, input.meetingId)
  })
}

/** After a meeting has closed: the next one on the group's cadence, where it has one. */
export async function planNext(open: Open, { forum, meeting }: MeetingFacts): Promise<void> {
  const { everyMs, state, id } = forum.forum
  if (everyMs === null || state !== 'active') return
  const row = await open.tx.forums.byId(id)
  const [fresh] = row ? await factsOfForums(open, open.tx, [row]) : []
  if (!fresh || fresh.meetings.some(each => each.state === 'planned' || each.state === 'open')) return
  await plan(open, fresh, nextMeetingAt(meeting.at, everyMs, open.clock.now()))
}
