/** What is due, what must be said, where cards stand, and what Slack sent. */
import { sql } from 'drizzle-orm'
import { index, integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import { bool } from './columns.ts'

/** What is due. One row per key; `arming` counts how often it was armed anew, and a job with an older count does nothing. */
export const timers = sqliteTable(
  'timers',
  {
    id: integer().primaryKey({ autoIncrement: true }),
    key: text().notNull().unique(),
    kind: text().notNull(),
    recordId: text('record_id').notNull(),
    slot: text(),
    dueAt: integer('due_at').notNull(),
    arming: integer().notNull().default(1),
    state: text().$type<'armed' | 'fired' | 'cancelled'>().notNull(),
    firedAt: integer('fired_at'),
  },
  t => [index('timers_armed').on(t.dueAt).where(sql`state = 'armed'`)],
)

/** What must be said. Rendered at delivery from the record as it then is. `data` holds ids and codes only. */
export const outbox = sqliteTable(
  'outbox',
  {
    seq: integer().primaryKey({ autoIncrement: true }),
    id: text().notNull().unique(),
    kind: text().notNull(),
    recordId: text('record_id').notNull(),
    /** A Slack channel id, or `person:<people.id>` for a direct message. */
    target: text().notNull(),
    data: text({ mode: 'json' }).$type<Record<string, unknown>>().notNull(),
    /** Goes before what is not; inherited by what waits ahead of it for the same target and record. */
    urgent: bool('urgent').notNull(),
    state: text().$type<'waiting' | 'claimed' | 'sent' | 'merged' | 'dropped' | 'parked'>().notNull(),
    /** How often it was claimed; from the second time on an earlier try may have posted already. */
    attempts: integer().notNull().default(0),
    notBefore: integer('not_before').notNull(),
    claimedAt: integer('claimed_at'),
    createdAt: integer('created_at').notNull(),
    sentAt: integer('sent_at'),
    channel: text(),
    ts: text(),
    error: text(),
  },
  t => [
    index('outbox_waiting').on(t.urgent, t.notBefore, t.seq).where(sql`state = 'waiting'`),
    index('outbox_order').on(t.target, t.recordId, t.seq).where(sql`state = 'waiting' or state = 'claimed'`),
    index('outbox_claimed').on(t.claimedAt).where(sql`state = 'claimed'`),
    index('outbox_parked').on(t.seq).where(sql`state = 'parked'`),
  ],
)

/** Where a record's card stands: one per record and target, edited in place. */
export const cards = sqliteTable(
  'cards',
  {
    recordId: text('record_id').notNull(),
    target: text().notNull(),
    channel: text().notNull(),
    ts: text().notNull(),
    postedAt: integer('posted_at').notNull(),
  },
  t => [primaryKey({ columns: [t.recordId, t.target] }), index('cards_ts').on(t.channel, t.ts)],
)

/** What Slack sent, written down before it is acknowledged. The id is Slack's own, so a retry finds its row. */
export const inbox = sqliteTable(
  'inbox',
  {
    id: text().primaryKey(),
    kind: text().notNull(),
    body: text({ mode: 'json' }).$type<Record<string, unknown> | null>(),
    receivedAt: integer('received_at').notNull(),
    state: text().$type<'waiting' | 'done' | 'failed'>().notNull(),
    attempts: integer().notNull().default(0),
    error: text(),
  },
  t => [
    index('inbox_waiting').on(t.receivedAt).where(sql`state = 'waiting'`),
    index('inbox_received').on(t.receivedAt),
  ],
)
