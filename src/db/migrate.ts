import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type Database from 'better-sqlite3'
import type { Clock, Log } from '../ports.ts'
import { createDerived, dropDerived, missingDerived } from './derived.ts'

/** The migrations of this version of the bot. */
export const migrationsDir = join(import.meta.dirname, '../../migrations')

/** The database and this version of the bot do not fit, or a migration left the database unsound: nothing changed. */
export class MigrationError extends Error {
  override readonly name = 'MigrationError'
}

interface Migration {
  name: string
  sql: string
  checksum: string
}

export interface MigrateOptions {
  clock: Clock
  log: Log
  /** Folder of `0000_name.sql` files; left out: the bot's own. */
  dir?: string
  /** Copies a database that holds something before it is changed; told the name of the first new migration. */
  backup: (before: string) => Promise<void>
}

/**
 * Brings a database up to this version: backs it up, switches foreign keys off outside the transaction (inside one
 * the pragma has no effect, and rebuilding a table would take its children along), applies what is new in one
 * transaction, checks foreign keys and makes triggers and full-text tables anew. Either all of it holds or nothing.
 *
 * @returns the names of the migrations applied.
 * @throws MigrationError when the database is newer, a migration was edited after it was applied, or the result is
 *   unsound.
 */
export async function migrate(db: Database.Database, options: MigrateOptions): Promise<string[]> {
  const known = readMigrations(options.dir ?? migrationsDir)
  const applied = readJournal(db)
  if (applied.length === 0 && holdsTables(db)) {
    throw new MigrationError('This is not a Tocsin database: it has tables, but no list of migrations.')
  }
  checkJournal(known, applied)
  const pending = known.slice(applied.length)
  const first = pending[0]
  if (first === undefined && missingDerived(db).length === 0) return []
  if (first !== undefined && applied.length > 0) await options.backup(first.name)

  db.pragma('foreign_keys = OFF')
  try {
    db.transaction(() => apply(db, pending, options.clock.now())).exclusive()
  } finally {
    db.pragma('foreign_keys = ON')
  }
  const names = pending.map(({ name }) => name)
  options.log.info({ migrations: names }, 'the database is up to date')
  return names
}

/**
 * Checks that a database is one of this version's: every migration applied, triggers and full-text tables in place.
 *
 * @returns sentences about what is wrong; none when all is well.
 */
export function checkMigrated(db: Database.Database, dir = migrationsDir): string[] {
  const known = readMigrations(dir)
  const applied = readJournal(db)
  if (applied.length === 0) return ['This is not a Tocsin database: it has no list of migrations.']
  try {
    checkJournal(known, applied)
  } catch (error) {
    return [(error as Error).message]
  }
  const missing = missingDerived(db)
  if (applied.length < known.length || missing.length === 0) return []
  return [
    `Triggers or full-text tables are missing or altered: ${missing.join(', ')}. Starting the bot restores them.`,
  ]
}

function apply(db: Database.Database, pending: readonly Migration[], now: number): void {
  dropDerived(db)
  db.exec(
    'create table if not exists migrations (name text primary key, checksum text not null, applied_at integer not null)',
  )
  const note = db.prepare('insert into migrations (name, checksum, applied_at) values (?, ?, ?)')
  for (const { name, sql, checksum } of pending) {
    db.exec(sql)
    note.run(name, checksum, now)
  }
  const orphans = db.pragma('foreign_key_check') as { table: string; rowid: number; parent: string }[]
  const orphan = orphans[0]
  if (orphan) {
    throw new MigrationError(
      `After migrating, row ${orphan.rowid} of ${orphan.table} points to a row of ${orphan.parent} that is not there ` +
        `(${orphans.length} in all). Nothing was changed. Please report this with the version you came from.`,
    )
  }
  createDerived(db)
  const missing = missingDerived(db)
  if (missing.length > 0)
    throw new MigrationError(`Triggers or full-text tables could not be made: ${missing.join(', ')}.`)
}

function readMigrations(dir: string): Migration[] {
  return readdirSync(dir)
    .filter(file => file.endsWith('.sql'))
    .sort()
    .map(file => {
      const sql = readFileSync(join(dir, file), 'utf8').replaceAll('\r\n', '\n')
      return {
        name: file.slice(0, -'.sql'.length),
        sql,
        checksum: createHash('sha256').update(sql).digest('hex'),
      }
    })
}

function readJournal(db: Database.Database): Omit<Migration, 'sql'>[] {
  const exists = db.prepare(`select 1 from sqlite_master where type = 'table' and name = 'migrations'`).get()
  if (!exists) return []
  return db.prepare<[], Omit<Migration, 'sql'>>('select name, checksum from migrations order by name').all()
}

function holdsTables(db: Database.Database): boolean {
  return db.prepare(`select 1 from sqlite_master where type = 'table'`).get() !== undefined
}

function checkJournal(known: readonly Migration[], applied: readonly Omit<Migration, 'sql'>[]): void {
  for (const [index, { name, checksum }] of applied.entries()) {
    const own = known[index]
    if (own === undefined || (own.name !== name && !known.some(migration => migration.name === name))) {
      throw new MigrationError(
        `The database is newer than this version of Tocsin: it holds the migration ${name}, which is not known here. ` +
          'Install the version that wrote it, or restore a backup made before it (npm run store -- restore <file>).',
      )
    }
    if (own.name !== name) {
      throw new MigrationError(
        `The migration ${own.name} is missing in the database although ${name} was applied.`,
      )
    }
    if (own.checksum !== checksum) {
      throw new MigrationError(
        `The migration ${name} was changed after it was applied to this database. ` +
          'Put the original file back; a change of the schema belongs in a new migration.',
      )
    }
  }
}
