import { createHmac, timingSafeEqual } from 'node:crypto'

/** How far a request's time may lie from ours, in either direction. */
export const SIGNATURE_WINDOW_MS = 5 * 60_000

export type SignatureProblem = 'unsigned' | 'stale' | 'future' | 'forged'

/**
 * Checks that Slack signed this body, just now. Requests from the future are refused like stale ones: they could be
 * kept and sent again when their time has come.
 *
 * @param now epoch ms of the machine's clock.
 * @returns what is wrong, or undefined.
 */
export function checkSignature(
  secret: string,
  request: { timestamp: string | undefined; signature: string | undefined; body: Buffer },
  now: number,
): SignatureProblem | undefined {
  const { timestamp, signature, body } = request
  if (!timestamp || !signature || !/^\d{1,12}$/.test(timestamp)) return 'unsigned'
  const age = now - Number(timestamp) * 1000
  if (age > SIGNATURE_WINDOW_MS) return 'stale'
  if (age < -SIGNATURE_WINDOW_MS) return 'future'
  const expected = Buffer.from(
    `v0=${createHmac('sha256', secret).update(`v0:${timestamp}:`).update(body).digest('hex')}`,
  )
  const given = Buffer.from(signature)
  return given.length === expected.length && timingSafeEqual(given, expected) ? undefined : 'forged'
}
