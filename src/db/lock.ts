import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { TocsinError } from '../errors.ts'

/** Holds the data folder for one process. */
export interface DataLock {
  release(): void
}

/**
 * Takes the data folder, creating it when it is missing.
 *
 * The lock is the operating system's on a small file, held by an exclusive SQLite transaction: it ends with the
 * process however that dies. The folder must be on a local disk; network file systems do not keep such locks.
 *
 * @throws TocsinError `data_in_use` while another bot, or a restore, holds it.
 */
export function lockData(dataDir: string): DataLock {
  mkdirSync(dataDir, { recursive: true, mode: 0o700 })
  const db = new Database(join(dataDir, 'tocsin.lock'), { timeout: 0 })
  try {
    db.exec('begin exclusive')
  } catch (error) {
    db.close()
    if ((error as { code?: string }).code === 'SQLITE_BUSY') {
      throw new TocsinError('data_in_use', { details: { dataDir }, cause: error })
    }
    throw error
  }
  return { release: () => void db.close() }
}
