import { existsSync, readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { parseEnv } from 'node:util'

export type Environment = Readonly<Record<string, string | undefined>>

/**
 * The process's environment, with what it lacks taken from the file `.env` in `cwd`, if there is one. Imports no
 * package: it names the folder in which compiled code is kept, so all that is imported before it is compiled anew at
 * every start.
 */
export function readEnvironment(processEnv: Environment, { cwd }: { cwd: string }): Environment {
  const path = resolve(cwd, '.env')
  return existsSync(path) ? { ...parseEnv(readFileSync(path, 'utf8')), ...processEnv } : processEnv
}
