import type { DeliveryKind } from '../faults.ts'
import type { Json } from '../json.ts'
import type { Changes } from '../state/changes.ts'

/** What became of one delivery. `refused` is an HTTP status other than 2xx. */
export type Outcome = 'waiting' | 'acknowledged' | 'timeout' | 'unreachable' | 'refused'

/** One thing sent to the app, once: a retry is a delivery of its own. */
export interface Delivery {
  kind: DeliveryKind
  payload: Json
  via: 'http' | 'socket' | 'none'
  retryNum: number
  retryReason?: string
  at: number
  outcome: Outcome
  /** How often the app acknowledged it, late ones included: anything but 1 is a mistake of the app. */
  acks: number
  status?: number
  /** What the app answered with its acknowledgement. */
  answer?: unknown
}

export class DeliveryLog {
  readonly all: Delivery[] = []
  /** What the app did that Slack would have rejected or dropped silently, in sentences. */
  readonly problems: string[] = []
  #changes: Changes
  #waiting = new Set<Delivery>()

  constructor(changes: Changes) {
    this.#changes = changes
  }

  add(delivery: Delivery): Delivery {
    this.all.push(delivery)
    this.#waiting.add(delivery)
    this.#changes.emit({ type: 'delivery' })
    return delivery
  }

  /** Notes what became of a delivery. */
  end(delivery: Delivery, outcome: Outcome): void {
    delivery.outcome = outcome
    this.#waiting.delete(delivery)
    this.#changes.emit({ type: 'delivery' })
  }

  problem(sentence: string): void {
    this.problems.push(sentence)
    this.#changes.emit({ type: 'delivery' })
  }

  /** Deliveries of events of this type, such as `app_mention`. */
  events(type: string): Delivery[] {
    return this.all.filter(
      d => d.kind === 'events_api' && (d.payload.event as Json | undefined)?.type === type,
    )
  }

  /** Resolves once `match` accepts a delivery. */
  waitFor(match: (delivery: Delivery) => boolean, deadlineMs?: number): Promise<Delivery> {
    return this.#changes.waitFor(
      () => this.all.find(match),
      () =>
        `No delivery came as expected. There were: ${this.all.map(d => `${d.kind} ${d.outcome}`).join(', ') || 'none'}.`,
      deadlineMs,
    )
  }

  /** Resolves once nothing sent to the app awaits its acknowledgement. */
  idle(deadlineMs?: number): Promise<true> {
    return this.#changes.waitFor(
      () => (this.#waiting.size === 0 ? true : undefined),
      () => 'The app still owes an acknowledgement.',
      deadlineMs,
    )
  }
}
