import { existsSync } from 'node:fs'
import type Database from 'better-sqlite3'
import { drizzle } from 'drizzle-orm/better-sqlite3'
import { openForReading } from './connection.ts'
import { type ChainReport, eventVerification } from './event-verify.ts'
import { checkMigrated } from './migrate.ts'

export interface VerifyReport {
  /** Sentences about what is wrong; none when the database is sound. */
  problems: string[]
  /** The trail, when the database could be read that far. */
  events: ChainReport | null
}

/** Checks a database file, also while the bot runs on it: its pages, its references, its version, its trail. */
export async function verifyDatabase(file: string): Promise<VerifyReport> {
  if (!existsSync(file)) return { problems: [`There is no file ${file}.`], events: null }
  let db: Database.Database | undefined
  try {
    db = openForReading(file)
    return await examine(db)
  } catch (error) {
    return { problems: [`The file cannot be read as a database: ${(error as Error).message}.`], events: null }
  } finally {
    db?.close()
  }
}

async function examine(db: Database.Database): Promise<VerifyReport> {
  const pages = db.pragma('integrity_check') as { integrity_check: string }[]
  const damage = pages.map(row => row.integrity_check).filter(line => line !== 'ok')
  if (damage.length > 0) return { problems: [`The file is damaged: ${damage[0]}.`], events: null }
  const version = checkMigrated(db)
  if (version.length > 0) return { problems: version, events: null }
  const orphans = db.pragma('foreign_key_check') as { table: string }[]
  const problems = orphans.length > 0 ? [`${orphans.length} rows point to rows that are not there.`] : []
  const events = await eventVerification({ raw: db, orm: drizzle(db) }).verify()
  if (!events.ok) problems.push(`The trail is broken at event ${events.brokenAt}: ${events.reason}.`)
  return { problems, events }
}
