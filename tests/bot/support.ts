import { createHmac } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import { OMBARA } from '../../rehearsal/seed.ts'
import { startWorkspace, type Workspace } from '../../rehearsal/server/index.ts'
import { type Bot, type BotOptions, startBot } from '../../src/bot/app.ts'
import { MANIFEST_PATH } from '../../src/bot/manifest.ts'
import type { Config } from '../../src/config.ts'
import { loadMission } from '../../src/config.ts'
import type { Handlers } from '../../src/handlers/contract.ts'
import type { Log } from '../../src/ports.ts'

export const SECRET = 'signing-secret-of-the-test'
export const NORTH = 'C0POCNORTH'
export const DUTY = 'U0DUTYKARAMBA'
/** Speaks French. */
export const HEAD = 'U0HEADKARAMBA'
/** Belongs to another workspace. */
export const NGO = 'U0NGO'

export const manifest = JSON.parse(readFileSync(MANIFEST_PATH, 'utf8'))

export interface Line {
  level: 'debug' | 'info' | 'warn' | 'error'
  fields: Record<string, unknown>
  message: string
}

/** A log that keeps its lines. */
export function keptLog(): Log & { lines: Line[] } {
  const lines: Line[] = []
  const at = (level: Line['level']) => (fields: object, message: string) => {
    lines.push({ level, fields: fields as Line['fields'], message })
  }
  return { lines, debug: at('debug'), info: at('info'), warn: at('warn'), error: at('error') }
}

/** A folder that goes when the test is over. */
export function folder(): string {
  const made = mkdtempSync(join(tmpdir(), 'tocsin-'))
  onTestFinished(() => rmSync(made, { recursive: true, force: true, maxRetries: 5 }))
  return made
}

export async function workspace(): Promise<Workspace> {
  const ws = await startWorkspace({
    manifest,
    seed: OMBARA,
    signingSecret: SECRET,
    botToken: 'xoxb-test',
    appToken: 'xapp-test',
    limits: 'off',
  })
  onTestFinished(() => ws.stop())
  return ws
}

export function configFor(
  ws: { apiUrl: string },
  options: { socket?: boolean; dataDir?: string } = {},
): Config {
  return {
    slack: {
      botToken: 'xoxb-test',
      signingSecret: SECRET,
      appToken: options.socket ? 'xapp-test' : undefined,
      apiUrl: ws.apiUrl,
    },
    port: 0,
    dataDir: options.dataDir ?? folder(),
    redisUrl: undefined,
    missionPath: MISSION,
    publicUrl: undefined,
    heartbeatUrl: undefined,
    vault: undefined,
    intake: {
      twilio: undefined,
      rapidproToken: undefined,
      koboSecret: undefined,
      secret: undefined,
      poll: undefined,
    },
    sms: undefined,
    logLevel: 'silent',
  }
}

export const MISSION = new URL('../../missions/ombara.yaml', import.meta.url).pathname
export const mission = await loadMission(MISSION)

/** Handlers of which a test needs only some. */
export function only(some: Partial<Handlers>): Handlers {
  return { commands: {}, actions: {}, views: {}, closed: {}, options: {}, shortcuts: {}, events: {}, ...some }
}

export interface Rig {
  ws: Workspace
  bot: Bot
  log: ReturnType<typeof keptLog>
}

/** A bot with these handlers on a workspace of its own; both end with the test. */
export async function rig(
  handlers: Partial<Handlers> = {},
  { socket = false, ...more }: { socket?: boolean } & Partial<BotOptions> = {},
): Promise<Rig> {
  const ws = await workspace()
  const log = keptLog()
  const bot = await startBot({
    config: configFor(ws, { socket }),
    mission,
    handlers: only(handlers),
    log,
    ...more,
  })
  onTestFinished(() => bot.stop())
  if (socket) await ws.waitForApp('socket')
  else ws.setAppUrl(`${bot.url}/slack/events`)
  return { ws, bot, log }
}

export interface Signing {
  secret?: string
  /** Seconds from now at which it is signed. */
  at?: number
  /** The very second at which it is signed, instead. */
  timestamp?: number
  type?: string
  headers?: Record<string, string>
}

/** Now, as Slack dates its signatures. */
export const seconds = () => Math.floor(Date.now() / 1000)

/** Posts a body to the bot as Slack would, signed now unless told otherwise. */
export function postSigned(url: string, body: string, signing: Signing = {}): Promise<Response> {
  const timestamp = String(signing.timestamp ?? seconds() + (signing.at ?? 0))
  const mac = createHmac('sha256', signing.secret ?? SECRET)
    .update(`v0:${timestamp}:${body}`)
    .digest('hex')
  return fetch(`${url}/slack/events`, {
    method: 'POST',
    body,
    headers: {
      'content-type': signing.type ?? 'application/x-www-form-urlencoded',
      'x-slack-request-timestamp': timestamp,
      'x-slack-signature': `v0=${mac}`,
      ...signing.headers,
    },
  })
}

/** The body of a slash command. */
export function commandBody(command: string, fields: Record<string, string> = {}): string {
  return new URLSearchParams({
    command,
    text: '',
    team_id: 'T0MISSION',
    user_id: DUTY,
    channel_id: NORTH,
    trigger_id: '1.2.3',
    ...fields,
  }).toString()
}

/** The body of an event. */
export function eventBody(id: string, event: { type: string } & Record<string, unknown>): string {
  return JSON.stringify({ type: 'event_callback', event_id: id, team_id: 'T0MISSION', event })
}

/** The body of an interaction. */
export function interactionBody(payload: Record<string, unknown>): string {
  const who = { user: { id: DUTY, team_id: 'T0MISSION' }, team: { id: 'T0MISSION' } }
  return new URLSearchParams({ payload: JSON.stringify({ ...who, ...payload }) }).toString()
}

/** What a modal of two inputs looks like when it is submitted. */
export function submission(callbackId: string, typed = 'armed men at the market'): Record<string, unknown> {
  const input = (name: string) => ({
    type: 'input',
    block_id: name,
    label: { type: 'plain_text', text: name },
    element: { type: 'plain_text_input', action_id: 'it' },
  })
  return {
    type: 'view_submission',
    trigger_id: '4.5.6',
    view: {
      id: 'V1',
      hash: 'h1',
      type: 'modal',
      callback_id: callbackId,
      title: { type: 'plain_text', text: 'Raise' },
      submit: { type: 'plain_text', text: 'Send' },
      private_metadata: '',
      blocks: [input('what'), input('place')],
      state: { values: { what: { it: { type: 'plain_text_input', value: typed } } } },
    },
  }
}

export const JSON_TYPE = 'application/json'
