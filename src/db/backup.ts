import { chmodSync, copyFileSync, existsSync, mkdirSync, renameSync, rmSync } from 'node:fs'
import { open } from 'node:fs/promises'
import { basename, dirname, join, resolve } from 'node:path'
import Database from 'better-sqlite3'
import type { Clock } from '../ports.ts'
import { openForReading } from './connection.ts'
import { lockData } from './lock.ts'
import type { Repos } from './repos.ts'
import { type VerifyReport, verifyDatabase } from './verify.ts'

/** A backup or a restore that was refused; the message says why and what to do. */
export class BackupError extends Error {
  override readonly name = 'BackupError'
}

const pagesPerStep = 2_000
const restoredKey = 'store.restored'

export function databasePath(dataDir: string): string {
  return resolve(dataDir, 'tocsin.db')
}

/** `backups/<UTC time>-<why>.db` in the data folder. */
export function backupPath(dataDir: string, now: number, why: string): string {
  const time = new Date(now).toISOString().replaceAll(/[-:]|\.\d+/g, '')
  return join(resolve(dataDir), 'backups', `${time}-${why}.db`)
}

/**
 * Copies a database while others write to it, and checks the copy before it gets its name. The copy is one file.
 *
 * The reading connection keeps one snapshot open from the first page to the last; without it SQLite begins anew
 * whenever another process writes.
 *
 * @throws BackupError when the source is missing, the target exists or the copy is unsound.
 */
export async function backupDatabase(source: string, target: string): Promise<VerifyReport> {
  if (!existsSync(source))
    throw new BackupError(`There is no database at ${source}. Check the data folder (DATA_DIR).`)
  if (existsSync(target)) throw new BackupError(`${target} exists already. Name another file.`)
  mkdirSync(dirname(resolve(target)), { recursive: true, mode: 0o700 })
  const partial = `${target}.partial`
  rmSync(partial, { force: true })
  const db = openForReading(source)
  try {
    db.exec('begin')
    db.prepare('select count(*) from sqlite_master').get()
    await db.backup(partial, { progress: () => pagesPerStep })
  } finally {
    db.close()
  }
  try {
    makeSingleFile(partial)
    const report = await verifyDatabase(partial)
    if (report.problems.length > 0) {
      throw new BackupError(`The copy is not sound, so it was not kept: ${report.problems.join(' ')}`)
    }
    await flush(partial)
    renameSync(partial, target)
    await flush(dirname(resolve(target)))
    return report
  } finally {
    removeFiles(partial)
  }
}

/**
 * Puts a backup in the place of the store's database. What was there is copied to `backups/` first, even when it is
 * damaged.
 *
 * @returns where the replaced database was copied to; null when there was none.
 * @throws TocsinError `data_in_use` while the bot runs.
 * @throws BackupError when the file is missing or unsound; nothing was changed.
 */
export async function restoreDatabase(
  dataDir: string,
  file: string,
  clock: Clock,
): Promise<{ replaced: string | null }> {
  if (!existsSync(file)) throw new BackupError(`There is no file ${file}.`)
  const lock = lockData(dataDir)
  const path = databasePath(dataDir)
  const incoming = `${path}.restoring`
  try {
    removeFiles(incoming)
    copyFileSync(file, incoming)
    chmodSync(incoming, 0o600)
    const { problems } = await verifyDatabase(incoming)
    if (problems.length > 0) throw new BackupError(`${file} cannot be restored: ${problems.join(' ')}`)
    leaveNote(incoming, { file: basename(file), at: clock.now() })
    await flush(incoming)
    const replaced = existsSync(path)
      ? await setAside(path, backupPath(dataDir, clock.now(), 'before-restore'))
      : null
    rmSync(`${path}-wal`, { force: true })
    rmSync(`${path}-shm`, { force: true })
    renameSync(incoming, path)
    await flush(dirname(path))
    return { replaced }
  } finally {
    removeFiles(incoming)
    lock.release()
  }
}

/**
 * After a restore, at the first opening: the trail says that it happened, and whatever waits to be said is looked
 * for in Slack first, since it may have been said after the backup was made.
 */
export async function noteRestore(
  store: { read: Repos; write(fn: (repos: Repos) => Promise<void>): Promise<void> },
  clock: Clock,
): Promise<void> {
  const note = await store.read.meta.get(restoredKey)
  if (note === null) return
  const { file, at } = JSON.parse(note) as { file: string; at: number }
  await store.write(async ({ events, outbox, meta }) => {
    const waiting = await outbox.distrust()
    await events.append({
      at,
      recordedAt: clock.now(),
      actor: 'system',
      kind: 'store_restored',
      recordKind: 'store',
      recordId: file,
      data: { waiting },
    })
    await meta.remove(restoredKey)
  })
}

function leaveNote(file: string, note: { file: string; at: number }): void {
  const db = new Database(file)
  try {
    db.pragma('journal_mode = DELETE')
    db.prepare('insert or replace into meta (key, value) values (?, ?)').run(
      restoredKey,
      JSON.stringify(note),
    )
  } finally {
    db.close()
  }
}

async function setAside(path: string, target: string): Promise<string> {
  try {
    await backupDatabase(path, target)
  } catch {
    mkdirSync(dirname(target), { recursive: true, mode: 0o700 })
    for (const part of ['', '-wal']) {
      if (existsSync(path + part)) copyFileSync(path + part, target + part)
    }
  }
  return target
}

/** Out of WAL mode, so that nothing beside the file belongs to it. */
function makeSingleFile(file: string): void {
  chmodSync(file, 0o600)
  const db = new Database(file)
  try {
    db.pragma('journal_mode = DELETE')
  } finally {
    db.close()
  }
}

async function flush(path: string): Promise<void> {
  const handle = await open(path)
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}

function removeFiles(file: string): void {
  for (const part of ['', '-wal', '-shm', '-journal']) rmSync(file + part, { force: true })
}
