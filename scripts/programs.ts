import { access, constants } from 'node:fs/promises'
import { delimiter, join } from 'node:path'

/** A program that npm does not bring, and the line that installs it on Debian. */
export interface Program {
  name: string
  install: string
}

export const redisServer: Program = { name: 'redis-server', install: 'apt-get install -y redis-server' }
export const chromium: Program = { name: 'chromium', install: 'apt-get install -y chromium' }

/** Those of `programs` that stand nowhere on PATH. */
export async function missing(programs: readonly Program[]): Promise<Program[]> {
  const found = await Promise.all(programs.map(({ name }) => onPath(name)))
  return programs.filter((_, index) => !found[index])
}

async function onPath(name: string): Promise<boolean> {
  const folders = (process.env.PATH ?? '').split(delimiter)
  const tries = await Promise.allSettled(folders.map(folder => access(join(folder, name), constants.X_OK)))
  return tries.some(({ status }) => status === 'fulfilled')
}
