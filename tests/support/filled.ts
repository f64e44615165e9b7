import { copyFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import type Database from 'better-sqlite3'
import { migrationsDir } from '../../src/db/migrate.ts'
import { temporaryFolder } from './store.ts'

/** Names of all migrations, oldest first. */
export function migrationNames(): string[] {
  return readdirSync(migrationsDir)
    .filter(file => file.endsWith('.sql'))
    .sort()
}

/** A folder with the first `count` migrations: the migrations of an older version of the bot. */
export function olderVersion(count: number): string {
  const dir = temporaryFolder()
  for (const file of migrationNames().slice(0, count))
    copyFileSync(join(migrationsDir, file), join(dir, file))
  return dir
}

interface ColumnInfo {
  name: string
  type: string
  pk: number
}

/** Puts `rows` rows into every table of any version of the schema, each value different, every reference met. */
export function fill(db: Database.Database, rows = 3): void {
  const filled = new Set<string>()
  const visit = (table: string): void => {
    if (filled.has(table)) return
    filled.add(table)
    const references = db.pragma(`foreign_key_list(${table})`) as { table: string }[]
    for (const parent of references) visit(parent.table)
    fillTable(db, table, rows)
  }
  for (const table of tables(db)) visit(table)
}

/** How many rows each table holds. */
export function census(db: Database.Database): Record<string, number> {
  const count = (table: string) => db.prepare<[], number>(`select count(*) from "${table}"`).pluck().get()!
  return Object.fromEntries(tables(db).map(table => [table, count(table)]))
}

function tables(db: Database.Database): string[] {
  return db
    .prepare<[], string>(
      `select name from pragma_table_list where schema = 'main' and type = 'table'
       and name not like 'sqlite_%' and name <> 'migrations' order by name`,
    )
    .pluck()
    .all()
}

function fillTable(db: Database.Database, table: string, rows: number): void {
  const columns = db.pragma(`table_info("${table}")`) as ColumnInfo[]
  const references = db.pragma(`foreign_key_list("${table}")`) as {
    table: string
    from: string
    to: string
  }[]
  const insert = db.prepare(
    `insert into "${table}" (${columns.map(({ name }) => `"${name}"`).join(', ')})
     values (${columns.map(() => '?').join(', ')})`,
  )
  for (let row = 0; row < rows; row++) {
    insert.run(
      columns.map(({ name, type }) => {
        const reference = references.find(({ from }) => from === name)
        if (reference) {
          return db
            .prepare(`select "${reference.to}" from "${reference.table}" limit 1 offset ?`)
            .pluck()
            .get(row)
        }
        return type.toLowerCase() === 'text' ? JSON.stringify(`${table} ${name} ${row}`) : row + 1
      }),
    )
  }
}
