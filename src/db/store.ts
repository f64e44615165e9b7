import { existsSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type Database from 'better-sqlite3'
import type { Clock, Ids, Log } from '../ports.ts'
import { backupDatabase, backupPath, databasePath, noteRestore } from './backup.ts'
import { connect, openForReading, openForWriting, type Touched } from './connection.ts'
import { asStoreError } from './errors.ts'
import { type DataLock, lockData } from './lock.ts'
import { checkMigrated, MigrationError, migrate } from './migrate.ts'
import { createRepos, type Repos } from './repos.ts'
import { Writer } from './writer.ts'

export type { Repos, Touched }

export interface Store {
  /** Reads committed rows on a connection of its own that cannot write. */
  readonly read: Repos
  /**
   * Runs `fn` in one transaction, on disk when the returned promise resolves, rolled back when `fn` rejects. Writers
   * queue and go one at a time, in the order of asking.
   *
   * `fn` must await nothing but the repositories it is given: every other writer waits for it, and nothing can tell
   * that it dawdles. They end with the transaction. An operation that runs inside another is handed them; asking
   * for a transaction inside a transaction is an error.
   *
   * @throws TocsinError `not_stored` when the disk is full or the store refuses to write; nothing was recorded, and
   *   the next call tries anew.
   */
  write<T>(fn: (repos: Repos) => Promise<T>): Promise<T>
  /** Calls `listener` after each COMMIT that touched one of these; returns what ends it. */
  onCommit(listener: (changed: Touched) => void): () => void
  /**
   * Carries the write-ahead log over into the database and empties it, so that nothing erased lives on in it. Waits
   * for the writers in the queue; call it outside a transaction, or without awaiting it. Harmless when closed.
   */
  scrub(): Promise<void>
  /** Waits for the writers in the queue, then closes the files and gives the data folder free. */
  close(): Promise<void>
  /** The database file. */
  readonly path: string
}

export interface StoreOptions {
  dataDir: string
  clock: Clock
  ids: Ids
  log: Log
  /** Folder of migrations; left out: those of this version. */
  migrations?: string
}

/**
 * Opens the store of a data folder: takes the folder, opens or creates the database, backs up and migrates it.
 *
 * @throws TocsinError `data_in_use` when another bot runs on the folder.
 * @throws MigrationError when the database does not fit this version.
 */
export async function openStore(options: StoreOptions): Promise<Store> {
  const { dataDir, log, clock } = options
  const lock = lockData(dataDir)
  let db: Database.Database | undefined
  try {
    mkdirSync(join(dataDir, 'backups'), { recursive: true, mode: 0o700 })
    const path = databasePath(dataDir)
    db = openForWriting(path)
    await migrate(db, {
      clock,
      log,
      dir: options.migrations,
      backup: async before => {
        await backupDatabase(path, backupPath(dataDir, clock.now(), `before-${before}`))
      },
    })
    const store = new SqliteStore(db, lock, options)
    await noteRestore(store, clock)
    return store
  } catch (error) {
    db?.close()
    lock.release()
    throw asStoreError(error)
  }
}

/** Repositories on a read-only connection to a store that another thread or process has open. */
export function openReader(options: Pick<StoreOptions, 'dataDir' | 'clock' | 'ids'>): {
  read: Repos
  close(): void
} {
  const raw = openForReading(databasePath(options.dataDir))
  return { read: createRepos(connect(raw, options)), close: () => void raw.close() }
}

/**
 * Opens the store of a data folder beside a bot that may run on it, for an operator's short writes. Takes no lock and
 * migrates nothing.
 *
 * @throws MigrationError when the database is missing or not of this version.
 */
export function openBeside(options: StoreOptions): Store {
  const path = databasePath(options.dataDir)
  if (!existsSync(path))
    throw new MigrationError(`There is no database at ${path}. Check the data folder (DATA_DIR).`)
  const db = openForWriting(path)
  const problems = checkMigrated(db, options.migrations)
  if (problems.length === 0) return new SqliteStore(db, { release() {} }, options)
  db.close()
  throw new MigrationError(problems.join(' '))
}

/** The store on SQLite. `database` is the writing connection, for maintenance. */
export class SqliteStore implements Store {
  readonly read: Repos
  readonly path: string
  readonly database: Database.Database
  readonly #reading: Database.Database
  readonly #writer: Writer
  readonly #lock: DataLock
  readonly #log: Log
  readonly #listeners = new Set<(changed: Touched) => void>()
  #closed = false

  constructor(database: Database.Database, lock: DataLock, options: StoreOptions) {
    this.path = database.name
    this.database = database
    this.#writer = new Writer(connect(database, options), options.log, touched => this.#tell(touched))
    this.#reading = openForReading(database.name)
    this.read = createRepos(connect(this.#reading, options))
    this.#lock = lock
    this.#log = options.log
  }

  write<T>(fn: (repos: Repos) => Promise<T>): Promise<T> {
    return this.#closed ? Promise.reject(new Error('the store is closed')) : this.#writer.write(fn)
  }

  onCommit(listener: (changed: Touched) => void): () => void {
    this.#listeners.add(listener)
    return () => void this.#listeners.delete(listener)
  }

  async scrub(): Promise<void> {
    await this.#writer.idle()
    if (!this.#closed) this.database.pragma('wal_checkpoint(TRUNCATE)')
  }

  async close(): Promise<void> {
    if (this.#closed) return
    this.#closed = true
    await this.#writer.idle()
    this.#reading.close()
    this.database.close()
    this.#lock.release()
  }

  #tell(touched: Touched): void {
    if (!touched.outbox && !touched.timers && !touched.inbox) return
    for (const listener of this.#listeners) {
      try {
        listener(touched)
      } catch (error) {
        this.#log.error({ err: error }, 'a listener of the store failed')
      }
    }
  }
}
