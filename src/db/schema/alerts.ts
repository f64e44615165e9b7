/** Alerts with their owners, acts and rungs. */
import { sql } from 'drizzle-orm'
import { index, integer, primaryKey, real, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import type { Act, AtRisk, EventPrecision, Lifecycle, Naming, ToldRung } from '../../domain/alert.ts'
import type { Constituency, Means, Slot, Step, ThreatScope, Urgency } from '../../domain/mission.ts'
import type { Precision } from '../../domain/position.ts'
import type { Sensitivity, Tlp } from '../../domain/release.ts'
import type { SpecialistLayer } from '../../domain/sharing.ts'
import { bool } from './columns.ts'
import { people } from './people.ts'

export const alerts = sqliteTable(
  'alerts',
  {
    /** Order of storing, and the row the full-text index points to; never shown. */
    seq: integer().primaryKey({ autoIncrement: true }),
    id: text().notNull().unique(),
    code: text().notNull().unique(),
    version: integer().notNull().default(1),
    exercise: bool('exercise').notNull().default(false),
    holder: text().$type<Constituency>().notNull(),
    audience: text({ mode: 'json' }).$type<Constituency[]>().notNull(),
    raisedBy: text('raised_by')
      .notNull()
      .references(() => people.id),
    raisedAt: integer('raised_at').notNull(),
    /** The Slack channel the alert was raised in, for places without a sector. */
    raisedIn: text('raised_in'),
    what: text().notNull(),
    urgency: text().$type<Urgency>().notNull(),
    placeId: text('place_id'),
    placeSaid: text('place_said').notNull(),
    placeHow: text('place_how'),
    lat: real(),
    lon: real(),
    /** How near the position is to the truth; null where it is the gazetteer's, or there is none. */
    precision: text().$type<Precision>(),
    sector: text(),
    /** True while the operations centre still has to say which sector this is. */
    triage: bool('triage').notNull().default(false),
    threat: text(),
    cameBy: text('came_by'),
    atRisk: text('at_risk', { mode: 'json' }).$type<AtRisk[]>(),
    perpetrator: text(),
    askedFor: text('asked_for', { mode: 'json' }).$type<string[]>(),
    lifecycle: text().$type<Lifecycle>().notNull(),
    outcome: text(),
    /** Slack's view id of the form it came from: the same form submitted twice is one alert. */
    requestKey: text('request_key').unique(),
    naming: text().$type<Naming>().notNull().default('partner'),
    tlp: text().$type<Tlp>(),
    sensitivity: text().$type<Sensitivity>(),
    /** When it happens or happened, and how closely that is known. */
    eventAt: integer('event_at'),
    eventPrecision: text('event_precision').$type<EventPrecision>(),
    /** Null: as the mission file has it for the threat. */
    scope: text().$type<ThreatScope>(),
    /** The alert this one was joined to. */
    mergedInto: text('merged_into'),
  },
  t => [
    index('alerts_lifecycle').on(t.lifecycle, t.raisedAt),
    index('alerts_threat').on(t.threat, t.raisedAt),
    index('alerts_merged').on(t.mergedInto).where(sql`merged_into is not null`),
    index('alerts_sector').on(t.sector, t.raisedAt),
    index('alerts_raised').on(t.raisedAt),
  ],
)

/** Who is alleged by name of group: the attribution layer, opened to named roles only. */
export const alertAttributions = sqliteTable('alert_attributions', {
  alertId: text('alert_id')
    .primaryKey()
    .references(() => alerts.id),
  /** An id of the mission's list of groups. */
  group: text().notNull(),
  /** Who says so, as a code, and how surely; null for what was recorded before either was asked for. */
  saidBy: text('said_by').$type<string | null>(),
  confidence: text().$type<string | null>(),
  recordedBy: text('recorded_by').notNull(),
  recordedAt: integer('recorded_at').notNull(),
})

/** What an alert said before it was marked for a specialist: what somebody typed, and all that would point to them. */
export interface MovedWords {
  what: string
  placeId: string | null
  placeSaid: string
  placeHow: string | null
  lat: number | null
  lon: number | null
  threat: string | null
  atRisk: AtRisk[] | null
  perpetrator: string | null
  notes: { kind: string; at: number; note: string }[]
}

/** Alerts marked for a specialist: flag, district and week, and in a body that can be erased what was said before. */
export const alertLayers = sqliteTable(
  'alert_layers',
  {
    alertId: text('alert_id')
      .notNull()
      .references(() => alerts.id),
    layer: text().$type<SpecialistLayer>().notNull(),
    district: text(),
    /** ISO week in the mission's zone, such as `2026-W47`. */
    week: text().notNull(),
    body: text({ mode: 'json' }).$type<MovedWords>(),
    recordedBy: text('recorded_by').notNull(),
    recordedAt: integer('recorded_at').notNull(),
  },
  t => [primaryKey({ columns: [t.alertId, t.layer] })],
)

/** The two owners of an alert, each on a ladder of their own. `rung` is the one that has the alert. */
export const alertOwners = sqliteTable(
  'alert_owners',
  {
    alertId: text('alert_id')
      .notNull()
      .references(() => alerts.id),
    slot: text().$type<Slot>().notNull(),
    ladder: text().notNull(),
    rung: integer().notNull().default(0),
  },
  t => [primaryKey({ columns: [t.alertId, t.slot] })],
)

/** What was done about an alert, each act a row of its own. */
export const alertActs = sqliteTable(
  'alert_acts',
  {
    seq: integer().primaryKey({ autoIncrement: true }),
    id: text().notNull().unique(),
    alertId: text('alert_id')
      .notNull()
      .references(() => alerts.id),
    slot: text().$type<Slot>(),
    kind: text().$type<Act['kind']>().notNull(),
    /** When it happened; for an answer by radio the time said, else the same as `recordedAt`. */
    at: integer().notNull(),
    recordedAt: integer('recorded_at').notNull(),
    byPerson: text('by_person').notNull(),
    /** The role that answered, as `role` or `role@sector`. */
    role: text(),
    means: text().$type<Act['means']>().notNull(),
    reason: text(),
    /** Expected on site, or watching until. */
    until: integer(),
    who: text(),
    note: text(),
  },
  t => [
    index('alert_acts_alert').on(t.alertId, t.seq),
    index('alert_acts_ended').on(t.recordedAt, t.alertId).where(sql`kind in ('close', 'withdraw')`),
  ],
)

/** Each rung that was told, by step: the unique key is why no rung is told twice. */
export const alertRungs = sqliteTable(
  'alert_rungs',
  {
    alertId: text('alert_id')
      .notNull()
      .references(() => alerts.id),
    slot: text().$type<Slot>().notNull(),
    step: text().$type<Step>().notNull(),
    rung: integer().notNull(),
    /** Which waiting for this step it belongs to: a watch that ends, or an urgency that changes, begins a new one. */
    round: integer().notNull(),
    dueAt: integer('due_at').notNull(),
    at: integer().notNull(),
    outcome: text().$type<ToldRung['outcome']>().notNull(),
    people: text({ mode: 'json' }).$type<string[]>().notNull(),
    means: text({ mode: 'json' }).$type<Means[]>().notNull(),
    late: bool('late').notNull(),
  },
  t => [primaryKey({ columns: [t.alertId, t.slot, t.step, t.round, t.rung] })],
)
