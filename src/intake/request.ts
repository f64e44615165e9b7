/** What every gateway's door shares: a limited body, an answer, a comparison that takes the same time for every guess. */
import { createHash, timingSafeEqual } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'

/** Why a gateway's request was turned away: a status, a code for the log and a sentence for whoever set it up. */
export class Refused extends Error {
  override readonly name = 'Refused'
  readonly status: number
  readonly code: string

  constructor(status: number, code: string, message: string) {
    super(message)
    this.status = status
    this.code = code
  }
}

/** A gateway's request with its whole body. */
export interface GatewayRequest {
  /** Path and query, as it was asked for. */
  url: string
  body: Buffer
  header(name: string): string | undefined
}

const BODY_LIMIT = 256 * 1024

/** Reads a request whole. @throws Refused 413 as soon as it is larger than allowed. */
export async function readRequest(request: IncomingMessage): Promise<GatewayRequest> {
  const tooLarge = () =>
    new Refused(
      413,
      'too_large',
      `The body is larger than ${BODY_LIMIT / 1024} KB, which no text or form is.`,
    )
  if (Number(request.headers['content-length'] ?? 0) > BODY_LIMIT) throw tooLarge()
  const parts: Buffer[] = []
  let size = 0
  for await (const part of request as AsyncIterable<Buffer>) {
    size += part.length
    if (size > BODY_LIMIT) throw tooLarge()
    parts.push(part)
  }
  return {
    url: request.url ?? '/',
    body: Buffer.concat(parts),
    header(name) {
      const value = request.headers[name]
      return Array.isArray(value) ? value[0] : value
    },
  }
}

/** Whether two secrets are the same, in a time that tells nothing of either. */
export function sameSecret(given: string | undefined, expected: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest()
  return timingSafeEqual(digest(given ?? ''), digest(expected)) && given !== undefined
}

/** The body as JSON. @throws Refused 400. */
export function jsonOf({ body }: GatewayRequest): Record<string, unknown> {
  try {
    const parsed: unknown = JSON.parse(body.toString('utf8'))
    if (typeof parsed === 'object' && parsed !== null && !Array.isArray(parsed))
      return parsed as Record<string, unknown>
  } catch {
    // Said below.
  }
  throw new Refused(400, 'not_json', 'The body is not a JSON object.')
}

/** The body as the fields of a form, each in the order given. */
export const formOf = ({ body }: GatewayRequest): URLSearchParams =>
  new URLSearchParams(body.toString('utf8'))

/** A time a gateway wrote as ISO 8601 (UTC where it names no zone), as epoch ms; null for what is none. */
export function timeOf(value: unknown): number | null {
  if (typeof value !== 'string' || value === '') return null
  const zoned = /(Z|[+-]\d\d:?\d\d)$/i.test(value) ? value : `${value}Z`
  const at = Date.parse(zoned)
  return Number.isFinite(at) ? at : null
}

export const textOf = (value: unknown): string | null =>
  typeof value === 'string' && value !== '' ? value : typeof value === 'number' ? String(value) : null

/** Answers with JSON, or with TwiML where that is what the gateway reads. */
export function answer(response: ServerResponse, status: number, body: object | string): void {
  const text = typeof body === 'string' ? body : JSON.stringify(body)
  const type = typeof body === 'string' ? 'text/xml; charset=utf-8' : 'application/json; charset=utf-8'
  response.writeHead(status, { 'content-type': type, 'content-length': Buffer.byteLength(text) })
  response.end(text)
}
