import type { Channel } from '../../db/channels.ts'
import { afterMeetingMove, GRADES, mayClose } from '../../domain/meeting.ts'
import { TocsinError } from '../../errors.ts'
import { channelReader } from '../channel.ts'
import { type Ctx, inTransaction, type Open } from '../context.ts'
import { ownChannels } from '../forum/form.ts'
import { forumLimits, forumRef } from '../forum/make.ts'
import { registeredPerson, roleKey } from '../permission.ts'
import { lineAt, note, personTarget, refreshCardsOf } from '../telling.ts'
import { optionalText, requiredText } from '../text.ts'
import {
  type MeetingFacts,
  mayReadMeetingOf,
  ownPosts,
  readOwnMeeting,
  readRunningMeeting,
  standing,
} from './facts.ts'
import { meetingRef, planNext } from './plan.ts'

/**
 * A component's post reports before or during a meeting, or says that it has nothing to report, which is one press
 * . What it reported before is replaced.
 *
 * @param input.text null: nothing to report, for each post of theirs that has not reported; words that were reported stay.
 * @throws TocsinError `not_registered`, `not_found`, `meeting_over`, `no_report_due` for somebody whose post owes none,
 *   `reported_already` where a nil return finds that their posts have reported, `text_missing`, `text_too_long`.
 */
export async function reportToMeeting(
  ctx: Ctx,
  input: { meetingId: string; text: string | null; post?: string | null },
): Promise<MeetingFacts> {
  const person = registeredPerson(ctx)
  const text = input.text === null ? null : requiredText(input.text, 'text', forumLimits.text)
  return inTransaction(ctx, async (repos, open) => {
    const facts = await readRunningMeeting(open, input.meetingId, false)
    const mine = ownPosts(open, facts.reporting)
    if (mine.length === 0) throw new TocsinError('no_report_due')
    const silent = ownPosts(open, facts.missing)
    const posts = text === null ? silent : [mine.find(each => each === input.post) ?? silent[0] ?? mine[0]]
    if (posts.length === 0) throw new TocsinError('reported_already')
    for (const post of posts as string[]) {
      await repos.meetings.report({
        meetingId: facts.meeting.id,
        post,
        text,
        at: open.clock.now(),
        by: person.id,
      })
      await note(
        open,
        meetingRef(facts.meeting),
        text === null ? 'meeting.nil_reported' : 'meeting.reported',
        { post },
        text === null ? undefined : { text },
      )
    }
    await refreshCardsOf(open, meetingRef(facts.meeting))
    return readRunningMeeting(open, input.meetingId, false)
  })
}

/**
 * Writes down who was there, by post and grade. Agencies, NGOs and observers are not in it: they have no post.
 *
 * @throws TocsinError `not_registered`, `not_found`, `not_allowed`, `meeting_over`, `unknown_term`.
 */
export async function recordAttendance(
  ctx: Ctx,
  input: { meetingId: string; grades: Readonly<Record<string, string>> },
): Promise<MeetingFacts> {
  const person = registeredPerson(ctx)
  return inTransaction(ctx, async (repos, open) => {
    const facts = await readRunningMeeting(open, input.meetingId, true)
    const posts = facts.forum.posts.map(roleKey)
    for (const [post, value] of Object.entries(input.grades)) {
      const grade = GRADES.find(each => each === value)
      if (!grade || !posts.includes(post)) throw new TocsinError('unknown_term', { details: { value: post } })
      await repos.meetings.attend({
        meetingId: facts.meeting.id,
        post,
        grade,
        at: open.clock.now(),
        by: person.id,
      })
    }
    await note(open, meetingRef(facts.meeting), 'meeting.attendance', { grades: input.grades })
    await refreshCardsOf(open, meetingRef(facts.meeting))
    return readRunningMeeting(open, input.meetingId, true)
  })
}

export interface CloseMeetingInput {
  meetingId: string
  /** Why it came to no decision and no task; needed where it came to none. */
  because?: string | null
  /** Ids of points and entries, and posts of reports, that were taken up. */
  used?: readonly string[]
  /** Why the others were not; needed where there are others. */
  notUsed?: string | null
}

/** What was brought into a meeting and is answered when it closes: points, information, dissent, and reports in words. */
export function broughtIn({ entries, reports }: Pick<MeetingFacts, 'entries' | 'reports'>) {
  return {
    entries: entries.filter(
      ({ kind, state }) =>
        state === 'stands' && (kind === 'point' || kind === 'information' || kind === 'dissent'),
    ),
    reports: reports.filter(({ text }) => text !== null),
  }
}

/**
 * Closes a meeting: with decisions or tasks, or with the reason why there are none. Everybody who brought
 * something in learns whether it was taken up, and why not. The next one on the group's cadence is planned.
 *
 * @throws TocsinError `not_registered`, `not_found`, `not_allowed`, `meeting_over`, `crisis_log` for the log of a crisis
 *   forum, which closes when it stands down, `only_briefings` on `because` where
 *   it came to nothing and no reason is given, `not_used_why` on `notUsed`, `text_too_long`.
 */
