import { chmodSync } from 'node:fs'
import Database from 'better-sqlite3'
import { type BetterSQLite3Database, drizzle } from 'drizzle-orm/better-sqlite3'
import type { Clock, Ids } from '../ports.ts'
import { type Kept, keepAnswers, keepNothing } from './kept.ts'

/** What a transaction left for others to take up; told to the store's listeners after COMMIT. */
export interface Touched {
  outbox: boolean
  timers: boolean
  inbox: boolean
}

/** One SQLite connection as the repositories see it. */
export interface Connection {
  /** For hand-written prepared statements. */
  raw: Database.Database
  /** The same connection behind drizzle's builders; prepare what is hot. */
  orm: BetterSQLite3Database
  clock: Clock
  ids: Ids
  touched: Touched
  kept: Kept
}

/**
 * Opens a database file for reading and writing, creating it when it is missing.
 *
 * FULL: a committed row survives the loss of power. `secure_delete`: what is erased is overwritten in the file.
 * Checkpoints are what makes one commit in many slow: fewer, larger ones cost less in all.
 * The busy timeout is for the moment a command-line backup or a checkpoint holds the file.
 */
export function openForWriting(file: string): Database.Database {
  const db = new Database(file)
  chmodSync(file, 0o600)
  db.pragma('journal_mode = WAL')
  db.pragma('synchronous = FULL')
  db.pragma('foreign_keys = ON')
  db.pragma('secure_delete = ON')
  db.pragma('wal_autocheckpoint = 4000')
  db.pragma('journal_size_limit = 67108864')
  tune(db)
  return db
}

/** Opens an existing database file that this connection can never change. */
export function openForReading(file: string): Database.Database {
  const db = new Database(file, { readonly: true, fileMustExist: true })
  tune(db)
  return db
}

/** Dresses an open database as a {@link Connection}. */
export function connect(raw: Database.Database, ports: { clock: Clock; ids: Ids }): Connection {
  const touched = { outbox: false, timers: false, inbox: false }
  return { raw, orm: drizzle(raw), ...ports, touched, kept: raw.readonly ? keepNothing : keepAnswers(raw) }
}

function tune(db: Database.Database): void {
  db.pragma('busy_timeout = 5000')
  db.pragma('cache_size = -16384')
  db.pragma('temp_store = MEMORY')
  keepPlans(db)
}

const QUOTED_OR_PLACEHOLDER = /'[^']*'|"[^"]*"|\?/g

/**
 * Writes `+?` for `?` in every statement prepared on this connection. SQLite with STAT4, as it is built here, may
 * plan by the value bound to a bare `?`, and then prepares the statement anew at every run: eight times the work of
 * running it. A plus changes no value, and the planner does not look behind it. Partial indexes need their
 * condition in the text of the query, as before.
 */
function keepPlans(db: Database.Database): void {
  const prepare = db.prepare.bind(db)
  db.prepare = ((source: string) =>
    prepare(
      source.replace(QUOTED_OR_PLACEHOLDER, found => (found === '?' ? '+?' : found)),
    )) as typeof db.prepare
}
