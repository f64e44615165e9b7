/** A crisis forum: who was called in, who leads the shift, when it meets next, and its review. */
import { index, integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import type { CallAnswer } from '../../domain/forum.ts'
import { forums } from './forums.ts'
import { people } from './people.ts'

export const crises = sqliteTable('crises', {
  forumId: text('forum_id')
    .primaryKey()
    .references(() => forums.id),
  /** The meeting in whose thread decisions and tasks are logged. */
  meetingId: text('meeting_id').notNull(),
  /** people.id of who leads the shift, and since when. */
  lead: text().notNull(),
  leadSince: integer('lead_since').notNull(),
  /** When it meets next (epoch ms); null: nobody said. */
  nextAt: integer('next_at'),
  stoodDownAt: integer('stood_down_at'),
  stoodDownBy: text('stood_down_by'),
  stoodDownWhy: text('stood_down_why'),
  reviewDueAt: integer('review_due_at'),
  /** The after-action review: what worked, what did not, and why there is no lesson where there is none. */
  worked: text(),
  failed: text(),
  noLesson: text('no_lesson'),
  reviewedAt: integer('reviewed_at'),
  reviewedBy: text('reviewed_by'),
})

export const crisisCalls = sqliteTable(
  'crisis_calls',
  {
    forumId: text('forum_id')
      .notNull()
      .references(() => forums.id),
    post: text().notNull(),
    /** Whoever stood the post when it was called; null: nobody did. */
    personId: text('person_id').references(() => people.id),
    calledAt: integer('called_at').notNull(),
    answer: text().$type<CallAnswer>(),
    answeredAt: integer('answered_at'),
    /** Who answered for the post: it may be an alternate. */
    answeredBy: text('answered_by'),
  },
  t => [primaryKey({ columns: [t.forumId, t.post] })],
)

export const crisisShifts = sqliteTable(
  'crisis_shifts',
  {
    id: text().primaryKey(),
    forumId: text('forum_id')
      .notNull()
      .references(() => forums.id),
    from: text('from_person').notNull(),
    to: text('to_person').notNull(),
    note: text(),
    at: integer().notNull(),
  },
  t => [index('crisis_shifts_forum').on(t.forumId, t.at)],
)

/** What was learned, each with the post that sees to it and a day. */
export const crisisLessons = sqliteTable(
  'crisis_lessons',
  {
    id: text().primaryKey(),
    forumId: text('forum_id')
      .notNull()
      .references(() => forums.id),
    text: text(),
    owner: text().notNull(),
    dueAt: integer('due_at').notNull(),
  },
  t => [index('crisis_lessons_forum').on(t.forumId, t.dueAt)],
)
