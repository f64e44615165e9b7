/** Files the bot has put into Slack. */
import { index, integer, sqliteTable, text } from 'drizzle-orm/sqlite-core'

/** One row per file, written before Slack is told to show it: whatever happens then, the next one replaces it. */
export const postedFiles = sqliteTable(
  'posted_files',
  {
    fileId: text('file_id').primaryKey(),
    recordId: text('record_id').notNull(),
    target: text().notNull(),
    postedAt: integer('posted_at').notNull(),
  },
  t => [index('posted_files_record').on(t.recordId, t.target)],
)
