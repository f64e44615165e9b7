import type { Json } from './json.ts'
import type { Changes } from './state/changes.ts'

/** One call of the Web API, as it came and as it was answered. */
export interface ApiCall {
  method: string
  args: Json
  /** Milliseconds since the epoch. */
  at: number
  httpStatus: number
  /** The answer, also where a fault kept it from the app. */
  response: Json
  /** True where the app never heard the answer. */
  unheard: boolean
}

/** Every call of the Web API since the start, in order. */
export class CallLog {
  readonly all: ApiCall[] = []
  #changes: Changes

  constructor(changes: Changes) {
    this.#changes = changes
  }

  add(call: ApiCall): void {
    this.all.push(call)
    this.#changes.emit({ type: 'call' })
  }

  of(method: string): ApiCall[] {
    return this.all.filter(c => c.method === method)
  }

  clear(): void {
    this.all.length = 0
  }

  /** The first call of `method` that `match` accepts, made or yet to be made. Rejects after `deadlineMs`. */
  waitFor(
    method: string,
    match: (call: ApiCall) => boolean = () => true,
    deadlineMs?: number,
  ): Promise<ApiCall> {
    return this.#changes.waitFor(
      () => this.of(method).find(match),
      () =>
        `The app never called ${method} as expected. It called: ${this.all.map(c => c.method).join(', ') || 'nothing'}.`,
      deadlineMs,
    )
  }
}
