/** Where patrols have been, as operations report it: read in the command layer alone. */
import { index, integer, real, sqliteTable, text } from 'drizzle-orm/sqlite-core'

export const patrols = sqliteTable(
  'patrols',
  {
    id: text().primaryKey(),
    at: integer().notNull(),
    unit: text().notNull(),
    base: text(),
    place: text().notNull(),
    lat: real().notNull(),
    lon: real().notNull(),
    importedAt: integer('imported_at').notNull(),
  },
  t => [index('patrols_lat').on(t.lat, t.at), index('patrols_imported').on(t.importedAt)],
)
