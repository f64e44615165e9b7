import { createHmac } from 'node:crypto'
import { z } from 'zod'
import { INBOUND_KINDS, type Inbound } from '../domain/intake.ts'
import { type GatewayRequest, jsonOf, Refused, sameSecret, timeOf } from './request.ts'

/** How far the time of a signed request may lie from ours, in either direction. */
export const WINDOW_MS = 5 * 60_000

/** One call or text as a gateway of one's own writes it; docs/intake.md explains each field. */
export const messageSchema = z.object({
  id: z.string().min(1).max(200).nullish(),
  kind: z.enum(INBOUND_KINDS).exclude(['form']).default('text'),
  from: z.string().max(60).nullish(),
  to: z.string().max(60).nullish(),
  text: z.string().max(10_000).nullish(),
  sent_at: z.string().max(40).nullish(),
})

/**
 * Checks that a request was signed with the secret, lately.
 *
 * @param now epoch ms of the machine's clock.
 * @throws Refused 401 unless it was signed with the secret, within five minutes.
 */
export function checkSigned(request: GatewayRequest, secret: string, now: number): void {
  const timestamp = request.header('x-tocsin-timestamp')
  const given = request.header('x-tocsin-signature')
  if (!timestamp || !given || !/^\d{1,12}$/.test(timestamp))
    throw new Refused(401, 'unsigned', 'X-Tocsin-Timestamp (seconds) and X-Tocsin-Signature are needed.')
  const age = now - Number(timestamp) * 1000
  if (age > WINDOW_MS)
    throw new Refused(401, 'stale', 'The request is older than five minutes. Is its clock right?')
  if (age < -WINDOW_MS)
    throw new Refused(401, 'future', 'The request comes from the future. Is its clock right?')
  if (!sameSecret(given, signatureOf(secret, timestamp, request.body)))
    throw new Refused(
      401,
      'forged',
      'The signature does not fit. Check INTAKE_SECRET; docs/intake.md says how to sign.',
    )
}

/**
 * The generic door: JSON, signed with HMAC-SHA256 over the time and the body.
 *
 * @param now epoch ms of the machine's clock.
 * @throws Refused 401 unless it was signed with the secret, within five minutes; 400 and 422 for what is no message.
 */
export function readSigned(request: GatewayRequest, secret: string, now: number): Inbound {
  checkSigned(request, secret, now)
  return toInbound('sms', jsonOf(request))
}

/** `v1=` and the HMAC-SHA256 of `v1:<timestamp>:<body>` in hexadecimal. */
export function signatureOf(secret: string, timestamp: string, body: Buffer | string): string {
  return `v1=${createHmac('sha256', secret).update(`v1:${timestamp}:`).update(body).digest('hex')}`
}

/** @throws Refused 422 with the first field that is wrong. */
export function toInbound(gateway: 'sms' | 'poll', message: unknown): Inbound {
  const parsed = messageSchema.safeParse(message)
  if (!parsed.success) {
    const [issue] = parsed.error.issues
    throw new Refused(
      422,
      'invalid',
      `${issue?.path.join('.') || 'The message'}: ${issue?.message ?? 'is invalid'}`,
    )
  }
  const { id, kind, from, to, text, sent_at: sentAt } = parsed.data
  if (kind === 'text' && !text?.trim())
    throw new Refused(422, 'invalid', 'text: a text without words says nothing.')
  return {
    gateway,
    id: id ?? null,
    kind,
    from: from ?? null,
    to: to ?? null,
    text: kind === 'text' ? (text ?? null) : null,
    sentAt: timeOf(sentAt),
  }
}
