/** What is owed to a community after an alert: to be told, and to be asked about reprisals. */
import { sql } from 'drizzle-orm'
import { index, integer, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import type { FeedbackState, ReprisalAnswer } from '../../domain/feedback.ts'
import { alerts } from './alerts.ts'

export const communityFeedback = sqliteTable(
  'community_feedback',
  {
    id: text().primaryKey(),
    alertId: text('alert_id')
      .notNull()
      .unique()
      .references(() => alerts.id),
    askedAt: integer('asked_at').notNull(),
    /** How often whoever owes it was reminded. */
    reminders: integer().notNull().default(0),
    state: text().$type<FeedbackState>().notNull(),
    answeredBy: text('answered_by'),
    answeredAt: integer('answered_at'),
    /** `role` or `role@sector` of whoever answered. */
    role: text(),
    /** What was said to the community, or why it is not safe. */
    words: text(),
  },
  t => [index('community_feedback_open').on(t.askedAt).where(sql`state = 'open'`)],
)

/** The answer belongs to the human rights layer alone. */
export const reprisalChecks = sqliteTable(
  'reprisal_checks',
  {
    id: text().primaryKey(),
    alertId: text('alert_id')
      .notNull()
      .references(() => alerts.id),
    /** How long after the alert was closed it is asked, in milliseconds. */
    afterMs: integer('after_ms').notNull(),
    askedAt: integer('asked_at').notNull(),
    answer: text().$type<ReprisalAnswer>(),
    answeredBy: text('answered_by'),
    answeredAt: integer('answered_at'),
    words: text(),
  },
  t => [index('reprisal_checks_alert').on(t.alertId, t.afterMs)],
)
