import { createServer, type IncomingHttpHeaders } from 'node:http'
import type { AddressInfo } from 'node:net'
import { App, LogLevel } from '@slack/bolt'
import { WebSocket } from 'ws'
import { OMBARA } from '../../rehearsal/seed.ts'
import {
  type Manifest,
  type MovableClock,
  movableClock,
  startWorkspace,
  type Workspace,
  type WorkspaceOptions,
} from '../../rehearsal/server/index.ts'
import type { Json } from '../../rehearsal/server/json.ts'

export const NORTH = 'C0POCNORTH'
export const GENERAL = 'C0GENERAL'
export const FORUM = 'C0PROTECTION'
export const DUTY = 'U0DUTYKARAMBA'
export const NGO = 'U0NGO'
export const SECRET = 'signing-secret-of-the-test'

/** An app that may do everything the tests try. */
export const MANIFEST: Manifest = {
  display_information: { name: 'Probe' },
  features: {
    app_home: { home_tab_enabled: true, messages_tab_enabled: true },
    bot_user: { display_name: 'Probe' },
    slash_commands: [
      { command: '/probe', description: 'Probe', should_escape: true },
      { command: '/bare', description: 'Unescaped' },
    ],
    shortcuts: [
      { name: 'Probe this', type: 'message', callback_id: 'probe_message', description: 'Probe a message' },
      { name: 'Probe all', type: 'global', callback_id: 'probe_global', description: 'Probe everything' },
    ],
  },
  oauth_config: {
    scopes: {
      bot: [
        'app_mentions:read',
        'bookmarks:read',
        'bookmarks:write',
        'channels:history',
        'channels:join',
        'channels:manage',
        'channels:read',
        'chat:write',
        'commands',
        'files:read',
        'files:write',
        'groups:history',
        'groups:read',
        'groups:write',
        'im:history',
        'im:read',
        'im:write',
        'mpim:read',
        'pins:read',
        'pins:write',
        'reactions:read',
        'reactions:write',
        'team:read',
        'users:read',
      ],
    },
  },
  settings: {
    event_subscriptions: {
      bot_events: [
        'app_home_opened',
        'app_mention',
        'member_joined_channel',
        'member_left_channel',
        'message.channels',
        'message.groups',
        'message.im',
        'reaction_added',
      ],
    },
    interactivity: { is_enabled: true },
  },
}

export type Probe = Workspace & { time: MovableClock }

/** A workspace whose time stands still until it is moved, and which counts no calls unless asked to. */
export async function workspace(options: Partial<WorkspaceOptions> = {}): Promise<Probe> {
  const time = movableClock()
  const started = await startWorkspace({
    manifest: MANIFEST,
    seed: OMBARA,
    clock: time,
    signingSecret: SECRET,
    botToken: 'xoxb-probe',
    appToken: 'xapp-probe',
    limits: 'off',
    ...options,
  })
  return Object.assign(started, { time })
}

/** Calls a method of the Web API as the bot, as JSON. */
export async function call(
  ws: Workspace,
  method: string,
  args: Json = {},
  token = 'xoxb-probe',
): Promise<Json> {
  const response = await fetch(`${ws.apiUrl}${method}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json; charset=utf-8', authorization: `Bearer ${token}` },
    body: JSON.stringify(args),
  })
  return (await response.json()) as Json
}

export interface Heard {
  headers: IncomingHttpHeaders
  raw: string
  /** The payload, decoded from whichever encoding it came in. */
  payload: Json
}

export interface Listener {
  url: string
  heard: Heard[]
  /** Resolves with the nth request, counted from 1, once it has come. */
  nth(n: number): Promise<Heard>
  stop(): Promise<void>
}

export type Reply = { status?: number; body?: unknown; headers?: Record<string, string> } | 'silence'

/** An app reduced to an HTTP address: hears everything, answers as told. */
export async function listener(reply: (heard: Heard, n: number) => Reply = () => ({})): Promise<Listener> {
  const heard: Heard[] = []
  const waiting: { n: number; resolve: (heard: Heard) => void }[] = []
  const server = createServer(async (request, response) => {
    const parts: Buffer[] = []
    for await (const part of request) parts.push(part as Buffer)
    const raw = Buffer.concat(parts).toString('utf8')
    const one = { headers: request.headers, raw, payload: decode(request.headers['content-type'] ?? '', raw) }
    heard.push(one)
    const answer = reply(one, heard.length)
    if (answer !== 'silence') {
      response.writeHead(answer.status ?? 200, { 'content-type': 'application/json', ...answer.headers })
      response.end(answer.body === undefined ? '' : JSON.stringify(answer.body))
    }
    for (const w of waiting) if (heard[w.n - 1]) w.resolve(heard[w.n - 1]!)
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/slack/events`,
    heard,
    nth: n =>
      heard[n - 1] ? Promise.resolve(heard[n - 1]!) : new Promise(resolve => waiting.push({ n, resolve })),
    stop: async () => {
      server.closeAllConnections()
      await new Promise<void>(resolve => server.close(() => resolve()))
    },
  }
}

