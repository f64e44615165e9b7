import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { cpus, loadavg, release, totalmem, type } from 'node:os'

/** What the figures were measured on, one line each. */
export function machine(dataDir: string): string[] {
  const cores = cpus()
  return [
    `${cores[0]?.model.trim() ?? 'unknown processor'}, ${cores.length} cores, ${(totalmem() / 2 ** 30).toFixed(1)} GiB`,
    `${type()} ${release()}, data on ${disk(dataDir)}`,
    `Node ${process.versions.node}, ${redis()}`,
    `load average before the run: ${loadavg()
      .map(load => load.toFixed(2))
      .join(' ')}`,
  ]
}

function redis(): string {
  return (
    attempt(() => /v=(\S+)/.exec(run('redis-server', '--version'))?.[1])?.replace(/^/, 'Redis ') ??
    'Redis of an unknown version'
  )
}

/** The kind of disk below a folder, as far as the system tells. */
function disk(folder: string): string {
  const [source = '', kind = ''] = attempt(
    () => run('df', '--output=source,fstype', folder).split('\n')[1],
  )?.split(/\s+/) ?? ['an unknown disk']
  const device = source.replace('/dev/', '').replace(/p?\d+$/, '')
  const spins = attempt(() => readFileSync(`/sys/block/${device}/queue/rotational`, 'utf8').trim())
  const words = { '0': 'not rotating', '1': 'rotating' } as Record<string, string>
  return [source, kind, words[spins ?? '']].filter(Boolean).join(' ')
}

const run = (program: string, ...args: string[]) => execFileSync(program, args).toString()

function attempt<T>(look: () => T): T | undefined {
  try {
    return look()
  } catch {
    return undefined
  }
}
