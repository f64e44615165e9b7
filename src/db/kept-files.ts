import { existsSync, readdirSync, rmSync, statSync } from 'node:fs'
import { dirname, join } from 'node:path'

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
