import type { RunResult } from 'better-sqlite3'
import { getTableColumns, getTableName, sql } from 'drizzle-orm'
import type { SQLiteTable } from 'drizzle-orm/sqlite-core'
import type { Connection } from './connection.ts'

/**
 * A prepared INSERT for a table: takes a row by the schema's names, applies the schema's defaults and encodings.
 * (drizzle's own prepared insert writes an absent JSON value as the text `null` and an absent boolean as 0.)
 *
 * @param onConflict `do nothing` makes a row that breaks a unique key change nothing (`changes` 0); `replace` lets it
 *   take the place of the one with its key, for tables that nothing refers to.
 */
export function insertInto<T extends SQLiteTable>(
  db: Connection,
  table: T,
  onConflict: '' | 'do nothing' | 'replace' = '',
): (row: T['$inferInsert']) => RunResult {
  const columns = Object.entries(getTableColumns(table))
  const names = columns.map(([, column]) => `"${column.name}"`).join(', ')
  const marks = columns.map(() => '?').join(', ')
  const verb = onConflict === 'replace' ? 'insert or replace' : 'insert'
  const conflict = onConflict === 'do nothing' ? ' on conflict do nothing' : ''
  const statement = db.raw.prepare(
    `${verb} into "${getTableName(table)}" (${names}) values (${marks})${conflict}`,
  )
  return row => {
    const given: Record<string, unknown> = row
    return statement.run(
      columns.map(([key, column]) => {
        const value = given[key] === undefined ? column.default : given[key]
        return value === undefined || value === null ? null : column.mapToDriverValue(value)
      }),
    )
  }
}

/** A placeholder as an expression, for places where drizzle's types take only expressions, such as `set`. */
export function given<T>(name: string) {
  return sql<T>`${sql.placeholder(name)}`
}

/** `(select value from json_each(:name))`: a list of any length in one prepared statement; pass it as JSON. */
export function listOf(name: string) {
  return sql`(select value from json_each(${sql.placeholder(name)}))`
}