export async function closeMeeting(ctx: Ctx, input: CloseMeetingInput): Promise<MeetingFacts> {
  const person = registeredPerson(ctx)
  const because = optionalText(input.because, 'because', forumLimits.why)
  return inTransaction(ctx, async (repos, open) => {
    const facts = await readOwnMeeting(open, input.meetingId)
    if (facts.forum.forum.class === 'crisis') throw new TocsinError('crisis_log')
    const state = afterMeetingMove(facts.meeting.state, 'close')
    if (state === null) throw new TocsinError('meeting_over')
    const decisions = standing(facts.entries, 'decision').length
    if (!mayClose({ decisions, tasks: facts.taskings.length, because }))
      throw new TocsinError('only_briefings', { field: 'because' })
    const used = new Set(input.used ?? [])
    const brought = broughtIn(facts)
    const left =
      brought.entries.some(({ id }) => !used.has(id)) || brought.reports.some(({ post }) => !used.has(post))
    const why = optionalText(input.notUsed, 'notUsed', forumLimits.why)
    if (left && why === null) throw new TocsinError('not_used_why', { field: 'notUsed' })
    const notUsed = left ? why : null
    const now = open.clock.now()
    await repos.meetings.update(facts.meeting.id, {
      state,
      closedAt: now,
      closedBy: person.id,
      because: facts.outcomes > 0 ? null : because,
      notUsed,
    })
    for (const { id } of brought.entries) await repos.meetings.updateEntry(id, { used: used.has(id) })
    for (const { meetingId, post } of brought.reports)
      await repos.meetings.setReportUsed(meetingId, post, used.has(post))
    await note(
      open,
      meetingRef(facts.meeting),
      'meeting.closed',
      { decisions, tasks: facts.taskings.length, silent: facts.missing.map(roleKey) },
      { ...(because ? { because } : {}), ...(notUsed ? { notUsed } : {}) },
    )
    await answerContributors(open, facts, person.id)
    await refreshCardsOf(open, meetingRef(facts.meeting))
    await planNext(open, facts)
    await refreshCardsOf(open, forumRef(facts.forum.forum))
    return readOwnMeeting(open, input.meetingId)
  })
}

/** One message for each person who brought something in; whoever closes it knows. */
async function answerContributors(open: Open, facts: MeetingFacts, closer: string): Promise<void> {
  const { entries, reports } = broughtIn(facts)
  const people = new Set([...entries.map(({ authorId }) => authorId), ...reports.map(({ by }) => by)])
  for (const id of people)
    if (id !== closer) await lineAt(open, 'meeting.answered', facts.meeting.id, personTarget(id))
}

/**
 * Channels the acting person is in and of which everybody may read the meeting: there its minutes may be posted.
 *
 * @throws TocsinError `not_registered`.
 */
export async function channelsForMinutes(ctx: Ctx, facts: MeetingFacts): Promise<Channel[]> {
  registeredPerson(ctx)
  const repos = ctx.tx ?? ctx.store.read
  const fit: Channel[] = []
  for (const channel of await ownChannels(ctx))
    if (mayReadMeetingOf(ctx, facts, await channelReader(repos, channel, ctx.clock.now()))) fit.push(channel)
  return fit
}

/**
 * Posts the minutes as the chair edited them: in the meeting's own thread, and in other channels of which everybody may
 * read the meeting. What came from it stands beneath, for each reader as far as they may read it.
 *
 * @throws TocsinError `not_registered`, `not_found`, `not_allowed`, `meeting_open` before it has closed, `text_missing`,
 *   `text_too_long`, `channel_unregistered`, `channel_readers` for a channel that holds somebody who may not read it.
 */
export async function postMinutes(
  ctx: Ctx,
  input: { meetingId: string; text: string; channels?: readonly string[] },
): Promise<MeetingFacts> {
  registeredPerson(ctx)
  const text = requiredText(input.text, 'text', forumLimits.text)
  return inTransaction(ctx, async (repos, open) => {
    const facts = await readOwnMeeting(open, input.meetingId)
    if (facts.meeting.state !== 'closed') throw new TocsinError('meeting_open')
    const now = open.clock.now()
    for (const id of input.channels ?? []) {
      const channel = await repos.channels.byId(id)
      if (!channel) throw new TocsinError('channel_unregistered', { field: 'channels' })
      if (!mayReadMeetingOf(open, facts, await channelReader(repos, channel, now)))
        throw new TocsinError('channel_readers', { field: 'channels' })
    }
    await repos.meetings.update(facts.meeting.id, { minutes: text, minutesAt: now })
    await note(
      open,
      meetingRef(facts.meeting),
      'meeting.minutes',
      { channels: input.channels ?? [] },
      { text },
    )
    const own = facts.forum.forum.channelId
    const targets = new Set([...(own ? [own] : []), ...(input.channels ?? [])])
    for (const target of targets) await lineAt(open, 'meeting.minutes', facts.meeting.id, target)
    for (const { target } of await repos.cards.ofRecord(facts.meeting.id))
      if (target.startsWith('person:')) await lineAt(open, 'meeting.minutes', facts.meeting.id, target)
    await refreshCardsOf(open, meetingRef(facts.meeting))
    return readOwnMeeting(open, input.meetingId)
  })
}
