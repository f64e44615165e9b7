import { existsSync, mkdirSync, readdirSync, rmSync, statSync } from 'node:fs'
import { open } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'

/** Folders beside the database whose files are kept for a time only. */
export type KeptFolder = 'backups' | 'exports'

/** Files of a folder of the data folder last written before `t` (epoch ms), with their whole path. */
export function filesBefore(databaseFile: string, folder: KeptFolder, t: number): string[] {
  const path = join(dirname(databaseFile), folder)
  if (!existsSync(path)) return []
  return readdirSync(path, { withFileTypes: true })
    .filter(entry => entry.isFile())
    .map(entry => join(path, entry.name))
    .filter(file => statSync(file).mtimeMs < t)
    .sort()
}

/** Removes files; one that is gone already is no matter. */
export function removeFiles(files: readonly string[]): void {
  for (const file of files) rmSync(file, { force: true })
}

/** `exports/<UTC time>-<holder>-<chance>.jsonl` beside the database. */
export function exportPath(databaseFile: string, now: number, holder: string, chance: string): string {
  const time = new Date(now).toISOString().replaceAll(/[-:]|\.\d+/g, '')
  return join(dirname(databaseFile), 'exports', `${time}-${holder}-${chance}.jsonl`)
}

/**
 * Writes a new file that only its owner can read. Nothing is left of it where writing fails.
 *
 * @throws the system's `EEXIST` where a file of this name is there already.
 */
export async function writePrivately(file: string, text: () => AsyncIterable<string>): Promise<void> {
  mkdirSync(dirname(resolve(file)), { recursive: true, mode: 0o700 })
  const handle = await open(file, 'wx', 0o600)
  try {
    for await (const part of text()) await handle.appendFile(part)
    await handle.sync()
    await handle.close()
  } catch (error) {
    await handle.close()
    rmSync(file, { force: true })
    throw error
  }
}
