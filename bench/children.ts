import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { now } from './figures.ts'
import { BOT_TOKEN, SIGNING_SECRET } from './requests.ts'

/** A program of the bench in a process of its own. */
export interface Child {
  url: string
  pid: number
  /** Milliseconds from its start until it said where it listens. */
  readyMs: number
  /** Memory it holds in MiB, without children of its own. */
  memory(): number
  /** Ends it and waits for its end. */
  stop(): Promise<void>
}

const START_PATIENCE_MS = 30_000
const here = (file: string) => fileURLToPath(new URL(file, import.meta.url))

export const startStandIn = (): Promise<Child> => start(here('stand-in.ts'), {})

export const startBare = (slackApiUrl: string): Promise<Child> =>
  start(here('bare.ts'), { SLACK_API_URL: slackApiUrl })

/** The bot as `npm start` starts it, over HTTP, with a Redis of its own. */
export function startBot(slackApiUrl: string, dataDir: string): Promise<Child> {
  const { scripts } = JSON.parse(readFileSync(here('../package.json'), 'utf8'))
  const [, ...nodeOptions] = scripts.start.split(' ').slice(0, -1)
  const env = {
    SLACK_API_URL: slackApiUrl,
    SLACK_BOT_TOKEN: BOT_TOKEN,
    SLACK_SIGNING_SECRET: SIGNING_SECRET,
    SLACK_APP_TOKEN: '',
    REDIS_URL: '',
    HEARTBEAT_URL: '',
    PORT: '0',
    MISSION: here('../missions/ombara.yaml'),
    DATA_DIR: dataDir,
    LOG_LEVEL: 'info',
  }
  return start(here('../src/main.ts'), env, nodeOptions)
}

const running = new Set<ChildProcess>()
process.on('exit', () => {
  for (const child of running) child.kill('SIGKILL')
})

/** Starts a program; ready when a line of its output is JSON with a `url`. */
async function start(file: string, env: NodeJS.ProcessEnv, nodeOptions: string[] = []): Promise<Child> {
  const begun = now()
  const child = spawn(process.execPath, [...nodeOptions, file], {
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  running.add(child)
  child.once('exit', () => running.delete(child))
  const { url, readyMs } = await firstAddress(child, file, begun)
  return {
    url,
    readyMs,
    memory: () => Number(execFileSync('ps', ['-o', 'rss=', '-p', String(child.pid)]).toString()) / 1024,
    pid: child.pid ?? 0,
    async stop() {
      if (child.exitCode !== null || child.signalCode !== null) return
      const ended = once(child, 'exit')
      child.kill('SIGTERM')
      await ended
    },
  }
}

function firstAddress(
  child: ChildProcess,
  file: string,
  begun: number,
): Promise<{ url: string; readyMs: number }> {
  return new Promise((resolve, reject) => {
    const enough = setTimeout(() => {
      child.kill('SIGKILL')
      reject(new Error(`${file} was not ready in ${START_PATIENCE_MS} ms`))
    }, START_PATIENCE_MS)
    child.once('exit', code => {
      clearTimeout(enough)
      reject(new Error(`${file} ended with exit code ${code}`))
    })
    createInterface({ input: child.stdout! }).on('line', line => {
      const said = addressIn(line)
      if (said === undefined) return
      clearTimeout(enough)
      resolve({ url: said, readyMs: now() - begun })
    })
  })
}

/** The address in a line of a program; what else the bot warns of is passed on. */
function addressIn(line: string): string | undefined {
  const { url, level, msg } = JSON.parse(line) as { url?: string; level?: number; msg?: string }
  if (url === undefined && (level ?? 0) >= 40) console.error(`  the bot says: ${msg} ${line}`)
  return url
}
