/** What somebody else decides before a thing is done, and what hangs on it. */
import { index, integer, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core'
import type { EscortPriority, Exemption, GateKind, GateState } from '../../domain/gate.ts'
import type { Constituency } from '../../domain/mission.ts'
import { bool } from './columns.ts'
import { people } from './people.ts'

export const gates = sqliteTable(
  'gates',
  {
    id: text().primaryKey(),
    code: text().notNull().unique(),
    /** The gate of the mission file it follows. */
    template: text().notNull(),
    kind: text().$type<GateKind>().notNull(),
    exercise: bool('exercise').notNull().default(false),
    holder: text().$type<Constituency>().notNull(),
    state: text().$type<GateState>().notNull(),
    askedBy: text('asked_by')
      .notNull()
      .references(() => people.id),
    askedAt: integer('asked_at').notNull(),
    /** A code: the kind of support, of means or of project. */
    about: text(),
    district: text(),
    sector: text(),
    /** How urgent an escort is to whoever asks. */
    priority: text().$type<EscortPriority>(),
    /** A window in days from the asking. */
    days: integer(),
    /** The first and last day of an escort, `YYYY-MM-DD`; erased when they have passed. */
    fromDay: text('from_day'),
    toDay: text('to_day'),
    /** Codes of what was tried before an escort was asked for; of returns, of what holds. */
    tried: text({ mode: 'json' }).$type<string[]>().notNull(),
    /** By field of the kind; erasable. */
    words: text({ mode: 'json' }).$type<Record<string, string>>().notNull(),
    /** By when the decider answers; null: no clock. */
    dueAt: integer('due_at'),
    /** Until when a clearance holds. */
    expiresAt: integer('expires_at'),
    /** The role that carries it out, as `role@sector`. */
    unit: text(),
    requestKey: text('request_key').unique(),
  },
  t => [index('gates_state').on(t.kind, t.state), index('gates_asked').on(t.askedAt)],
)

/** What was decided of a gate, first to last. */
export const gateActs = sqliteTable(
  'gate_acts',
  {
    id: text().primaryKey(),
    gateId: text('gate_id')
      .notNull()
      .references(() => gates.id),
    /** The state it brought about. */
    act: text().$type<GateState>().notNull(),
    by: text().notNull(),
    /** The role it was decided in, as `role@sector`; null: as whoever asked. */
    as: text(),
    at: integer().notNull(),
    reason: text(),
  },
  t => [index('gate_acts_gate').on(t.gateId, t.at)],
)

/** A record that needs a gate: which it picked, or on what ground it went ahead of it. */
export const gateLinks = sqliteTable(
  'gate_links',
  {
    id: text().primaryKey(),
    template: text().notNull(),
    /** Null: none was there. */
    gateId: text('gate_id').references(() => gates.id),
    recordKind: text('record_kind').notNull(),
    recordId: text('record_id').notNull(),
    /** people.id of who answers for the record. */
    accountable: text(),
    at: integer().notNull(),
    by: text().notNull(),
    ground: text().$type<Exemption>(),
    reason: text(),
  },
  t => [
    uniqueIndex('gate_links_record').on(t.recordKind, t.recordId, t.template),
    index('gate_links_gate').on(t.gateId),
  ],
)

/** What a section suspends where its contacts may be at risk, until when. */
export const suspensions = sqliteTable(
  'suspensions',
  {
    id: text().primaryKey(),
    code: text().notNull().unique(),
    holder: text().$type<Constituency>().notNull(),
    gateId: text('gate_id').notNull(),
    district: text().notNull(),
    sector: text(),
    by: text()
      .notNull()
      .references(() => people.id),
    /** The role it is suspended in, as `role@sector`. */
    as: text(),
    at: integer().notNull(),
    what: text().notNull(),
    restartDay: text('restart_day').notNull(),
    restartedAt: integer('restarted_at'),
    requestKey: text('request_key').unique(),
  },
  t => [index('suspensions_open').on(t.restartedAt, t.restartDay)],
)
