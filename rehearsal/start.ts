import { type ChildProcess, spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { createServer } from 'node:net'
import { constants } from 'node:os'
import { type Gateway, startGateway } from './gateway/index.ts'
import { OMBARA } from './seed.ts'
import { type Manifest, startWorkspace, type Workspace } from './server/index.ts'

const HOST = '127.0.0.1'
const PORTS_TRIED = 50
const POLL_MS = 100

export interface RehearsalOptions {
  manifest: Manifest
  /** The program and arguments that start the bot. */
  bot: [string, ...string[]]
  /** The folder of the built web page. */
  pageDir: string
  /** The port wanted for the page; the next free one where it is taken, any where it is 0. */
  port: number
  connection: 'socket' | 'http'
  /** The bot's environment besides what connects it to the workspace. */
  env: NodeJS.ProcessEnv
  /** Called for each line a person at the terminal should read. */
  say: (line: string) => void
}

/** Numbers of the fictional mission, by which its field rings and writes. */
const NUMBERS = [
  { number: '+999205550901', label: 'Karamba base' },
  { number: '+999205550902', label: 'Mbessa base' },
  { number: '+999205550903', label: 'Tashiro base' },
]

export interface RunningRehearsal {
  workspace: Workspace
  /** Telephones of the field, and of those who are texted. */
  gateway: Gateway
  /** Resolves once the bot answers on its health page, with the page's address; rejects where it ends before. */
  ready: Promise<string>
  /** Resolves with the bot's exit code once it has ended. */
  ended: Promise<number>
  /** Passes a signal on to the bot. */
  signal(name: NodeJS.Signals): void
  /** Ends the bot and the workspace. */
  stop(): Promise<void>
}

/**
 * Starts the local workspace and, as a child, the bot that connects to it.
 * @throws Error where no port near the wanted one is free
 */
export async function startRehearsal(options: RehearsalOptions): Promise<RunningRehearsal> {
  const secrets = {
    signingSecret: 'rehearsal-signing-secret',
    botToken: 'xoxb-rehearsal',
    appToken: 'xapp-rehearsal',
  }
  const botPort = options.env.PORT ?? String(await freePort(0))
  const workspace = await startWorkspace({
    manifest: options.manifest,
    seed: OMBARA,
    port: await freePort(options.port),
    pageDir: options.pageDir,
    ...(options.connection === 'http' ? { appUrl: `http://${HOST}:${botPort}/slack/events` } : {}),
    ...secrets,
  })
  const phone = {
    secret: randomBytes(24).toString('hex'),
    accountSid: 'ACrehearsal',
    authToken: randomBytes(16).toString('hex'),
    from: '+999205550900',
  }
  const gateway = await startGateway({
    ...phone,
    senders: [phone.from],
    numbers: NUMBERS,
    botUrl: `http://${HOST}:${botPort}`,
  })
  const [program, ...args] = options.bot
  const child = spawn(program, args, {
    stdio: ['ignore', 'inherit', 'inherit'],
    env: {
      ...options.env,
      VAULT_KEY: options.env.VAULT_KEY || randomBytes(32).toString('base64'),
      PARTNER_KEY: options.env.PARTNER_KEY || randomBytes(32).toString('base64'),
      PORT: botPort,
      PUBLIC_URL: `http://${HOST}:${botPort}`,
      INTAKE_SECRET: phone.secret,
      TWILIO_ACCOUNT_SID: phone.accountSid,
      TWILIO_AUTH_TOKEN: phone.authToken,
      TWILIO_FROM: phone.from,
      TWILIO_API_URL: gateway.url,
      SLACK_API_URL: workspace.apiUrl,
      SLACK_BOT_TOKEN: secrets.botToken,
      SLACK_SIGNING_SECRET: secrets.signingSecret,
      SLACK_APP_TOKEN: options.connection === 'socket' ? secrets.appToken : '',
    },
  })
  const ended = exitOf(child).then(({ code, words }) => {
    options.say(words)
    return code
  })
  const ready = healthy(`http://${HOST}:${botPort}/health`, ended).then(() => workspace.url)
  ready.catch(() => {})
  return {
    workspace,
    gateway,
    ready,
    ended,
    signal: name => {
      child.kill(name)
    },
    stop: async () => {
      child.kill('SIGTERM')
      await ended
      await gateway.stop()
      await workspace.stop()
    },
  }
}

function exitOf(child: ChildProcess): Promise<{ code: number; words: string }> {
  return new Promise(resolve => {
    child.once('error', error =>
      resolve({ code: 127, words: `The bot could not be started: ${error.message}` }),
    )
    child.once('exit', (code, signal) => {
      if (signal) {
        resolve({ code: 128 + constants.signals[signal], words: `The bot was ended by ${signal}.` })
      } else if (code === 0) resolve({ code: 0, words: 'The bot has stopped.' })
      else
        resolve({ code: code ?? 1, words: `The bot stopped with exit code ${code}. What it said is above.` })
    })
  })
}

/** Asks the health page until it answers that the bot is up. Rejects once the bot has ended. */
async function healthy(url: string, ended: Promise<number>): Promise<void> {
  const gone = ended.then(code => {
    throw new Error(`The bot ended with exit code ${code} before it was ready.`)
  })
  gone.catch(() => {})
  for (;;) {
    const answer = await Promise.race([fetch(url).catch(() => undefined), gone])
    if (answer?.ok) return
    await Promise.race([new Promise(resolve => setTimeout(resolve, POLL_MS)), gone])
  }
}

/** The first port from `wanted` on that nobody listens on; with 0, one the system gives. */
async function freePort(wanted: number): Promise<number> {
  for (let port = wanted; port < wanted + PORTS_TRIED; port++) {
    const free = await tryPort(port)
    if (free !== undefined) return free
  }
  throw new Error(
    `No port from ${wanted} to ${wanted + PORTS_TRIED - 1} is free. Set REHEARSAL_PORT to another.`,
  )
}

function tryPort(port: number): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    const probe = createServer()
    probe.once('error', (error: NodeJS.ErrnoException) =>
      error.code === 'EADDRINUSE' ? resolve(undefined) : reject(error),
    )
    probe.listen(port, HOST, () => {
      const address = probe.address()
      probe.close(() => resolve(typeof address === 'object' ? address?.port : undefined))
    })
  })
}
