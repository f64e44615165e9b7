/** Review rounds in which places are ranked, and the versions of the matrix that came of them. */
import { index, integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import type { Category, Entry, Rationale } from '../../domain/matrix/entry.ts'
import type { RoundState } from '../../domain/matrix/round.ts'
import type { Constituency } from '../../domain/mission.ts'
import { bool } from './columns.ts'
import { hotspots } from './hotspots.ts'
import { people } from './people.ts'

export const matrixRounds = sqliteTable(
  'matrix_rounds',
  {
    id: text().primaryKey(),
    code: text().notNull().unique(),
    exercise: bool('exercise').notNull().default(false),
    holder: text().$type<Constituency>().notNull(),
    audience: text({ mode: 'json' }).$type<Constituency[]>().notNull(),
    /** A sector whose places are ranked; null: the whole mission's. */
    sector: text(),
    state: text().$type<RoundState>().notNull(),
    /** The Slack channel in whose thread it is held. */
    channel: text().notNull(),
    openedBy: text('opened_by')
      .notNull()
      .references(() => people.id),
    openedAt: integer('opened_at').notNull(),
    /** By when answers are wanted. */
    closesAt: integer('closes_at').notNull(),
    revealedAt: integer('revealed_at'),
    /** How many units can be placed, as the force said; null: not said. */
    units: integer(),
    unitsBy: text('units_by'),
    endedAt: integer('ended_at'),
  },
  t => [index('matrix_rounds_state').on(t.state, t.sector)],
)

/** The places a round ranks, as they stood on the list when it was opened. */
export const matrixPlaces = sqliteTable(
  'matrix_places',
  {
    roundId: text('round_id')
      .notNull()
      .references(() => matrixRounds.id),
    hotspotId: text('hotspot_id')
      .notNull()
      .references(() => hotspots.id),
  },
  t => [primaryKey({ columns: [t.roundId, t.hotspotId] })],
)

/** What one voice says about one place. `speaker`: the component, the humanitarian side, or one of its organisations' people. */
export const matrixEntries = sqliteTable(
  'matrix_entries',
  {
    roundId: text('round_id')
      .notNull()
      .references(() => matrixRounds.id),
    hotspotId: text('hotspot_id')
      .notNull()
      .references(() => hotspots.id),
    speaker: text().notNull(),
    voice: text().notNull(),
    byPerson: text('by_person').notNull(),
    how: text().$type<Entry['how']>().notNull(),
    likelihood: integer().notNull(),
    impact: integer().notNull(),
    vulnerability: integer(),
    category: text().$type<Category>().notNull(),
    rationale: text({ mode: 'json' }).$type<Rationale[]>().notNull(),
    note: text(),
    at: integer().notNull(),
  },
  t => [
    primaryKey({ columns: [t.roundId, t.hotspotId, t.speaker] }),
    index('matrix_entries_speaker').on(t.speaker, t.hotspotId, t.at),
  ],
)

/** Nil is an answer: a voice that has nothing to say in this round. */
export const matrixNils = sqliteTable(
  'matrix_nils',
  {
    roundId: text('round_id')
      .notNull()
      .references(() => matrixRounds.id),
    voice: text().notNull(),
    byPerson: text('by_person').notNull(),
    at: integer().notNull(),
  },
  t => [primaryKey({ columns: [t.roundId, t.voice] })],
)

/** What the chair proposes where the sides differ. */
export const matrixProposals = sqliteTable(
  'matrix_proposals',
  {
    roundId: text('round_id')
      .notNull()
      .references(() => matrixRounds.id),
    hotspotId: text('hotspot_id')
      .notNull()
      .references(() => hotspots.id),
    category: text().$type<Category>().notNull(),
    reason: text().notNull(),
    byPerson: text('by_person').notNull(),
    at: integer().notNull(),
  },
  t => [primaryKey({ columns: [t.roundId, t.hotspotId] })],
)

/** Dissent is kept with its reason; its author alone may withdraw it. */
export const matrixDissents = sqliteTable(
  'matrix_dissents',
  {
    id: text().primaryKey(),
    roundId: text('round_id')
      .notNull()
      .references(() => matrixRounds.id),
    hotspotId: text('hotspot_id')
      .notNull()
      .references(() => hotspots.id),
    voice: text().notNull(),
    category: text().$type<Category>().notNull(),
    reason: text().notNull(),
    byPerson: text('by_person').notNull(),
    at: integer().notNull(),
    withdrawnAt: integer('withdrawn_at'),
  },
  t => [index('matrix_dissents_round').on(t.roundId)],
)

/** What speaks against adopting, and who waived it and why. */
export const matrixWaivers = sqliteTable(
  'matrix_waivers',
  {
    roundId: text('round_id')
      .notNull()
      .references(() => matrixRounds.id),
    finding: text().notNull(),
    reason: text().notNull(),
    byPerson: text('by_person').notNull(),
    role: text().notNull(),
    at: integer().notNull(),
  },
  t => [primaryKey({ columns: [t.roundId, t.finding] })],
)

export const matrixVersions = sqliteTable(
  'matrix_versions',
  {
    id: text().primaryKey(),
    number: integer().notNull(),
    sector: text(),
    roundId: text('round_id')
      .notNull()
      .references(() => matrixRounds.id),
    adoptedBy: text('adopted_by').notNull(),
    role: text().notNull(),
    adoptedAt: integer('adopted_at').notNull(),
    /** Voices that rated or answered nil. */
    tookPart: text('took_part', { mode: 'json' }).$type<string[]>().notNull(),
  },
  t => [index('matrix_versions_sector').on(t.sector, t.number)],
)

export const matrixRows = sqliteTable(
  'matrix_rows',
  {
    versionId: text('version_id')
      .notNull()
      .references(() => matrixVersions.id),
    hotspotId: text('hotspot_id')
      .notNull()
      .references(() => hotspots.id),
    category: text().$type<Category>().notNull(),
    likelihood: integer().notNull(),
    impact: integer().notNull(),
    rationale: text({ mode: 'json' }).$type<Rationale[]>().notNull(),
    reason: text(),
    reviewBy: integer('review_by').notNull(),
  },
  t => [primaryKey({ columns: [t.versionId, t.hotspotId] }), index('matrix_rows_hotspot').on(t.hotspotId)],
)
