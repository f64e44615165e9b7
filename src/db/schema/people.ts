/** People and the roles they hold. */
import { index, integer, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core'
import type { Constituency } from '../../domain/mission.ts'
import type { PersonSettings } from '../../domain/settings.ts'
import { bool } from './columns.ts'

/** Who uses the bot. `constituency` is null until the own side confirmed the person. */
export const people = sqliteTable(
  'people',
  {
    id: text().primaryKey(),
    teamId: text('team_id').notNull(),
    userId: text('user_id').notNull(),
    constituency: text().$type<Constituency>(),
    /** Of an agency or an NGO; null for the mission's own people. */
    organisation: text(),
    /** Of a partner who takes part unnamed: which organisation it is stands in a sealed file of its own. */
    reference: text().unique(),
    section: text(),
    location: text(),
    national: bool('national').notNull().default(false),
    /** Slack's locale, such as `fr-FR`; the person is answered in it. */
    locale: text(),
    zone: text(),
    /** What the person is called in Slack, for call sheets. */
    name: text(),
    /** When Slack last refused a direct message for good, or the account was closed; null: reachable. */
    unreachableAt: integer('unreachable_at'),
    /** When access was closed at once because a phone or a base was lost; null: it is not. */
    closedAt: integer('closed_at'),
    /** What the person chose for themselves; null: nothing. */
    settings: text({ mode: 'json' }).$type<PersonSettings>(),
    createdAt: integer('created_at').notNull(),
  },
  t => [uniqueIndex('people_user').on(t.teamId, t.userId)],
)

/** Who holds a role. `rank` 0 is the holder, 1 and more are alternates in order. */
export const roleHolders = sqliteTable(
  'role_holders',
  {
    id: text().primaryKey(),
    role: text().notNull(),
    /** The empty string stands for a role of the whole mission, so that the unique index holds. */
    sector: text().notNull().default(''),
    personId: text('person_id')
      .notNull()
      .references(() => people.id),
    rank: integer().notNull(),
    since: integer().notNull(),
    until: integer(),
  },
  t => [
    uniqueIndex('role_holders_seat').on(t.role, t.sector, t.rank, t.since),
    index('role_holders_person').on(t.personId),
  ],
)
