/** That something humanitarian is notified. */
import { index, integer, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import type { Constituency } from '../../domain/mission.ts'
import type { NoticeKind } from '../../domain/notice.ts'
import { people } from './people.ts'

/** That something humanitarian is notified in a district: OCHA's reference and its validity, nothing of where or how. */
export const notices = sqliteTable(
  'notices',
  {
    id: text().primaryKey(),
    code: text().notNull().unique(),
    holder: text().$type<Constituency>().notNull(),
    reference: text().notNull(),
    kind: text().$type<NoticeKind>().notNull(),
    district: text().notNull(),
    sector: text(),
    /** Days, `YYYY-MM-DD`, in the mission's zone. */
    fromDay: text('from_day').notNull(),
    toDay: text('to_day').notNull(),
    /** The end of its last day. */
    expiresAt: integer('expires_at').notNull(),
    by: text()
      .notNull()
      .references(() => people.id),
    at: integer().notNull(),
    endedAt: integer('ended_at'),
    requestKey: text('request_key').unique(),
  },
  t => [index('notices_open').on(t.endedAt, t.expiresAt)],
)
