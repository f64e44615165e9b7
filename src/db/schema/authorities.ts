/** What the authorities were told of alerts, and who decided that they may be. */
import { index, integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import type { Act } from '../../domain/alert.ts'
import type { Authority, Decider } from '../../domain/authorities.ts'
import { alerts } from './alerts.ts'
import { bool } from './columns.ts'
import { people } from './people.ts'

export const authorityTellings = sqliteTable(
  'authority_tellings',
  {
    id: text().primaryKey(),
    alertId: text('alert_id')
      .notNull()
      .references(() => alerts.id),
    /** When they were told. */
    at: integer().notNull(),
    recordedAt: integer('recorded_at').notNull(),
    recordedBy: text('recorded_by')
      .notNull()
      .references(() => people.id),
    /** The post that told them, as `role` or `role@sector`. */
    role: text().notNull(),
    told: text().$type<Authority>().notNull(),
    /** The words passed; null where they were erased. */
    words: text(),
    means: text().$type<Act['means'] | 'meeting'>().notNull(),
    requestKey: text('request_key').unique(),
  },
  t => [index('authority_tellings_alert').on(t.alertId, t.at)],
)

/** One decision of each who must decide; the last one stands. */
export const authorityDecisions = sqliteTable(
  'authority_decisions',
  {
    alertId: text('alert_id')
      .notNull()
      .references(() => alerts.id),
    decider: text().$type<Decider>().notNull(),
    allows: bool('allows').notNull(),
    byPerson: text('by_person')
      .notNull()
      .references(() => people.id),
    role: text().notNull(),
    at: integer().notNull(),
    /** Why; null where it was erased. */
    why: text(),
  },
  t => [primaryKey({ columns: [t.alertId, t.decider] })],
)
