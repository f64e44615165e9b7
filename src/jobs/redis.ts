import { createHash } from 'node:crypto'
import { accessSync, constants } from 'node:fs'
import { chmod, lstat, mkdir } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { Redis, type RedisOptions } from 'ioredis'
import type { Log } from '../ports.ts'
import { createSupervisor } from './redis-child.ts'

/** The Redis the queue runs on: somebody else's by address, or a private child of this process. */
export interface RedisServer {
  kind: 'external' | 'private'
  /** A new connection; it connects by itself and goes on trying. The caller adds an `error` handler and closes it. */
  connect(options: RedisOptions): Redis
  /** Ends the private server cleanly; leaves an external one alone. */
  stop(): Promise<void>
  /** The private server's process, for tests and the health page. */
  pid(): number | undefined
}

/** There is neither an address of a Redis nor a `redis-server` to start: the one problem here that stops the start. */
export class RedisMissingError extends Error {
  readonly key = 'REDIS_URL'
  readonly remedy = 'apt-get install -y redis-server'

  constructor() {
    super(
      'no redis-server was found on PATH and REDIS_URL is not set; install it with: apt-get install -y redis-server',
    )
    this.name = 'RedisMissingError'
  }
}

export interface RedisChoice {
  /** REDIS_URL; undefined or empty: a private server. */
  url?: string | undefined
  dataDir: string
  log: Log
  /** Where to look for programs, as in PATH. */
  searchPath?: string
}

/**
 * Chooses the Redis and, where it is a private one, starts it and waits until it answers. A private server that does
 * not come up is tried again in the background: nothing in Tocsin waits for it.
 *
 * @throws RedisMissingError when there is no address and no `redis-server` on PATH
 */
export async function openRedis(choice: RedisChoice): Promise<RedisServer> {
  const { url, dataDir, log, searchPath = process.env.PATH ?? '' } = choice
  if (url) {
    return {
      kind: 'external',
      connect: options => new Redis(url, options),
      stop: async () => {},
      pid: () => undefined,
    }
  }
  const program = findProgram('redis-server', searchPath)
  if (!program) throw new RedisMissingError()
  const folder = path.join(path.resolve(dataDir), 'redis')
  await mkdir(folder, { recursive: true, mode: 0o700 })
  const socket = await socketPath(folder)
  const supervisor = createSupervisor({
    program,
    setpriv: findProgram('setpriv', searchPath),
    folder,
    socket,
    log,
  })
  await supervisor.start()
  return {
    kind: 'private',
    connect: options => new Redis({ path: socket, ...options }),
    stop: supervisor.stop,
    pid: supervisor.pid,
  }
}

/** The full path of a program on a PATH-like list of folders, or undefined. */
export function findProgram(name: string, searchPath: string): string | undefined {
  for (const folder of searchPath.split(path.delimiter)) {
    if (folder === '') continue
    const candidate = path.join(folder, name)
    try {
      accessSync(candidate, constants.X_OK)
      return candidate
    } catch {
      // not in this folder
    }
  }
  return undefined
}

/** The longest path of a unix socket that every system takes (104 on BSD, 108 on Linux, with the closing zero). */
const SOCKET_PATH_MAX = 103

async function socketPath(folder: string): Promise<string> {
  const near = path.join(folder, 'r.sock')
  if (Buffer.byteLength(near) <= SOCKET_PATH_MAX) return near
  const hash = createHash('sha256').update(folder).digest('hex').slice(0, 16)
  const short = path.join(os.tmpdir(), `tocsin-${hash}`)
  await mkdir(short, { recursive: true, mode: 0o700 })
  const found = await lstat(short)
  if (!found.isDirectory() || (process.getuid && found.uid !== process.getuid())) {
    throw new Error(`${short} belongs to somebody else; set TMPDIR or a shorter DATA_DIR`)
  }
  await chmod(short, 0o700)
  return path.join(short, 'r.sock')
}
