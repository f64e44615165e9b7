import { createHmac } from 'node:crypto'

/** The two headers by which the app knows a request is Slack's. `timestamp` is in seconds. */
export function signatureHeaders(secret: string, rawBody: string, timestamp: number): Record<string, string> {
  const mac = createHmac('sha256', secret).update(`v0:${timestamp}:${rawBody}`).digest('hex')
  return { 'x-slack-request-timestamp': String(timestamp), 'x-slack-signature': `v0=${mac}` }
}
