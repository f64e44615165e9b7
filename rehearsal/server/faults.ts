import type { Json } from './json.ts'

/** Something that goes wrong with a Web API call on purpose. The first that matches is used up first. */
export interface ApiFault {
  /** A method's name, or `*` for every one. */
  method: string
  match?: (args: Json) => boolean
  /** Answer `{ok: false, error}` without doing anything. */
  error?: string
  /** Answer this HTTP status without doing anything; 429 also with `retryAfterSec`. */
  httpStatus?: number
  retryAfterSec?: number
  /** Never answer; nothing is done. */
  hang?: boolean
  /** Do it, and then let the app never hear of it: the connection is cut. */
  loseAnswer?: boolean
  /** Cut the connection; nothing is done. */
  cut?: boolean
  /** Answer only after this long, by the workspace's clock. */
  delayMs?: number
  /** How many calls it meets; 1 unless said. `Infinity` until `clear()`. */
  times?: number
}

export type DeliveryKind = 'slash_commands' | 'interactive' | 'events_api'

/** Something that goes wrong with a delivery to the app on purpose. */
export interface DeliveryFault {
  kind?: DeliveryKind
  match?: (payload: Json) => boolean
  /** Deliver it this many times more. */
  duplicate?: number
  /** Hold it back this long, by the workspace's clock. */
  delayMs?: number
  /** Lose it: the app never gets it. */
  drop?: boolean
  times?: number
}

/** The faults set up and not used up yet. */
export class Faults {
  #api: (ApiFault & { left: number })[] = []
  #delivery: (DeliveryFault & { left: number })[] = []
  #refusing = false
  #dropSockets: () => void = () => {}

  /** Called once by the server, which alone knows the sockets. */
  onDropSockets(drop: () => void): void {
    this.#dropSockets = drop
  }

  add(fault: ApiFault): void {
    this.#api.push({ ...fault, left: fault.times ?? 1 })
  }

  addDelivery(fault: DeliveryFault): void {
    this.#delivery.push({ ...fault, left: fault.times ?? 1 })
  }

  /** Cuts every socket of the app at once, without a word of warning. */
  dropSockets(): void {
    this.#dropSockets()
  }

  /** While true, Slack is away: calls and new sockets of the app are cut. The page and the driver go on. */
  refuseConnections(refuse: boolean): void {
    this.#refusing = refuse
    if (refuse) this.#dropSockets()
  }

  get refusing(): boolean {
    return this.#refusing
  }

  clear(): void {
    this.#api = []
    this.#delivery = []
    this.#refusing = false
  }

  /** The fault this call meets, counted as used. */
  takeApi(method: string, args: Json): ApiFault | undefined {
    const fault = this.#api.find(
      f => f.left > 0 && (f.method === '*' || f.method === method) && (f.match?.(args) ?? true),
    )
    if (fault) fault.left -= 1
    return fault
  }

  takeDelivery(kind: DeliveryKind, payload: Json): DeliveryFault | undefined {
    const fault = this.#delivery.find(
      f => f.left > 0 && (!f.kind || f.kind === kind) && (f.match?.(payload) ?? true),
    )
    if (fault) fault.left -= 1
    return fault
  }
}
