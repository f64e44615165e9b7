/** Hotspots, who is there, and what is planned for them. */
import { index, integer, primaryKey, real, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import type { AtRisk } from '../../domain/alert.ts'
import type { Capacity, Coverage, HotspotKind, HotspotState, Intent, Phase } from '../../domain/hotspot.ts'
import type { Constituency, Side } from '../../domain/mission.ts'
import type { Tier } from '../../domain/tasking.ts'
import { bool } from './columns.ts'
import { people } from './people.ts'

export const hotspots = sqliteTable(
  'hotspots',
  {
    id: text().primaryKey(),
    code: text().notNull().unique(),
    version: integer().notNull().default(1),
    exercise: bool('exercise').notNull().default(false),
    holder: text().$type<Constituency>().notNull(),
    audience: text({ mode: 'json' }).$type<Constituency[]>().notNull(),
    name: text().notNull(),
    kind: text().$type<HotspotKind>().notNull(),
    placeId: text('place_id'),
    placeSaid: text('place_said').notNull(),
    lat: real(),
    lon: real(),
    /** An area is a circle around the point; null for a point. */
    radiusKm: real('radius_km'),
    sector: text(),
    seasonFrom: integer('season_from'),
    seasonTo: integer('season_to'),
    threats: text({ mode: 'json' }).$type<string[]>().notNull(),
    atRisk: text('at_risk', { mode: 'json' }).$type<AtRisk[]>(),
    perpetrators: text({ mode: 'json' }).$type<string[]>().notNull(),
    vulnerability: integer(),
    capacity: text().$type<Capacity>().notNull(),
    intent: text().$type<Intent>().notNull(),
    phase: text().$type<Phase>().notNull(),
    state: text().$type<HotspotState>().notNull(),
    createdBy: text('created_by')
      .notNull()
      .references(() => people.id),
    createdAt: integer('created_at').notNull(),
    requestKey: text('request_key').unique(),
  },
  t => [index('hotspots_state').on(t.state, t.sector)],
)

/** How a place is covered, each report a row of its own: the command layer. */
export const hotspotCoverage = sqliteTable(
  'hotspot_coverage',
  {
    seq: integer().primaryKey({ autoIncrement: true }),
    hotspotId: text('hotspot_id')
      .notNull()
      .references(() => hotspots.id),
    coverage: text().$type<Coverage>().notNull(),
    everyDays: integer('every_days'),
    at: integer().notNull(),
    byPerson: text('by_person').notNull(),
  },
  t => [index('hotspot_coverage_hotspot').on(t.hotspotId, t.seq)],
)

/** When somebody of a section was there. */
export const hotspotVisits = sqliteTable(
  'hotspot_visits',
  {
    id: text().primaryKey(),
    hotspotId: text('hotspot_id')
      .notNull()
      .references(() => hotspots.id),
    constituency: text().$type<Constituency>().notNull(),
    section: text(),
    /** First and last day there, epoch ms. */
    from: integer('from_at').notNull(),
    to: integer('to_at').notNull(),
    byPerson: text('by_person').notNull(),
    recordedAt: integer('recorded_at').notNull(),
  },
  t => [index('hotspot_visits_hotspot').on(t.hotspotId, t.to)],
)

/** Whom to ask about a place, one per side and purpose; a POC site has one for outside, inside and aid each. */
export const hotspotContacts = sqliteTable(
  'hotspot_contacts',
  {
    hotspotId: text('hotspot_id')
      .notNull()
      .references(() => hotspots.id),
    side: text().$type<Side>().notNull(),
    purpose: text().$type<'contact' | 'external' | 'internal' | 'aid'>().notNull(),
    /** A role of the mission as `role` or `role@sector`, or on the humanitarian side a post in their own words. */
    post: text().notNull(),
    byPerson: text('by_person').notNull(),
    at: integer().notNull(),
  },
  t => [primaryKey({ columns: [t.hotspotId, t.side, t.purpose] })],
)

/** Alerts and other records that belong to a place; a POC site keeps those from outside and inside apart. */
export const hotspotLinks = sqliteTable(
  'hotspot_links',
  {
    hotspotId: text('hotspot_id')
      .notNull()
      .references(() => hotspots.id),
    kind: text().notNull(),
    recordId: text('record_id').notNull(),
    lane: text().$type<'external' | 'internal'>(),
    byPerson: text('by_person').notNull(),
    at: integer().notNull(),
  },
  t => [
    primaryKey({ columns: [t.hotspotId, t.kind, t.recordId] }),
    index('hotspot_links_record').on(t.kind, t.recordId),
  ],
)

/** Tiers of which it is on record why they do not apply to a place. */
export const hotspotTiers = sqliteTable(
  'hotspot_tiers',
  {
    hotspotId: text('hotspot_id')
      .notNull()
      .references(() => hotspots.id),
    tier: integer().$type<Tier>().notNull(),
    reason: text().notNull(),
    byPerson: text('by_person').notNull(),
    at: integer().notNull(),
  },
  t => [primaryKey({ columns: [t.hotspotId, t.tier] })],
)
