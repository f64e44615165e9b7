/** Messages of Slack put on the record of an alert or of a team. */
import { index, integer, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core'
import type { Constituency } from '../../domain/mission.ts'
import type { QuoteHow, QuoteState } from '../../domain/quote.ts'
import { alerts } from './alerts.ts'
import { bool } from './columns.ts'
import { people } from './people.ts'
import { teams } from './teams.ts'

export const quotes = sqliteTable(
  'quotes',
  {
    id: text().primaryKey(),
    /** One of the two. */
    alertId: text('alert_id').references(() => alerts.id),
    teamId: text('team_id').references(() => teams.id),
    channel: text().notNull(),
    ts: text().notNull(),
    authorId: text('author_id')
      .notNull()
      .references(() => people.id),
    authorRole: text('author_role'),
    constituency: text().$type<Constituency>(),
    saidAt: integer('said_at').notNull(),
    /** Null until its author has agreed, and again when it no longer stands. */
    text: text(),
    permalink: text().notNull(),
    state: text().$type<QuoteState>().notNull(),
    /** Whether it ever stood. */
    agreed: bool('agreed').notNull(),
    how: text().$type<QuoteHow>().notNull(),
    putBy: text('put_by')
      .notNull()
      .references(() => people.id),
    putAt: integer('put_at').notNull(),
    editedTs: text('edited_ts'),
    editedAt: integer('edited_at'),
    withdrawnAt: integer('withdrawn_at'),
  },
  // One message stands once, however often it is marked.
  t => [
    uniqueIndex('quotes_message').on(t.channel, t.ts),
    index('quotes_alert').on(t.alertId, t.saidAt),
    index('quotes_team').on(t.teamId, t.saidAt),
  ],
)
