import { setTimeout as sleep } from 'node:timers/promises'
import { SocketModeClient } from '@slack/socket-mode'
import type { FetchFunction } from '@slack/web-api'
import type { Config } from '../config.ts'
import type { Log } from '../ports.ts'
import type { Bolt } from './bolt.ts'
import { slackLog } from './log.ts'
import type { Metrics } from './metrics.ts'
import { readPayload } from './payload.ts'

export interface SocketDeps {
  config: Config['slack'] & { appToken: string }
  bolt: Bolt
  log: Log
  metrics: Metrics
  track<T>(work: Promise<T>): Promise<T>
  fetch?: FetchFunction | undefined
  /** Milliseconds before the n-th attempt to connect anew. */
  backoff?: (attempt: number) => number
}

export interface Socket {
  /** Resolves at the first connection. Rejects when Slack refuses the app's token. */
  connected: Promise<void>
  isUp(): boolean
  stop(): Promise<void>
}

/** A connection that does not answer a ping for so long counts as lost. */
const PING_TIMEOUT_MS = 3000
const HELLO_TIMEOUT_MS = 15_000
const STOP_PATIENCE_MS = 2000

/** Refusals no repetition mends. */
const FINAL = [
  'invalid_auth',
  'not_authed',
  'account_inactive',
  'not_allowed_token_type',
  'missing_scope',
  'token_revoked',
]

interface Envelope {
  ack(answer?: unknown): Promise<void>
  type: string
  body: unknown
  retry_num?: number
  retry_reason?: string
}

/**
 * Socket Mode. The client's own reconnecting gives up at some failures and waits five seconds at the others, so the
 * connection is held here: a drop is followed by a new connection at once, failures by attempts without end.
 */
export function startSocket(deps: SocketDeps): Socket {
  const { config, bolt, log, metrics, track, fetch } = deps
  const backoff = deps.backoff ?? (attempt => Math.min(250 * 2 ** attempt, 10_000))
  const client = new SocketModeClient({
    appToken: config.appToken,
    autoReconnectEnabled: false,
    clientPingTimeout: PING_TIMEOUT_MS,
    logger: slackLog(log),
    clientOptions: { slackApiUrl: config.apiUrl, retryConfig: { retries: 0 }, ...(fetch ? { fetch } : {}) },
  })
  let stopping = false
  let up = false
  let waiting: NodeJS.Timeout | undefined
  const { promise: connected, resolve, reject } = Promise.withResolvers<void>()
  let everConnected = false

  client.on('connected', () => {
    up = true
    everConnected = true
    log.info({}, 'connected to Slack')
    resolve()
  })
  client.on('disconnected', () => {
    if (!up) return
    up = false
    if (stopping) return
    log.warn({}, 'the connection to Slack was lost')
    void connect(0)
  })
  client.on('slack_event', (envelope: Envelope) => void track(receive(envelope)))
  void connect(0)

  return {
    connected,
    isUp: () => up,
    async stop() {
      stopping = true
      clearTimeout(waiting)
      await Promise.race([client.disconnect(), sleep(STOP_PATIENCE_MS, undefined, { ref: false })])
    },
  }

  async function connect(attempt: number): Promise<void> {
    // A connection on which Slack never says hello would be waited for without end.
    const impatience = setTimeout(() => void client.disconnect(), HELLO_TIMEOUT_MS)
    try {
      await client.start()
    } catch (error) {
      if (stopping) return
      const refusal = (error as { data?: { error?: string } } | undefined)?.data?.error
      if (!everConnected && refusal !== undefined && FINAL.includes(refusal)) {
        reject(error)
        return
      }
      log.warn({ attempt, err: error }, 'no connection to Slack')
      waiting = setTimeout(() => void connect(attempt + 1), backoff(attempt))
    } finally {
      clearTimeout(impatience)
    }
  }

  async function receive(envelope: Envelope): Promise<void> {
    const payload = readPayload(envelope.body)
    if (!payload) {
      metrics.turnedAway('no_payload')
      log.warn({ type: envelope.type }, 'an envelope holds nothing the bot knows')
      return
    }
    try {
      await bolt.deliver({
        payload,
        answer: answer => envelope.ack(answer),
        retryNum: envelope.retry_num,
        retryReason: envelope.retry_reason,
      })
    } catch (error) {
      log.error({ kind: payload.kind, err: error }, 'an envelope could not be taken')
    }
  }
}
