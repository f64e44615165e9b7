/** The trail of events and accesses, and small facts of the store itself. */
import { index, integer, sqliteTable, text } from 'drizzle-orm/sqlite-core'

/** The trail: append-only and hash-chained. Ids, codes and field names; texts stand in {@link eventDetails}. */
export const events = sqliteTable(
  'events',
  {
    seq: integer().primaryKey({ autoIncrement: true }),
    at: integer().notNull(),
    recordedAt: integer('recorded_at').notNull(),
    /** people.id, or `system`. */
    actor: text().notNull(),
    kind: text().notNull(),
    recordKind: text('record_kind').notNull(),
    recordId: text('record_id').notNull(),
    data: text({ mode: 'json' }).$type<Record<string, unknown>>().notNull(),
    /** Salted digest of the detail row, where there is one: proof without the words. */
    detail: text(),
    previous: text().notNull(),
    hash: text().notNull(),
  },
  t => [
    index('events_record').on(t.recordKind, t.recordId, t.seq),
    index('events_recorded').on(t.recordedAt),
  ],
)

/** Words of an event: erasable without breaking the chain. Erasing empties body and salt, so that nobody can guess. */
export const eventDetails = sqliteTable('event_details', {
  seq: integer()
    .primaryKey()
    .references(() => events.seq),
  salt: text().notNull(),
  body: text({ mode: 'json' }).$type<Record<string, unknown>>(),
})

/** Who was shown a restricted layer, a source, a release or an export. */
export const accessLog = sqliteTable(
  'access_log',
  {
    id: integer().primaryKey({ autoIncrement: true }),
    at: integer().notNull(),
    /** people.id, or `operator` for whoever sits at the machine. */
    personId: text('person_id').notNull(),
    layer: text().notNull(),
    recordKind: text('record_kind').notNull(),
    recordId: text('record_id').notNull(),
    /** A code, never a person's words; null where none is asked for. */
    reason: text(),
  },
  t => [index('access_log_record').on(t.recordKind, t.recordId), index('access_log_at').on(t.at)],
)

/** Times the bot was away, found at start from the last heartbeat. */
export const outages = sqliteTable('outages', {
  id: integer().primaryKey({ autoIncrement: true }),
  fromAt: integer('from_at').notNull(),
  toAt: integer('to_at').notNull(),
})

/** Small facts of the store itself: heartbeat, what was seeded, the chain's anchor. */
export const meta = sqliteTable('meta', { key: text().primaryKey(), value: text().notNull() })
