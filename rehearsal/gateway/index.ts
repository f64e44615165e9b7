/**
 * A telephone gateway of one's own: people of the field ring and write by it, and texts the bot sends arrive in it. It
 * speaks two protocols and nothing else: the bot's signed door, and Twilio's Messages resource, as strictly as Twilio.
 */
import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { page } from './page.ts'

export interface GatewayOptions {
  /** 0 or absent: a port the system gives. */
  port?: number
  /** With which what comes from the field is signed. */
  secret: string
  accountSid: string
  authToken: string
  /** The numbers from which texts may be sent. */
  senders: readonly string[]
  /** The bot's address; may be set later. */
  botUrl?: string
  /** Numbers of the mission, shown on the page. */
  numbers: readonly { number: string; label: string }[]
}

/** A text the bot sent. */
export interface SentText {
  sid: string
  to: string
  from: string
  body: string
}

export interface FromField {
  from: string
  to: string
  /** Left out: a missed call. */
  text?: string
  id?: string
}

export interface Gateway {
  url: string
  /** Texts that went out, oldest first. */
  readonly sent: readonly SentText[]
  /** Requests that were refused, by Twilio's code. */
  readonly refused: readonly number[]
  /** While true every request is answered 503. */
  down: boolean
  /** Numbers whose owners asked to be sent nothing. */
  unsubscribed: Set<string>
  setBotUrl(url: string): void
  /** Somebody rings or writes. Resolves with the bot's status. */
  deliver(message: FromField): Promise<number>
  stop(): Promise<void>
}

const BODY_MAX = 1600

/** @throws Error where the port is taken */
export async function startGateway(options: GatewayOptions): Promise<Gateway> {
  const sent: SentText[] = []
  const refused: number[] = []
  let botUrl = options.botUrl
  const server = createServer((request, response) => {
    route(request, response).catch(() => {
      if (!response.headersSent) response.writeHead(500)
      response.end()
    })
  })
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(options.port ?? 0, '127.0.0.1', resolve)
  })
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`

  async function route(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const path = (request.url ?? '/').split('?', 1)[0]
    const body = await read(request)
    if (request.method === 'POST' && path === `/2010-04-01/Accounts/${options.accountSid}/Messages.json`)
      return message(request, response, new URLSearchParams(body))
    if (request.method === 'POST' && path === '/field') return field(response, new URLSearchParams(body))
    if (path === '/sent.json') return json(response, 200, sent)
    if (path === '/') {
      response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' })
      response.end(page(options.numbers, sent))
      return
    }
    json(response, 404, { code: 20404, message: 'The requested resource was not found' })
  }

  function message(request: IncomingMessage, response: ServerResponse, form: URLSearchParams): void {
    const refuse = (status: number, code: number, text: string) => {
      refused.push(code)
      json(response, status, { code, message: text, status })
    }
    const [to, from, body] = ['To', 'From', 'Body'].map(name => form.get(name) ?? '') as [
      string,
      string,
      string,
    ]
    const rules: [boolean, number, number, string][] = [
      [gateway.down, 503, 20503, 'Service unavailable'],
      [!isAuthorised(request, options), 401, 20003, 'Authentication Error'],
      [to === '', 400, 21604, "A 'To' phone number is required."],
      [!/^\+[1-9]\d{6,14}$/.test(to), 400, 21211, "Invalid 'To' Phone Number"],
      [gateway.unsubscribed.has(to), 400, 21610, 'Attempt to send to unsubscribed recipient'],
      [from === '', 400, 21603, "A 'From' phone number is required."],
      [!options.senders.includes(from), 400, 21606, "The 'From' phone number is not yours."],
      [body === '', 400, 21602, 'Message body is required.'],
      [[...body].length > BODY_MAX, 400, 21617, 'The message body exceeds 1600 characters.'],
    ]
    const broken = rules.find(([isBroken]) => isBroken)
    if (broken) {
      refuse(broken[1], broken[2], broken[3])
      return
    }
    const sid = `SM${randomBytes(16).toString('hex')}`
    sent.push({ sid, to, from, body })
    json(response, 201, { sid, status: 'queued', to, from, body })
    const callback = form.get('StatusCallback')
    if (callback) void report(callback, sid, to, from)
  }

  /** Twilio says afterwards what became of it, signed. */
  async function report(callback: string, sid: string, to: string, from: string): Promise<void> {
    const form = new URLSearchParams({ MessageSid: sid, MessageStatus: 'delivered', To: to, From: from })
    const names = [...form.keys()].sort()
    const text = callback + names.map(name => name + form.get(name)).join('')
    const signature = createHmac('sha1', options.authToken).update(text).digest('base64')
    await fetch(callback, { method: 'POST', headers: { 'x-twilio-signature': signature }, body: form }).catch(
      () => {},
    )
  }

  async function field(response: ServerResponse, form: URLSearchParams): Promise<void> {
    const text = form.get('text')?.trim()
    const status = await gateway.deliver({
      from: form.get('from') ?? '',
      to: form.get('to') ?? '',
      ...(form.get('kind') === 'text' && text ? { text } : {}),
    })
    response.writeHead(303, { location: `/?status=${status}` })
    response.end()
  }

  const gateway: Gateway = {
    url,
    sent,
    refused,
    down: false,
    unsubscribed: new Set(),
    setBotUrl(next) {
      botUrl = next
    },
    async deliver({ from, to, text, id = randomBytes(8).toString('hex') }) {
      if (!botUrl) throw new Error('the gateway does not know where the bot is')
      const body = JSON.stringify({ id, kind: text === undefined ? 'call' : 'text', from, to, text })
      const timestamp = String(Math.floor(Date.now() / 1000))
      const signature = createHmac('sha256', options.secret).update(`v1:${timestamp}:${body}`).digest('hex')
      const answered = await fetch(`${botUrl}/intake/sms`, {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          'x-tocsin-timestamp': timestamp,
          'x-tocsin-signature': `v1=${signature}`,
        },
        body,
      })
      await answered.arrayBuffer()
      return answered.status
    },
    stop: () =>
      new Promise(resolve => {
        server.closeAllConnections()
        server.close(() => resolve())
      }),
  }
  return gateway
}

function isAuthorised(request: IncomingMessage, { accountSid, authToken }: GatewayOptions): boolean {
  const expected = Buffer.from(`Basic ${Buffer.from(`${accountSid}:${authToken}`).toString('base64')}`)
  const given = Buffer.from(request.headers.authorization ?? '')
  return given.length === expected.length && timingSafeEqual(given, expected)
}

async function read(request: IncomingMessage): Promise<string> {
  const parts: Buffer[] = []
  for await (const part of request as AsyncIterable<Buffer>) parts.push(part)
  return Buffer.concat(parts).toString('utf8')
}

function json(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json' })
  response.end(JSON.stringify(body))
}
