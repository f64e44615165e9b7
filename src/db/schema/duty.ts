/** Who is on duty, the rota, tests that a duty officer is reached, and posts nobody holds. */
import { sql } from 'drizzle-orm'
import { index, integer, primaryKey, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core'
import { people } from './people.ts'

/** The empty string stands for a role of the whole mission, so that unique indexes hold. */
const sector = () => text().notNull().default('')
const person = () =>
  text('person_id')
    .notNull()
    .references(() => people.id)

/** A duty somebody took. The unique key is why a role has one person on duty in each sector, never two. */
export const dutyPeriods = sqliteTable(
  'duty_periods',
  {
    id: text().primaryKey(),
    role: text().notNull(),
    sector: sector(),
    personId: person(),
    since: integer().notNull(),
    /** Null while it lasts. */
    until: integer(),
    /** What the person left for the next one to know. */
    note: text(),
  },
  t => [
    uniqueIndex('duty_periods_now').on(t.role, t.sector).where(sql`until is null`),
    index('duty_periods_person').on(t.personId, t.since),
    index('duty_periods_ended').on(t.role, t.sector, t.until),
  ],
)

/** One shift of the rota: from `fromAt` until before `toAt`, epoch ms. */
export const rotaShifts = sqliteTable(
  'rota_shifts',
  {
    id: text().primaryKey(),
    role: text().notNull(),
    sector: sector(),
    personId: person(),
    fromAt: integer('from_at').notNull(),
    toAt: integer('to_at').notNull(),
    enteredBy: text('entered_by').notNull(),
  },
  t => [
    uniqueIndex('rota_shifts_seat').on(t.role, t.sector, t.fromAt, t.personId),
    index('rota_shifts_person').on(t.personId, t.toAt),
    index('rota_shifts_end').on(t.toAt),
  ],
)

/** A test message, to be confirmed by a press. */
export const dutyTests = sqliteTable('duty_tests', {
  id: text().primaryKey(),
  role: text().notNull(),
  sector: sector(),
  personId: person(),
  askedAt: integer('asked_at').notNull(),
  confirmedAt: integer('confirmed_at'),
})

/** Posts nobody holds, and when that was last reported to whoever appoints to them. */
export const vacancies = sqliteTable(
  'vacancies',
  {
    role: text().notNull(),
    sector: sector(),
    since: integer().notNull(),
    reportedAt: integer('reported_at'),
  },
  t => [primaryKey({ columns: [t.role, t.sector] })],
)
