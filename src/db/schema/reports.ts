/** What was reported, report by report: an alert rests on one or many. */
import { index, integer, real, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import type { EventPrecision, Naming } from '../../domain/alert.ts'
import type { Constituency, Urgency } from '../../domain/mission.ts'
import { alerts } from './alerts.ts'
import { people } from './people.ts'

export const reports = sqliteTable(
  'reports',
  {
    seq: integer().primaryKey({ autoIncrement: true }),
    id: text().notNull().unique(),
    code: text().notNull().unique(),
    /** The alert it belongs to now. */
    alertId: text('alert_id')
      .notNull()
      .references(() => alerts.id),
    /** The alert it came to: undoing a merging gives it back. */
    firstAlertId: text('first_alert_id')
      .notNull()
      .references(() => alerts.id),
    holder: text().$type<Constituency>().notNull(),
    audience: text({ mode: 'json' }).$type<Constituency[]>().notNull(),
    naming: text().$type<Naming>().notNull(),
    recordedBy: text('recorded_by')
      .notNull()
      .references(() => people.id),
    receivedAt: integer('received_at').notNull(),
    /** Empty once its words were erased or went to a specialist. */
    what: text().notNull(),
    urgency: text().$type<Urgency>().notNull(),
    placeId: text('place_id'),
    placeSaid: text('place_said'),
    lat: real(),
    lon: real(),
    cameBy: text('came_by'),
    eventAt: integer('event_at'),
    eventPrecision: text('event_precision').$type<EventPrecision>(),
    /** Slack's view id, or a gateway's: the same report submitted twice is one. */
    requestKey: text('request_key').unique(),
  },
  t => [index('reports_alert').on(t.alertId, t.seq), index('reports_first').on(t.firstAlertId)],
)
