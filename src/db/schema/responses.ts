/** What was done about alerts: one row per response. */
import { sql } from 'drizzle-orm'
import { index, integer, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core'
import type { Act, Naming } from '../../domain/alert.ts'
import type { Constituency } from '../../domain/mission.ts'
import type { Responder, Tier } from '../../domain/response.ts'
import { alerts } from './alerts.ts'
import { people } from './people.ts'

export const alertResponses = sqliteTable(
  'alert_responses',
  {
    /** Order of recording; never shown. */
    seq: integer().primaryKey({ autoIncrement: true }),
    id: text().notNull().unique(),
    alertId: text('alert_id')
      .notNull()
      .references(() => alerts.id),
    version: integer().notNull().default(1),
    responder: text().$type<Responder>().notNull(),
    holder: text().$type<Constituency>().notNull(),
    audience: text({ mode: 'json' }).$type<Constituency[]>().notNull(),
    naming: text().$type<Naming>().notNull(),
    organisation: text(),
    tier: integer().$type<Tier>().notNull(),
    who: text(),
    startedAt: integer('started_at').notNull(),
    arrivedAt: integer('arrived_at'),
    endedAt: integer('ended_at'),
    did: text(),
    result: text(),
    resultNote: text('result_note'),
    actId: text('act_id'),
    recordedBy: text('recorded_by')
      .notNull()
      .references(() => people.id),
    recordedAt: integer('recorded_at').notNull(),
    role: text(),
    means: text().$type<Act['means']>().notNull(),
    /** When it was taken back as recorded in error; null: it stands. */
    withdrawnAt: integer('withdrawn_at'),
    withdrawnBy: text('withdrawn_by'),
    /** Slack's view id: the same form submitted twice is one response. */
    requestKey: text('request_key').unique(),
  },
  t => [
    index('alert_responses_alert').on(t.alertId, t.seq),
    uniqueIndex('alert_responses_act').on(t.actId).where(sql`withdrawn_at is null`),
  ],
)
