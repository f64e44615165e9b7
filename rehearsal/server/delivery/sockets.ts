import type { IncomingMessage } from 'node:http'
import type { Duplex } from 'node:stream'
import { WebSocket, WebSocketServer } from 'ws'
import type { Core } from '../core.ts'
import type { Json } from '../json.ts'
import type { Delivered } from './link.ts'
import type { Delivery } from './log.ts'

const MOST = 10
const PING_MS = 5_000

interface Waiting {
  record: Delivery
  socket: WebSocket
  done: (result: Delivered) => void
}

/** Socket Mode: the app's WebSockets, the envelopes sent through them and the acknowledgements awaited. */
export class Sockets {
  #core: Core
  #server = new WebSocketServer({ noServer: true })
  #tickets = new Set<string>()
  #connected: WebSocket[] = []
  #waiting = new Map<string, Waiting>()
  #acked = new Map<string, Delivery>()
  #turn = 0
  #pings: NodeJS.Timeout

  constructor(core: Core) {
    this.#core = core
    this.#pings = setInterval(() => {
      for (const socket of this.#connected) socket.ping('Ping from workspace')
    }, PING_MS)
    this.#pings.unref()
  }

  get count(): number {
    return this.#connected.length
  }

  /** The address `apps.connections.open` answers: good for one connection. */
  openUrl(): string {
    const ticket = this.#core.state.ids.next('ticket')
    this.#tickets.add(ticket)
    return `${this.#core.url.replace(/^http/, 'ws')}/link/?ticket=${ticket}&app_id=${this.#core.state.app.id}`
  }

  /** Takes over an HTTP upgrade of the app. */
  upgrade(request: IncomingMessage, stream: Duplex, head: Buffer): void {
    const ticket = new URL(request.url ?? '', this.#core.url).searchParams.get('ticket') ?? ''
    if (this.#core.faults.refusing || !this.#tickets.delete(ticket)) {
      stream.destroy()
      return
    }
    this.#server.handleUpgrade(request, stream, head, socket => this.#welcome(socket))
  }

  /** Sends an envelope through one of the sockets, in turn, and waits for its acknowledgement. */
  send(record: Delivery, ackMs: number): Promise<Delivered> {
    const open = this.#connected.filter(s => s.readyState === WebSocket.OPEN)
    const socket = open[this.#turn++ % Math.max(1, open.length)]
    if (!socket) return Promise.resolve({ outcome: 'unreachable', noRetry: false })
    const envelope = this.#core.state.ids.next('envelope-')
    return new Promise(resolve => {
      const cancel = this.#core.clock.after(ackMs, () => {
        this.#waiting.delete(envelope)
        this.#acked.set(envelope, record)
        resolve({ outcome: 'timeout', noRetry: false })
      })
      this.#waiting.set(envelope, {
        record,
        socket,
        done: result => {
          cancel()
          resolve(result)
        },
      })
      socket.send(
        JSON.stringify({
          envelope_id: envelope,
          type: record.kind,
          payload: record.payload,
          accepts_response_payload: record.kind !== 'events_api',
          ...(record.kind === 'events_api'
            ? { retry_attempt: record.retryNum, retry_reason: record.retryReason ?? '' }
            : {}),
        }),
      )
    })
  }

  /** Tells every socket that it will soon be closed, as Slack does before it refreshes a container. */
  warn(reason: 'warning' | 'refresh_requested' | 'link_disabled' = 'warning'): void {
    for (const socket of this.#connected) {
      socket.send(JSON.stringify({ type: 'disconnect', reason, debug_info: { host: 'rehearsal' } }))
    }
  }

  /** Cuts every socket without a word. */
  drop(): void {
    for (const socket of [...this.#connected]) socket.terminate()
  }

  stop(): void {
    clearInterval(this.#pings)
    this.drop()
    this.#server.close()
  }

  #welcome(socket: WebSocket): void {
    if (this.#connected.length >= MOST) {
      socket.send(JSON.stringify({ type: 'disconnect', reason: 'too_many_websockets' }))
      socket.close()
      return
    }
    this.#connected.push(socket)
    socket.on('message', data => this.#heard(String(data)))
    socket.on('error', () => socket.terminate())
    socket.on('close', () => this.#lost(socket))
    socket.send(
      JSON.stringify({
        type: 'hello',
        num_connections: this.#connected.length,
        connection_info: { app_id: this.#core.state.app.id },
        debug_info: { host: 'rehearsal', build_number: 1, approximate_connection_time: 18060 },
      }),
    )
    this.#core.state.changes.emit({ type: 'app' })
  }

  #heard(text: string): void {
    let message: Json
    try {
      message = JSON.parse(text) as Json
    } catch {
      this.#core.deliveries.problem(
        `The app sent something through its socket that is not JSON: ${text.slice(0, 80)}`,
      )
      return
    }
    const envelope = String(message.envelope_id ?? '')
    const waiting = this.#waiting.get(envelope)
    if (!waiting) {
      const record = this.#acked.get(envelope)
      if (record) record.acks += 1
      this.#core.deliveries.problem(
        record
          ? `The app acknowledged the envelope ${envelope} late or twice.`
          : `The app acknowledged the envelope ${envelope}, which was never sent.`,
      )
      return
    }
    this.#waiting.delete(envelope)
    this.#acked.set(envelope, waiting.record)
    waiting.record.acks += 1
    waiting.done({ outcome: 'acknowledged', answer: message.payload, noRetry: false })
  }

  #lost(socket: WebSocket): void {
    this.#connected = this.#connected.filter(s => s !== socket)
    for (const [envelope, waiting] of this.#waiting) {
      if (waiting.socket !== socket) continue
      this.#waiting.delete(envelope)
      waiting.done({ outcome: 'unreachable', noRetry: false })
    }
    this.#core.state.changes.emit({ type: 'app' })
  }
}
