import type { Core } from '../core.ts'
import type { DeliveryKind } from '../faults.ts'
import type { Json } from '../json.ts'
import { postSigned } from './http.ts'
import type { Delivery } from './log.ts'
import { Sockets } from './sockets.ts'

const ACK_MS = 3_000

export type Delivered =
  | { outcome: 'acknowledged'; answer: unknown; noRetry: boolean }
  | { outcome: 'timeout' | 'unreachable' | 'refused'; noRetry: boolean; status?: number }

/** Which attempt at the same delivery this is, counted from 0, and why the one before did not do. */
export interface Attempt {
  num: number
  reason?: string
  after?: (result: Delivered) => void
}

/** The way to the app: a socket if one is connected, else HTTP, else none. */
export class Link {
  readonly sockets: Sockets
  #appUrl: string | undefined
  #core: Core
  #open = new Set<AbortController>()

  constructor(core: Core, appUrl: string | undefined) {
    this.#core = core
    this.#appUrl = appUrl
    this.sockets = new Sockets(core)
  }

  get appUrl(): string | undefined {
    return this.#appUrl
  }

  /** Sets where the app listens for HTTP, such as `http://127.0.0.1:3000/slack/events`; undefined for nowhere. */
  setAppUrl(url: string | undefined): void {
    this.#appUrl = url
    this.#core.state.changes.emit({ type: 'app' })
  }

  get connection(): 'http' | 'socket' | 'none' {
    if (this.sockets.count > 0) return 'socket'
    return this.#appUrl ? 'http' : 'none'
  }

  /**
   * Sends one thing once and waits for its acknowledgement, three seconds by the workspace's clock.
   * @param retry which attempt this is; `after` is called with the outcome before anybody else learns of it
   */
  async deliver(kind: DeliveryKind, payload: Json, retry: Attempt = { num: 0 }): Promise<Delivered> {
    const fault = this.#core.faults.takeDelivery(kind, payload)
    if (fault?.delayMs) await new Promise<void>(done => this.#core.clock.after(fault.delayMs!, done))
    const record = this.#core.deliveries.add({
      kind,
      payload,
      via: this.connection,
      retryNum: retry.num,
      ...(retry.reason ? { retryReason: retry.reason } : {}),
      at: this.#core.clock.now(),
      outcome: 'waiting',
      acks: 0,
    })
    const answer = fault?.drop ? this.#lost() : this.#send(record, retry)
    for (let copy = 0; copy < (fault?.duplicate ?? 0); copy++) {
      const twin = this.#core.deliveries.add({ ...record, outcome: 'waiting', acks: 0 })
      void this.#send(twin, retry).then(result => this.#note(twin, result))
    }
    const result = await answer
    retry.after?.(result)
    return this.#note(record, result)
  }

  /** Asks the app's HTTP address to prove itself, as when it is entered in Slack. True where it answers rightly. */
  async verifyUrl(): Promise<boolean> {
    if (!this.#appUrl) return false
    const challenge = this.#core.state.ids.next('challenge')
    const answer = await postSigned({
      url: this.#appUrl,
      secret: this.#core.tokens.signingSecret,
      kind: 'events_api',
      payload: { type: 'url_verification', token: 'rehearsal', challenge },
      timestamp: Math.floor(Date.now() / 1000),
    })
    if (answer.status !== 200) return false
    return answer.body === challenge || parse(answer.body).challenge === challenge
  }

  stop(): void {
    for (const controller of this.#open) controller.abort()
    this.sockets.stop()
  }

  #note(record: Delivery, result: Delivered): Delivered {
    if (result.outcome === 'acknowledged') record.answer = result.answer
    else if (result.status !== undefined) record.status = result.status
    this.#core.deliveries.end(record, result.outcome)
    return result
  }

  #lost(): Promise<Delivered> {
    return new Promise(resolve =>
      this.#core.clock.after(ACK_MS, () => resolve({ outcome: 'timeout', noRetry: false })),
    )
  }

  async #send(record: Delivery, retry: Attempt): Promise<Delivered> {
    if (record.via === 'socket') return this.sockets.send(record, ACK_MS)
    if (record.via === 'none' || !this.#appUrl) return { outcome: 'unreachable', noRetry: false }
    const controller = new AbortController()
    this.#open.add(controller)
    let late = false
    const cancel = this.#core.clock.after(ACK_MS, () => {
      late = true
      controller.abort()
    })
    try {
      const answer = await postSigned({
        url: this.#appUrl,
        secret: this.#core.tokens.signingSecret,
        kind: record.kind,
        payload: record.payload,
        timestamp: Math.floor(Date.now() / 1000),
        signal: controller.signal,
        headers: retry.num
          ? { 'x-slack-retry-num': String(retry.num), 'x-slack-retry-reason': retry.reason ?? 'http_error' }
          : {},
      })
      const noRetry = answer.headers['x-slack-no-retry'] === '1'
      if (answer.status < 200 || answer.status >= 300) {
        return { outcome: 'refused', status: answer.status, noRetry }
      }
      record.acks += 1
      return { outcome: 'acknowledged', answer: bodyOf(answer.body), noRetry }
    } catch {
      return { outcome: late ? 'timeout' : 'unreachable', noRetry: false }
    } finally {
      cancel()
      this.#open.delete(controller)
    }
  }
}

function parse(body: string): Json {
  try {
    return JSON.parse(body) as Json
  } catch {
    return {}
  }
}

/** An acknowledgement's body: an object where it is JSON, the words where it is text, undefined where empty. */
function bodyOf(body: string): unknown {
  if (body.trim() === '') return undefined
  try {
    return JSON.parse(body)
  } catch {
    return body
  }
}
