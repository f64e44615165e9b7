/** Concerns nobody is named for. */
import { integer, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import type { ConcernAbout } from '../../domain/concern.ts'
import type { Constituency } from '../../domain/mission.ts'

/** A concern nobody is named for: no author, no hour, and an id that holds neither. */
export const concerns = sqliteTable('concerns', {
  id: text().primaryKey(),
  code: text().notNull().unique(),
  holder: text().$type<Constituency>().notNull(),
  about: text().$type<ConcernAbout>().notNull(),
  district: text(),
  words: text().notNull(),
  /** `YYYY-MM-DD` in the mission's zone. */
  day: text().notNull(),
  /** Whether it was passed on. */
  told: integer({ mode: 'boolean' }).notNull(),
  takenUpBy: text('taken_up_by'),
  takenUpAt: integer('taken_up_at'),
})
