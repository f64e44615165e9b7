/** What the bot has said and where it stands, so that it can be taken back. */
import { index, integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core'

/** One row per message of the bot that an outbox entry became. Ids only. */
export const postings = sqliteTable(
  'postings',
  {
    channel: text().notNull(),
    ts: text().notNull(),
    /** As the outbox has it: a Slack channel, or `person:<people.id>`. */
    target: text().notNull(),
    kind: text().notNull(),
    recordId: text('record_id').notNull(),
    /** The records a reader of the message reads of. */
    holds: text({ mode: 'json' }).$type<string[]>().notNull(),
    postedAt: integer('posted_at').notNull(),
    /** When its removal was asked for, and when Slack had removed it; null: it stands. */
    withdrawnAt: integer('withdrawn_at'),
    removedAt: integer('removed_at'),
  },
  t => [
    primaryKey({ columns: [t.channel, t.ts] }),
    index('postings_target').on(t.target, t.postedAt),
    index('postings_record').on(t.recordId),
  ],
)
