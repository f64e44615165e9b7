/** Every operation there is: what takes the context of who acts and can be called by handlers, jobs and the rest. */
import { globSync, readFileSync } from 'node:fs'
import { dirname, relative, resolve } from 'node:path'

const folder = resolve('src/operations')
/** What operations stand on, and no operation itself. */
const foundations = new Set([
  'context.ts',
  'permission.ts',
  'text.ts',
  'code.ts',
  'telling.ts',
  'shared-records.ts',
])
const IMPORTED = /import (?!type)\{([^}]*)\} from '([^']*operations\/[^']+)'/g

/** What adapters import of operations, by file. */
function imported(): Map<string, Set<string>> {
  const found = new Map<string, Set<string>>()
  for (const caller of globSync('src/{handlers,jobs,intake,bot,cli}/**/*.ts'))
    for (const [, names = '', path = ''] of readFileSync(caller, 'utf8').matchAll(IMPORTED)) {
      const file = resolve(dirname(caller), path)
      const known = found.get(file) ?? new Set()
      for (const name of names.split(',')) known.add(name.trim().split(/\s/)[0] ?? '')
      found.set(file, known)
    }
  return found
}

/** The file of each, under its name: all that a noun exports, and what adapters take from deeper. */
export async function exportedOperations(): Promise<Map<string, string>> {
  const taken = imported()
  const nouns = globSync(`${folder}/*.ts`)
  const operations = new Map<string, string>()
  for (const file of new Set([...nouns, ...taken.keys()])) {
    if (foundations.has(relative(folder, file))) continue
    const exported: Record<string, unknown> = await import(file)
    for (const [name, value] of Object.entries(exported)) {
      const counts = nouns.includes(file) || taken.get(file)?.has(name)
      if (counts && typeof value === 'function' && /^[^(]*\(\s*ctx\b/.test(String(value)))
        operations.set(name, relative(folder, file))
    }
  }
  return operations
}
