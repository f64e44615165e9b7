/** What one side asked the other to be told, and what it answered. */
import { index, integer, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import type { InquiryState } from '../../domain/inquiry.ts'
import type { Constituency, Side } from '../../domain/mission.ts'
import { people } from './people.ts'

export const inquiries = sqliteTable(
  'inquiries',
  {
    id: text().primaryKey(),
    code: text().notNull().unique(),
    /** Whose request it is: the constituency of whoever asks. */
    holder: text().$type<Constituency>().notNull(),
    /** The side that is asked. */
    side: text().$type<Side>().notNull(),
    askedBy: text('asked_by')
      .notNull()
      .references(() => people.id),
    askedAt: integer('asked_at').notNull(),
    what: text().notNull(),
    why: text().notNull(),
    /** By when it would help; nothing follows when it has passed. */
    wantedBy: text('wanted_by'),
    state: text().$type<InquiryState>().notNull(),
    answeredBy: text('answered_by'),
    answeredAt: integer('answered_at'),
    reason: text(),
    /** The release by which it was provided. */
    releaseId: text('release_id'),
    requestKey: text('request_key').unique(),
  },
  t => [index('inquiries_state').on(t.state, t.askedAt)],
)
