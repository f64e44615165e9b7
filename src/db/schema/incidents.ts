/** What did happen to civilians, and the alerts before it. */
import { index, integer, primaryKey, real, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import type { EventPrecision } from '../../domain/alert.ts'
import type { Harmed, HarmedGroup, SubType } from '../../domain/incident.ts'
import type { Constituency } from '../../domain/mission.ts'
import { alerts } from './alerts.ts'
import { bool } from './columns.ts'
import { people } from './people.ts'

export const incidents = sqliteTable(
  'incidents',
  {
    id: text().primaryKey(),
    code: text().notNull().unique(),
    version: integer().notNull().default(1),
    exercise: bool('exercise').notNull().default(false),
    holder: text().$type<Constituency>().notNull(),
    audience: text({ mode: 'json' }).$type<Constituency[]>().notNull(),
    subType: text('sub_type').$type<SubType>().notNull(),
    at: integer().notNull(),
    precision: text().$type<EventPrecision>().notNull(),
    placeId: text('place_id'),
    placeSaid: text('place_said').notNull(),
    lat: real(),
    lon: real(),
    sector: text(),
    what: text().notNull(),
    perpetrator: text(),
    harm: text({ mode: 'json' }).$type<Harmed>().notNull(),
    groups: text({ mode: 'json' }).$type<HarmedGroup[]>().notNull(),
    recordedBy: text('recorded_by')
      .notNull()
      .references(() => people.id),
    recordedAt: integer('recorded_at').notNull(),
    role: text(),
    /** Slack's view id: the same form submitted twice is one incident. */
    requestKey: text('request_key').unique(),
  },
  t => [index('incidents_at').on(t.at), index('incidents_sector').on(t.sector, t.at)],
)

/** Who is alleged by name of group: the attribution layer, opened to named roles only. */
export const incidentAttributions = sqliteTable('incident_attributions', {
  incidentId: text('incident_id')
    .primaryKey()
    .references(() => incidents.id),
  group: text().notNull(),
  saidBy: text('said_by').$type<string | null>(),
  confidence: text().$type<string | null>(),
  recordedBy: text('recorded_by').notNull(),
  recordedAt: integer('recorded_at').notNull(),
})

/** Alerts that came before an incident. */
export const incidentAlerts = sqliteTable(
  'incident_alerts',
  {
    incidentId: text('incident_id')
      .notNull()
      .references(() => incidents.id),
    alertId: text('alert_id')
      .notNull()
      .references(() => alerts.id),
  },
  t => [primaryKey({ columns: [t.incidentId, t.alertId] }), index('incident_alerts_alert').on(t.alertId)],
)
