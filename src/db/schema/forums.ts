/** Groups, who belongs to them, their meetings and what is on record of each. */
import { index, integer, primaryKey, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core'
import type { ForumState, InviteState } from '../../domain/forum.ts'
import type { EntryKind, Grade, MeetingState } from '../../domain/meeting.ts'
import type { Constituency, ForumClass, Invited } from '../../domain/mission.ts'
import type { QuoteState } from '../../domain/quote.ts'
import { bool } from './columns.ts'
import { people } from './people.ts'

export const forums = sqliteTable(
  'forums',
  {
    id: text().primaryKey(),
    code: text().notNull().unique(),
    exercise: bool('exercise').notNull().default(false),
    /** The kind in the mission file, and its class as it was then: the kind may go, the group stays. */
    kind: text().notNull(),
    class: text().$type<ForumClass>().notNull(),
    name: text().notNull(),
    holder: text().$type<Constituency>().notNull(),
    /** Whether its components read it, or its members alone. */
    membersOnly: bool('members_only').notNull().default(false),
    sector: text(),
    /** The group above it. */
    parentId: text('parent_id'),
    chair: text().notNull(),
    /** Member roles; where a role is held per sector, all posts of its sectors. */
    members: text({ mode: 'json' }).$type<string[]>().notNull(),
    channelId: text('channel_id'),
    everyMs: integer('every_ms'),
    /** Why somebody who is invited by default was not. */
    omission: text(),
    /** What a crisis forum deals with. */
    alertId: text('alert_id'),
    situation: text(),
    state: text().$type<ForumState>().notNull(),
    stateAt: integer('state_at').notNull(),
    createdBy: text('created_by')
      .notNull()
      .references(() => people.id),
    createdAt: integer('created_at').notNull(),
    requestKey: text('request_key').unique(),
  },
  t => [index('forums_state').on(t.state, t.createdAt)],
)

/** Agencies and NGOs as a whole, and how they answered; nobody of theirs is named. */
export const forumInvites = sqliteTable(
  'forum_invites',
  {
    forumId: text('forum_id')
      .notNull()
      .references(() => forums.id),
    who: text().$type<Invited>().notNull(),
    state: text().$type<InviteState>().notNull(),
    at: integer().notNull(),
  },
  t => [primaryKey({ columns: [t.forumId, t.who] })],
)

/** A group does the work of another that does not meet; `backAt` null while it does. */
export const forumHostings = sqliteTable(
  'forum_hostings',
  {
    id: text().primaryKey(),
    forumId: text('forum_id')
      .notNull()
      .references(() => forums.id),
    hostId: text('host_id')
      .notNull()
      .references(() => forums.id),
    why: text().notNull(),
    since: integer().notNull(),
    by: text().notNull(),
    backAt: integer('back_at'),
    backBy: text('back_by'),
  },
  t => [index('forum_hostings_host').on(t.hostId, t.since), index('forum_hostings_forum').on(t.forumId)],
)

export const meetings = sqliteTable(
  'meetings',
  {
    id: text().primaryKey(),
    forumId: text('forum_id')
      .notNull()
      .references(() => forums.id),
    /** Counts the meetings of its group, from 1. */
    number: integer().notNull(),
    /** As the group's when it was planned: what becomes of the group changes nothing of them. */
    holder: text().$type<Constituency>().notNull(),
    audience: text({ mode: 'json' }).$type<Constituency[]>().notNull(),
    /** When it is, or was, planned (epoch ms). */
    at: integer().notNull(),
    state: text().$type<MeetingState>().notNull(),
    plannedBy: text('planned_by').notNull(),
    openedAt: integer('opened_at'),
    closedAt: integer('closed_at'),
    closedBy: text('closed_by'),
    /** Why it came to no decision and no task. */
    because: text(),
    /** Why what was brought in was not taken up. */
    notUsed: text('not_used'),
    minutes: text(),
    minutesAt: integer('minutes_at'),
    requestKey: text('request_key').unique(),
  },
  t => [uniqueIndex('meetings_number').on(t.forumId, t.number), index('meetings_state').on(t.state, t.at)],
)

/** A point of the agenda, or a message of the thread that was marked. */
export const meetingEntries = sqliteTable(
  'meeting_entries',
  {
    id: text().primaryKey(),
    meetingId: text('meeting_id')
      .notNull()
      .references(() => meetings.id),
    kind: text().$type<EntryKind>().notNull(),
    state: text().$type<QuoteState>().notNull(),
    /** Null wherever it does not stand. */
    text: text(),
    authorId: text('author_id').notNull(),
    /** The post and the constituency of the author when it was put on record. */
    authorRole: text('author_role'),
    constituency: text().$type<Constituency>(),
    /** The message it comes from; null for what was typed into a form. */
    channel: text(),
    ts: text(),
    permalink: text(),
    editedTs: text('edited_ts'),
    putBy: text('put_by').notNull(),
    at: integer().notNull(),
    /** Of a decision: the post that decided, by when it is to be carried out, and when it was. */
    decider: text(),
    dueAt: integer('due_at'),
    doneAt: integer('done_at'),
    doneBy: text('done_by'),
    /** Whether what was brought in was taken up; null until the meeting closes. */
    used: bool('used'),
  },
  t => [
    uniqueIndex('meeting_entries_message').on(t.channel, t.ts),
    index('meeting_entries_meeting').on(t.meetingId, t.at),
    index('meeting_entries_open').on(t.kind, t.doneAt),
  ],
)

/** What a component's post reported before a meeting; null text: nothing to report, which it said. */
export const meetingReports = sqliteTable(
  'meeting_reports',
  {
    meetingId: text('meeting_id')
      .notNull()
      .references(() => meetings.id),
    post: text().notNull(),
    text: text(),
    at: integer().notNull(),
    by: text().notNull(),
    used: bool('used'),
  },
  t => [primaryKey({ columns: [t.meetingId, t.post] })],
)

export const meetingAttendance = sqliteTable(
  'meeting_attendance',
  {
    meetingId: text('meeting_id')
      .notNull()
      .references(() => meetings.id),
    post: text().notNull(),
    grade: text().$type<Grade>().notNull(),
    at: integer().notNull(),
    by: text().notNull(),
  },
  t => [primaryKey({ columns: [t.meetingId, t.post] })],
)
