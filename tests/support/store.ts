import { copyFileSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import { databasePath } from '../../src/db/backup.ts'
import { openStore, type SqliteStore } from '../../src/db/store.ts'
import type { Clock, Ids, Log } from '../../src/ports.ts'
import { type MovableClock, movableClock } from './clock.ts'
import { countingIds } from './ids.ts'

export interface TestStore {
  store: SqliteStore
  clock: MovableClock
  ids: Ids
  dataDir: string
}

/** A log that nobody reads. */
export const silentLog: Log = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} }

/** A folder that is gone after the test. */
export function temporaryFolder(prefix = 'tocsin-'): string {
  const folder = mkdtempSync(join(tmpdir(), prefix))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}

/** A fresh store of its own for the running test, closed and removed after it. */
export async function testStore(
  options: { clock?: MovableClock; dataDir?: string } = {},
): Promise<TestStore> {
  const clock = options.clock ?? movableClock()
  const ids = countingIds()
  const dataDir = options.dataDir ?? temporaryFolder()
  copyFileSync(await template(), databasePath(dataDir))
  const store = await reopen({ dataDir, clock, ids })
  return { store, clock, ids, dataDir }
}

/** Opens the store of a folder again, as a restarted bot would; closed after the test. */
export async function reopen(options: { dataDir: string; clock: Clock; ids: Ids }): Promise<SqliteStore> {
  const store = (await openStore({ ...options, log: silentLog })) as SqliteStore
  onTestFinished(() => store.close())
  return store
}

let made: Promise<string> | undefined

/** An empty migrated database, made once per test file and copied for each test. */
function template(): Promise<string> {
  made ??= makeTemplate()
  return made
}

async function makeTemplate(): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'tocsin-template-'))
  process.on('exit', () => rmSync(folder, { recursive: true, force: true }))
  const store = await openStore({
    dataDir: folder,
    clock: movableClock(),
    ids: countingIds(),
    log: silentLog,
  })
  await store.close()
  return databasePath(folder)
}
