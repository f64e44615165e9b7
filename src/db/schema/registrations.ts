/** Asking to join, handing over and whether people can still be reached. */
import { sql } from 'drizzle-orm'
import { index, integer, primaryKey, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core'
import type { Constituency } from '../../domain/mission.ts'
import { bool } from './columns.ts'
import { people } from './people.ts'

/** What a person says of themselves, and what their own side answered. One request of a person waits at a time. */
export const registrations = sqliteTable(
  'registrations',
  {
    id: text().primaryKey(),
    personId: text('person_id')
      .notNull()
      .references(() => people.id),
    /** The constituency asked for: also the holder of the request. */
    constituency: text().$type<Constituency>().notNull(),
    organisation: text(),
    /** Of somebody who asks to take part unnamed; then nothing else is known of where they belong. */
    reference: text(),
    section: text(),
    /** The mission file's id of a base, where one was chosen; `location` then holds its name. */
    base: text(),
    location: text().notNull(),
    /** Null: not said. */
    national: bool('national'),
    askedAt: integer('asked_at').notNull(),
    /** `superseded`: the person asked anew, or their access was closed, before anybody decided. */
    state: text().$type<'waiting' | 'confirmed' | 'refused' | 'superseded'>().notNull(),
    decidedAt: integer('decided_at'),
    decidedBy: text('decided_by'),
    /** Why it was refused. */
    reason: text(),
  },
  t => [
    uniqueIndex('registrations_waiting').on(t.personId).where(sql`state = 'waiting'`),
    index('registrations_person').on(t.personId, t.askedAt),
  ],
)

/** Somebody leaves. One handover of a person goes on at a time. */
export const handovers = sqliteTable(
  'handovers',
  {
    id: text().primaryKey(),
    personId: text('person_id')
      .notNull()
      .references(() => people.id),
    /** Who began it: the person, or an administrator of their side. */
    begunBy: text('begun_by').notNull(),
    begunAt: integer('begun_at').notNull(),
    /** When what nobody accepted is put to the administrators. */
    dueAt: integer('due_at').notNull(),
    state: text().$type<'open' | 'done' | 'reported'>().notNull(),
    endedAt: integer('ended_at'),
  },
  t => [uniqueIndex('handovers_open').on(t.personId).where(sql`state = 'open'`)],
)

/** One thing that is handed over. `ref` is a role as `role` or `role@sector`, the id of an alert or a tasking, or `all`. */
export const handoverItems = sqliteTable(
  'handover_items',
  {
    id: text().primaryKey(),
    handoverId: text('handover_id')
      .notNull()
      .references(() => handovers.id),
    kind: text().$type<'role' | 'alert' | 'tasking' | 'subscriptions' | 'sources'>().notNull(),
    ref: text().notNull(),
    /** Null: nobody was named. */
    successor: text().references(() => people.id),
    state: text().$type<'unnamed' | 'offered' | 'accepted' | 'declined'>().notNull(),
    answeredAt: integer('answered_at'),
  },
  t => [
    uniqueIndex('handover_items_ref').on(t.handoverId, t.kind, t.ref),
    index('handover_items_successor').on(t.successor, t.state),
    index('handover_items_followed').on(t.kind, t.ref).where(sql`state = 'accepted'`),
  ],
)

/** Access that was closed at once: a seized phone, a lost base. Codes and ids only. */
export const closures = sqliteTable(
  'closures',
  {
    id: text().primaryKey(),
    personId: text('person_id')
      .notNull()
      .references(() => people.id),
    at: integer().notNull(),
    closedBy: text('closed_by').notNull(),
    /** The mission file's id of a base that was lost; null for one person. */
    base: text(),
    /** What they were, for the record is emptied. */
    constituency: text().$type<Constituency>(),
    /** `role` or `role@sector`. */
    roles: text({ mode: 'json' }).$type<string[]>().notNull(),
    /** Codes of what they could read, by kind of record. */
    readable: text({ mode: 'json' }).$type<Record<string, string[]>>().notNull(),
    /** Registered Slack channels they were in. */
    channels: text({ mode: 'json' }).$type<string[]>().notNull(),
    /** How many sources nobody may contact since. */
    sources: integer().notNull(),
  },
  t => [index('closures_person').on(t.personId, t.at)],
)

/** "Still reachable?", asked of a person. A round is named by when it was asked (epoch ms). */
export const reachChecks = sqliteTable(
  'reach_checks',
  {
    id: text().notNull().unique(),
    personId: text('person_id')
      .notNull()
      .references(() => people.id),
    askedAt: integer('asked_at').notNull(),
    dueAt: integer('due_at').notNull(),
    answeredAt: integer('answered_at'),
  },
  t => [primaryKey({ columns: [t.personId, t.askedAt] })],
)
