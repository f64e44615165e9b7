import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Log } from '../ports.ts'
import type { Bolt } from './bolt.ts'
import type { Metrics } from './metrics.ts'
import { readPayload } from './payload.ts'
import { createSeen } from './seen.ts'
import { checkSignature, SIGNATURE_WINDOW_MS, type SignatureProblem } from './signature.ts'

export interface SlackHttpDeps {
  secret: string
  bolt: Bolt
  log: Log
  metrics: Metrics
  /** The machine's clock, by which Slack dates its signatures. */
  wallClock(): number
  /** Keeps work alive that goes on after the answer. */
  track<T>(work: Promise<T>): Promise<T>
}

/** The largest body Slack has reason to send: a modal of 250 kB with its state, encoded. */
export const BODY_LIMIT = 1024 * 1024

const WHY: Readonly<Record<SignatureProblem, string>> = {
  unsigned: 'The request carries no signature. Only Slack may call this address.',
  stale: 'The request was signed more than five minutes ago.',
  future: 'The request was signed more than five minutes in the future. Check the clock of this machine.',
  forged: 'The signature does not fit. Check SLACK_SIGNING_SECRET.',
}

/** Answers `POST /slack/events`: refuses what is not freshly signed by Slack, and hands the rest to Bolt. */
export function createSlackHttp(deps: SlackHttpDeps) {
  const { secret, bolt, log, metrics, wallClock, track } = deps
  const signatures = createSeen<true>({ forMs: 2 * SIGNATURE_WINDOW_MS, atMost: 100_000 })

  return async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (request.method !== 'POST') return turnAway(response, 405, 'method', 'Only POST is answered here.')
    const body = await readBody(request)
    if (!body) {
      response.setHeader('connection', 'close')
      return turnAway(response, 413, 'too_large', `The body is larger than ${BODY_LIMIT} bytes.`)
    }
    const signature = header(request, 'x-slack-signature')
    const now = wallClock()
    const timestamp = header(request, 'x-slack-request-timestamp')
    const problem = checkSignature(secret, { timestamp, signature, body }, now)
    if (problem) return turnAway(response, 401, problem, WHY[problem])

    const decoded = decode(body, header(request, 'content-type') ?? '')
    if (isUrlVerification(decoded)) return respond(response, 200, { challenge: decoded.challenge })
    if (isCertificateCheck(decoded)) return respond(response, 200)
    const payload = readPayload(decoded)
    if (!payload)
      return turnAway(response, 400, 'no_payload', 'The body is no payload of Slack that the bot knows.')

    const key = `${timestamp} ${signature}`
    if (signatures.get(key, now)) {
      log.warn({ kind: payload.kind }, 'an exact copy of a signed request came again')
      metrics.turnedAway('replayed')
      return respond(response, 200)
    }
    signatures.put(key, true, now)
    const retryNum = header(request, 'x-slack-retry-num')
    const delivery = {
      payload,
      answer: async (answer: unknown) => respond(response, 200, answer),
      retryNum: retryNum === undefined ? undefined : Number(retryNum),
      retryReason: header(request, 'x-slack-retry-reason'),
    }
    try {
      await track(bolt.deliver(delivery))
      if (!response.writableEnded) throw new Error('the request was attended to and not answered')
    } catch (error) {
      signatures.forget(key)
      log.error({ kind: payload.kind, err: error }, 'a request could not be taken')
      if (!response.writableEnded) respond(response, 503, { error: 'not_stored' })
    }
  }

  function turnAway(response: ServerResponse, status: number, reason: string, message: string): void {
    metrics.turnedAway(reason)
    log.info({ status, reason }, 'a request was turned away')
    respond(response, status, { error: reason, message })
  }
}

/** The whole body, or undefined as soon as it is larger than allowed. */
async function readBody(request: IncomingMessage): Promise<Buffer | undefined> {
  if (Number(request.headers['content-length'] ?? 0) > BODY_LIMIT) return undefined
  const parts: Buffer[] = []
  let size = 0
  for await (const part of request as AsyncIterable<Buffer>) {
    size += part.length
    if (size > BODY_LIMIT) return undefined
    parts.push(part)
  }
  return Buffer.concat(parts)
}

/** Slack sends events as JSON and everything else as a form, interactions inside its field `payload`. */
function decode(body: Buffer, type: string): unknown {
  const text = body.toString('utf8')
  try {
    if (type.startsWith('application/json')) return JSON.parse(text)
    if (!type.startsWith('application/x-www-form-urlencoded')) return undefined
    const fields = new URLSearchParams(text)
    const payload = fields.get('payload')
    return payload === null ? Object.fromEntries(fields) : JSON.parse(payload)
  } catch {
    return undefined
  }
}

function isUrlVerification(body: unknown): body is { challenge: string } {
  const { type, challenge } = (body ?? {}) as { type?: unknown; challenge?: unknown }
  return type === 'url_verification' && typeof challenge === 'string'
}

function isCertificateCheck(body: unknown): boolean {
  return (body as { ssl_check?: unknown } | undefined)?.ssl_check === '1'
}

function header(request: IncomingMessage, name: string): string | undefined {
  const value = request.headers[name]
  return Array.isArray(value) ? value[0] : value
}

/** An answer as JSON; empty where there is nothing to say, for Slack shows a command's answer to the person. */
export function respond(response: ServerResponse, status: number, body?: unknown): void {
  const text = body === undefined ? '' : JSON.stringify(body)
  response.writeHead(status, {
    ...(text ? { 'content-type': 'application/json; charset=utf-8' } : {}),
    'content-length': Buffer.byteLength(text),
  })
  response.end(text)
}
