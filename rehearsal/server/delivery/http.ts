import http from 'node:http'
import https from 'node:https'
import type { DeliveryKind } from '../faults.ts'
import type { Json } from '../json.ts'
import { signatureHeaders } from './sign.ts'

export interface HttpAnswer {
  status: number
  headers: http.IncomingHttpHeaders
  body: string
}

/** The body Slack would send: form-encoded for commands and interactions, JSON for events. */
export function encodeBody(kind: DeliveryKind, payload: Json): { body: string; type: string } {
  const form = 'application/x-www-form-urlencoded'
  if (kind === 'events_api') return { body: JSON.stringify(payload), type: 'application/json' }
  if (kind === 'interactive') {
    return { body: new URLSearchParams({ payload: JSON.stringify(payload) }).toString(), type: form }
  }
  const fields = Object.entries(payload).map(([key, value]): [string, string] => [key, String(value)])
  return { body: new URLSearchParams(fields).toString(), type: form }
}

/**
 * Posts one signed request to the app. `timestamp` is in seconds of the machine's clock, by which the app checks
 * it. Rejects where no connection comes about or it breaks.
 */
export function postSigned(options: {
  url: string
  secret: string
  kind: DeliveryKind
  payload: Json
  timestamp: number
  headers?: Record<string, string>
  signal?: AbortSignal
}): Promise<HttpAnswer> {
  const { body, type } = encodeBody(options.kind, options.payload)
  const target = new URL(options.url)
  const send = target.protocol === 'https:' ? https.request : http.request
  return new Promise((resolve, reject) => {
    const request = send(
      target,
      {
        method: 'POST',
        agent: false,
        signal: options.signal,
        headers: {
          'content-type': type,
          'content-length': Buffer.byteLength(body),
          'user-agent': 'Slackbot 1.0 (+https://api.slack.com/robots)',
          ...signatureHeaders(options.secret, body, options.timestamp),
          ...options.headers,
        },
      },
      response => {
        const parts: Buffer[] = []
        response.on('data', part => parts.push(part))
        response.on('error', reject)
        response.on('end', () =>
          resolve({
            status: response.statusCode ?? 0,
            headers: response.headers,
            body: Buffer.concat(parts).toString('utf8'),
          }),
        )
      },
    )
    request.on('error', reject)
    request.end(body)
  })
}
