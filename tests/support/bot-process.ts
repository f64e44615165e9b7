import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { copyFileSync, readFileSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { join, resolve } from 'node:path'
import { createInterface } from 'node:readline'
import { onTestFailed, onTestFinished } from 'vitest'
import { type Rehearsal, rehearse } from '../../rehearsal/driver/index.ts'
import { manifest } from './bot.ts'
import { temporaryFolder } from './store.ts'

/** A workspace and a data folder that outlive the bots started on them, in real time. */
export interface Ground {
  slack: Rehearsal
  dataDir: string
  /** Starts the bot as an administrator does, as a process of its own, and waits until it is ready. */
  start(env?: Record<string, string>): Promise<BotProcess>
}

export interface BotProcess {
  pid: number
  /** Ends it at once, as the system does when memory runs out: nothing is finished, nothing said. */
  kill(): Promise<void>
}

/** A workspace with the mission of the rehearsal, or one whose alerts climb after so many seconds. */
export async function openGround(
  options: { connection?: 'http' | 'socket'; climbs?: boolean } = {},
): Promise<Ground> {
  const { connection = 'socket', climbs = false } = options
  const slack = await rehearse({ manifest, limits: 'off', deadlineMs: 30_000 })
  onTestFinished(() => slack.stop())
  const dataDir = temporaryFolder()
  const mission = climbs ? quickMission() : resolve('missions/ombara.yaml')
  const { SLACK_APP_TOKEN, ...secrets } = slack.env
  const lines: string[] = []
  onTestFailed(() => console.error(lines.join('\n')))

  return {
    slack,
    dataDir,
    async start(env = {}) {
      const port = await freePort()
      const child = spawn(resolve('node_modules/.bin/node'), [resolve('src/main.ts')], {
        env: {
          PATH: process.env.PATH,
          ...secrets,
          ...(connection === 'socket' ? { SLACK_APP_TOKEN } : {}),
          PORT: String(port),
          DATA_DIR: dataDir,
          MISSION: mission,
          LOG_LEVEL: 'info',
          ...env,
        },
        stdio: ['ignore', 'pipe', 'pipe'],
      })
      const gone = once(child, 'exit')
      const end = async () => {
        child.kill('SIGKILL')
        await gone
      }
      onTestFinished(end)
      await ready(child, lines)
      if (connection === 'http') slack.workspace.setAppUrl(`http://127.0.0.1:${port}/slack/events`)
      await slack.workspace.waitForApp(connection)
      return {
        pid: child.pid!,
        async kill() {
          await end()
          if (connection === 'http') slack.workspace.setAppUrl(undefined)
          await slack.workspace.waitForApp('none')
        },
      }
    },
  }
}

/** Resolves when the bot has logged that it takes requests; rejects when it ended before. */
function ready(child: ChildProcess, lines: string[]): Promise<void> {
  return new Promise((done, failed) => {
    child.once('exit', code => failed(new Error(`the bot ended with ${code} before it was ready`)))
    for (const stream of [child.stdout, child.stderr]) {
      createInterface({ input: stream! }).on('line', line => {
        lines.push(line)
        if (line.includes('"ready"')) done()
      })
    }
  })
}

/** The mission of the rehearsal with an imminent alert climbing every second. */
function quickMission(): string {
  const folder = temporaryFolder()
  copyFileSync('missions/ombara-places.csv', join(folder, 'ombara-places.csv'))
  const file = join(folder, 'mission.yaml')
  const text = readFileSync('missions/ombara.yaml', 'utf8')
  const quick = 'imminent: { acknowledge: 1s, decide: 1h, on_site: 2h, close: 1d, climb: 1s }'
  writeFileSync(file, text.replace(/imminent: \{[^}]*\}/g, quick))
  return file
}

export async function freePort(): Promise<number> {
  const probe = createServer()
  probe.listen(0, '127.0.0.1')
  await once(probe, 'listening')
  const { port } = probe.address() as { port: number }
  probe.close()
  await once(probe, 'close')
  return port
}

export interface RedisProcess {
  kill(): Promise<void>
}

/** A Redis of the test's own on this port, ready for connections. */
export async function startRedis(port: number, folder: string): Promise<RedisProcess> {
  const settings = ['--port', String(port), '--bind', '127.0.0.1', '--dir', folder]
  const child = spawn('redis-server', [...settings, '--save', '', '--maxmemory-policy', 'noeviction'], {
    stdio: ['ignore', 'pipe', 'ignore'],
  })
  const gone = once(child, 'exit')
  const kill = async () => {
    child.kill('SIGKILL')
    await gone
  }
  onTestFinished(kill)
  await new Promise<void>((done, failed) => {
    child.once('exit', () => failed(new Error('redis-server ended')))
    createInterface({ input: child.stdout! }).on('line', line => {
      if (line.includes('Ready to accept connections')) done()
    })
  })
  return { kill }
}

/** Process ids of the Redis that a bot has started for itself. */
export function redisOf(bot: BotProcess): number[] {
  const listed = execFileSync('ps', ['-o', 'pid=,comm=', '--ppid', String(bot.pid)], { encoding: 'utf8' })
  return listed
    .split('\n')
    .filter(line => line.includes('redis-server'))
    .map(line => Number.parseInt(line, 10))
}