function decode(type: string, raw: string): Json {
  if (type.startsWith('application/json')) return JSON.parse(raw) as Json
  const fields = Object.fromEntries(new URLSearchParams(raw))
  return fields.payload ? (JSON.parse(fields.payload) as Json) : fields
}

export interface Plug {
  socket: WebSocket
  messages: Json[]
  /** Resolves with the first message that fits, come or yet to come. */
  until(fits: (message: Json) => boolean): Promise<Json>
  ack(message: Json, payload?: unknown): void
  closed: Promise<void>
}

/** A bare Socket Mode client. Resolves once it has been greeted, or turned away. */
export async function plug(ws: Workspace): Promise<Plug> {
  const opened = await call(ws, 'apps.connections.open', {}, 'xapp-probe')
  const socket = new WebSocket(String(opened.url))
  const messages: Json[] = []
  const waiting: { fits: (m: Json) => boolean; resolve: (m: Json) => void }[] = []
  socket.on('message', data => {
    const message = JSON.parse(String(data)) as Json
    messages.push(message)
    for (const w of waiting) if (w.fits(message)) w.resolve(message)
  })
  const closed = new Promise<void>(resolve => socket.on('close', () => resolve()))
  const made: Plug = {
    socket,
    messages,
    closed,
    until: fits => {
      const found = messages.find(fits)
      return found ? Promise.resolve(found) : new Promise(resolve => waiting.push({ fits, resolve }))
    },
    ack: (message, payload) =>
      socket.send(
        JSON.stringify({ envelope_id: message.envelope_id, ...(payload === undefined ? {} : { payload }) }),
      ),
  }
  await made.until(m => m.type === 'hello' || m.type === 'disconnect')
  return made
}

/** A real Bolt app, connected to the workspace in this way. `stop` ends it and waits for the workspace to notice. */
export async function boltApp(
  ws: Workspace,
  connection: 'http' | 'socket',
  register: (app: App) => void,
): Promise<{ stop(): Promise<void> }> {
  const app = new App({
    token: 'xoxb-probe',
    signingSecret: SECRET,
    appToken: 'xapp-probe',
    socketMode: connection === 'socket',
    clientOptions: { slackApiUrl: ws.apiUrl },
    logLevel: LogLevel.ERROR,
  })
  register(app)
  const server = (await app.start(0)) as { address?: () => AddressInfo }
  if (connection === 'http') ws.setAppUrl(`http://127.0.0.1:${server.address!().port}/slack/events`)
  await ws.waitForApp(connection)
  return {
    stop: async () => {
      await app.stop()
      ws.setAppUrl(undefined)
      await ws.waitForApp('none')
    },
  }
}

export const plain = (text: string): Json => ({ type: 'plain_text', text })

/** A modal with one required text field, `what`/`text`. */
export const modal = (extra: Json = {}): Json => ({
  type: 'modal',
  callback_id: 'probe',
  title: plain('Probe'),
  submit: plain('Send'),
  blocks: [
    {
      type: 'input',
      block_id: 'what',
      label: plain('What'),
      element: { type: 'plain_text_input', action_id: 'text', max_length: 20 },
    },
  ],
  ...extra,
})

/** Blocks with one button. */
export const buttons = (...labels: string[]): Json[] => [
  {
    type: 'actions',
    block_id: 'buttons',
    elements: labels.map(l => ({ type: 'button', action_id: l.toLowerCase(), value: l, text: plain(l) })),
  },
]
