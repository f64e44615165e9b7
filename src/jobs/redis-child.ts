import { type ChildProcess, spawn } from 'node:child_process'
import { rm } from 'node:fs/promises'
import net from 'node:net'
import path from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import type { Log } from '../ports.ts'

export interface SupervisorOptions {
  program: string
  /** Ties the child's life to ours, so that a killed bot leaves no server behind; absent outside Linux. */
  setpriv: string | undefined
  folder: string
  socket: string
  log: Log
}

export interface Supervisor {
  /** Resolves when the server answers, or after ten seconds without an answer, going on in the background. */
  start(): Promise<void>
  stop(): Promise<void>
  pid(): number | undefined
}

const FIRST_RESTART_MS = 50
const SLOWEST_RESTART_MS = 10_000
const READY_MS = 10_000
const STABLE_MS = 30_000
/** So many failures in a row mean that the files, not the moment, are at fault. */
const FAILURES_UNTIL_FRESH = 3

/**
 * Keeps one private redis-server alive on a folder: adopts one that lives there still, else starts one, and starts
 * another when it goes. Its files hold nothing that the store does not, so damaged ones are discarded.
 */
export function createSupervisor(options: SupervisorOptions): Supervisor {
  const { program, setpriv, folder, socket, log } = options
  let child: ChildProcess | undefined
  let watch: net.Socket | undefined
  let stopping = false
  let failures = 0
  let round: Promise<void> | undefined
  const cancel = new AbortController()

  /** One life of a server: resolves when it has answered; what follows its end is arranged here. */
  async function begin(): Promise<void> {
    const startedAt = performance.now()
    if ((await ping(socket)) === 'none') launch()
    const answered = await ready()
    if (stopping) return
    if (!answered) {
      log.error({ socket }, 'the private redis-server does not answer')
      endChild('SIGKILL')
      return again(startedAt)
    }
    watch = net.connect(socket)
    watch.on('error', () => {})
    watch.on('close', () => again(startedAt))
    watch.unref()
  }

  function launch(): void {
    const settings = [
      ['--port', '0'],
      ['--unixsocket', socket],
      ['--unixsocketperm', '700'],
      ['--dir', folder],
      ['--appendonly', 'yes'],
      ['--appendfsync', 'everysec'],
      ['--save', ''],
      ['--maxmemory-policy', 'noeviction'],
      ['--hz', '100'],
      ['--loglevel', 'warning'],
      ['--logfile', path.join(folder, 'redis.log')],
    ].flat()
    const [command, args] = setpriv
      ? [setpriv, ['--pdeathsig', 'TERM', program, ...settings]]
      : [program, settings]
    const started = spawn(command, args, { cwd: folder, stdio: 'ignore' })
    started.on('error', error => log.error({ reason: error.message }, 'redis-server could not be started'))
    started.on('exit', () => {
      if (child === started) child = undefined
    })
    child = started
  }

  async function ready(): Promise<boolean> {
    const deadline = performance.now() + READY_MS
    while (performance.now() < deadline && !stopping) {
      const answer = await ping(socket)
      if (answer === 'pong') return true
      if (answer === 'none' && !child) return false
      await pause(5)
    }
    return false
  }

  function again(startedAt: number): void {
    watch = undefined
    if (stopping) return
    failures = performance.now() - startedAt > STABLE_MS ? 0 : failures + 1
    const wait = Math.min(FIRST_RESTART_MS * 2 ** Math.min(failures, 10), SLOWEST_RESTART_MS)
    log.warn({ failures, wait }, 'the private redis-server is gone; starting another')
    round = restart(wait).catch(error => log.error({ reason: String(error) }, 'redis-server restart failed'))
  }

  async function restart(wait: number): Promise<void> {
    try {
      await pause(wait, undefined, { signal: cancel.signal, ref: false })
    } catch {
      return
    }
    if (failures >= FAILURES_UNTIL_FRESH && (await ping(socket)) === 'none') {
      await rm(path.join(folder, 'appendonlydir'), { recursive: true, force: true })
    }
    if (!stopping) await begin()
  }

  function endChild(signal: NodeJS.Signals): void {
    child?.kill(signal)
  }

  async function stop(): Promise<void> {
    if (stopping) return
    stopping = true
    cancel.abort()
    watch?.destroy()
    await round
    if (child) {
      const ended = new Promise<void>(resolve => child?.once('exit', () => resolve()))
      endChild('SIGTERM')
      const forced = setTimeout(() => endChild('SIGKILL'), 3000)
      await ended
      clearTimeout(forced)
    } else {
      await say(socket, 'SHUTDOWN\r\n')
    }
    await rm(socket, { force: true })
  }

  return { start: begin, stop, pid: () => child?.pid }
}

/** What stands behind the socket: a server that answers, one that is still reading its files, or nothing. */
async function ping(socket: string): Promise<'pong' | 'loading' | 'none'> {
  const answer = await say(socket, 'PING\r\n')
  if (answer === undefined) return 'none'
  return answer.startsWith('+PONG') ? 'pong' : 'loading'
}

/** Sends one inline command; resolves with the first bytes of the answer, '' without one, undefined when nobody is there. */
function say(socket: string, command: string): Promise<string | undefined> {
  return new Promise(resolve => {
    const connection = net.connect(socket)
    const done = (answer?: string) => {
      connection.destroy()
      resolve(answer)
    }
    let connected = false
    connection.setTimeout(1000, () => done(connected ? '' : undefined))
    connection.on('connect', () => {
      connected = true
      connection.write(command)
    })
    connection.on('data', data => done(data.toString('latin1')))
    connection.on('error', () => done())
    connection.on('close', () => done())
  })
}
