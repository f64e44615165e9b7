/** Several low warnings that came before the mission as one item, and what was decided of it. */
import { index, integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import type { EarlyState } from '../../domain/early-warning.ts'
import { alerts } from './alerts.ts'
import { bool } from './columns.ts'

export const earlyWarnings = sqliteTable(
  'early_warnings',
  {
    id: text().primaryKey(),
    code: text().notNull().unique(),
    exercise: bool('exercise').notNull().default(false),
    /** A threat of the mission's taxonomy. */
    threat: text().notNull(),
    createdAt: integer('created_at').notNull(),
    state: text().$type<EarlyState>().notNull(),
    /** Since when a decision is owed. */
    askedAt: integer('asked_at').notNull(),
    decidedBy: text('decided_by'),
    /** `role` or `role@sector` of who decided. */
    decidedRole: text('decided_role'),
    decidedAt: integer('decided_at'),
    /** Until when it is monitored. */
    until: integer(),
    /** Who does what, or why nothing is done. */
    reason: text(),
  },
  t => [index('early_warnings_state').on(t.state, t.askedAt)],
)

/** The warnings an item rests on. Its readers are those who may read all of them. */
export const earlyWarningAlerts = sqliteTable(
  'early_warning_alerts',
  {
    warningId: text('warning_id')
      .notNull()
      .references(() => earlyWarnings.id),
    alertId: text('alert_id')
      .notNull()
      .references(() => alerts.id),
    addedAt: integer('added_at').notNull(),
  },
  t => [primaryKey({ columns: [t.warningId, t.alertId] }), index('early_warning_alerts_alert').on(t.alertId)],
)
