/** Whom the bot reminds of which record, and when next. */
import { index, integer, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core'
import { bool } from './columns.ts'
import { people } from './people.ts'

export const reminders = sqliteTable(
  'reminders',
  {
    id: text().primaryKey(),
    /** The kind of record, as in the trail: its noun says which rules apply. */
    recordKind: text('record_kind').notNull(),
    recordId: text('record_id').notNull(),
    personId: text('person_id')
      .notNull()
      .references(() => people.id),
    /** False once nothing is awaited of the person any more. */
    active: bool('active').notNull().default(true),
    /** When it is said next (epoch ms); null: never again by the rules as they are. */
    nextDueAt: integer('next_due_at'),
    /** The planned moment of the last one said: what was planned until then is not said again. */
    lastPlanned: integer('last_planned'),
    fired: integer().notNull().default(0),
    /** The person asked to hear nothing before (epoch ms). */
    snoozedUntil: integer('snoozed_until'),
  },
  t => [
    uniqueIndex('reminders_record').on(t.recordKind, t.recordId, t.personId),
    index('reminders_person').on(t.personId, t.nextDueAt),
  ],
)
