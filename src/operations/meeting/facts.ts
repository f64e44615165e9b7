import type { Meeting, MeetingAttendance, MeetingEntry, MeetingReport } from '../../db/meetings.ts'
import type { Repos } from '../../db/store.ts'
import { findRole, type Mission, type RoleRef, TASKABLE } from '../../domain/mission.ts'
import type { Reader } from '../../domain/sharing.ts'
import { TocsinError } from '../../errors.ts'
import { actorAsReader } from '../alert/reading.ts'
import type { Ctx } from '../context.ts'
import { type ForumFacts, factsOfForums, keepsForum, mayReadMeeting } from '../forum/facts.ts'
import { registeredPerson, roleKey, sameRole } from '../permission.ts'
import { factsOfTaskings, type TaskingFacts } from '../tasking/facts.ts'

/** A meeting as it now is, with what is on its record. */
export interface MeetingFacts {
  meeting: Meeting
  forum: ForumFacts
  /** What was put on record, in order; of what does not stand there are no words. */
  entries: MeetingEntry[]
  reports: MeetingReport[]
  attendance: MeetingAttendance[]
  /** Posts that report before it: those of the mission's components; agencies are only asked. */
  reporting: RoleRef[]
  /** Those of them that have not reported. */
  missing: RoleRef[]
  /** What was given or asked from it, whoever may read it. */
  taskings: TaskingFacts[]
  /** Decisions and taskings together. */
  outcomes: number
}

/** Reads what surrounds a meeting. */
export async function meetingFacts(
  ctx: Pick<Ctx, 'mission' | 'clock'>,
  repos: Repos,
  meeting: Meeting,
): Promise<MeetingFacts | null> {
  const row = await repos.forums.byId(meeting.forumId)
  const [forum] = row ? await factsOfForums(ctx, repos, [row]) : []
  if (!forum) return null
  const entries = await repos.meetings.entriesOf([meeting.id])
  const reports = await repos.meetings.reportsOf([meeting.id])
  const origins = [meeting.id, ...entries.filter(({ kind }) => kind === 'action').map(({ id }) => id)]
  const rows = await repos.taskings.ofOrigins('meeting', origins)
  const taskings = await factsOfTaskings(repos, ctx.mission, ctx.clock.now(), rows)
  const reporting = reportingPosts(ctx.mission, forum)
  return {
    meeting,
    forum,
    entries,
    reports,
    attendance: await repos.meetings.attendanceOf([meeting.id]),
    reporting,
    missing: reporting.filter(ref => !reports.some(({ post }) => post === roleKey(ref))),
    taskings,
    outcomes: standing(entries, 'decision').length + rows.length,
  }
}

/** What stands on record of one kind. */
export const standing = (entries: readonly MeetingEntry[], kind: MeetingEntry['kind']): MeetingEntry[] =>
  entries.filter(entry => entry.kind === kind && entry.state === 'stands')

function reportingPosts(mission: Mission, { posts, chair, forum }: ForumFacts): RoleRef[] {
  if (forum.class === 'cluster' || forum.class === 'crisis') return []
  return posts.filter(ref => {
    const constituency = findRole(mission, ref.role)?.constituency
    return constituency !== undefined && TASKABLE.includes(constituency) && !sameRole(ref, chair)
  })
}

/**
 * The meeting as the acting person may read it; the bot itself reads all.
 *
 * @throws TocsinError `not_registered`, `not_found` where it does not exist or is not theirs to see.
 */
export async function readMeeting(ctx: Ctx, id: string): Promise<MeetingFacts> {
  const reader = actorAsReader(ctx)
  if (reader) registeredPerson(ctx)
  const repos = ctx.tx ?? ctx.store.read
  const meeting = await repos.meetings.byId(id)
  const facts = meeting && (await meetingFacts(ctx, repos, meeting))
  if (!facts || (reader && !mayReadMeetingOf(ctx, facts, reader))) throw new TocsinError('not_found')
  return facts
}

/** Whether everybody behind `reader` may be shown a meeting. */
export const mayReadMeetingOf = (ctx: Ctx, { meeting, forum }: MeetingFacts, reader: Reader): boolean =>
  mayReadMeeting(ctx, meeting, forum, reader)

/** Whether the acting person keeps the record of a meeting: whoever keeps its group, or the group that does its work. */
export async function keepsMeeting(ctx: Ctx, { forum }: MeetingFacts): Promise<boolean> {
  return keepsForum(ctx, forum)
}

/** @throws TocsinError `not_found`, `not_allowed` for somebody who does not keep it. */
export async function readOwnMeeting(ctx: Ctx, id: string): Promise<MeetingFacts> {
  const facts = await readMeeting(ctx, id)
  if (!(await keepsMeeting(ctx, facts))) throw new TocsinError('not_allowed')
  return facts
}

/** The same where it goes on. @throws TocsinError as {@link readOwnMeeting}, `meeting_over`. */
export async function readRunningMeeting(ctx: Ctx, id: string, own: boolean): Promise<MeetingFacts> {
  const facts = own ? await readOwnMeeting(ctx, id) : await readMeeting(ctx, id)
  if (facts.meeting.state === 'closed' || facts.meeting.state === 'cancelled')
    throw new TocsinError('meeting_over')
  return facts
}

/** The posts of a group the acting person holds, as `role` or `role@sector`. */
export function ownPosts(ctx: Ctx, posts: readonly RoleRef[]): string[] {
  if (ctx.actor.kind !== 'person') return []
  const { roles } = ctx.actor
  return posts.filter(post => roles.some(ref => sameRole(ref, post))).map(roleKey)
}
