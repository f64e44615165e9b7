/** What somebody says of an alert in a voice of their own: human rights, command, dissent. */
import { index, integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import type { EntryKind } from '../../domain/entry.ts'
import type { Constituency } from '../../domain/mission.ts'
import { alerts } from './alerts.ts'
import { people } from './people.ts'

/** One voice. Its words stand in `entry_versions`; it is changed and withdrawn by its author alone. */
export const entries = sqliteTable(
  'entries',
  {
    id: text().primaryKey(),
    code: text().notNull().unique(),
    alertId: text('alert_id')
      .notNull()
      .references(() => alerts.id),
    kind: text().$type<EntryKind>().notNull(),
    /** The constituency of its author when it was written. */
    holder: text().$type<Constituency>().notNull(),
    author: text()
      .notNull()
      .references(() => people.id),
    /** `role` or `role@sector` its author held; null where none was held. */
    role: text(),
    at: integer().notNull(),
    /** Null: it stands. */
    withdrawnAt: integer('withdrawn_at'),
    /** Slack's view id: the same form submitted twice is one entry. */
    requestKey: text('request_key').unique(),
  },
  t => [index('entries_alert').on(t.alertId, t.at)],
)

/** What an entry said, version by version: rows are added, and only forgetting what must be forgotten changes them. */
export const entryVersions = sqliteTable(
  'entry_versions',
  {
    entryId: text('entry_id')
      .notNull()
      .references(() => entries.id),
    version: integer().notNull(),
    at: integer().notNull(),
    /** Null when its time had run out. */
    text: text(),
  },
  t => [primaryKey({ columns: [t.entryId, t.version] })],
)
