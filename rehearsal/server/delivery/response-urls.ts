import type { Clock } from '../clock.ts'
import type { Ids } from '../state/ids.ts'

const LIFE_MS = 30 * 60_000
const USES = 5

/** Where and to whom a response_url answers. `source` is the message whose button was pressed. */
export interface ResponseUrl {
  user: string
  channel: string
  source?: { ts: string; ephemeral: boolean; threadTs?: string }
  madeAt: number
  uses: number
}

/** The addresses by which an app answers an interaction: five posts within half an hour. */
export class ResponseUrls {
  #all = new Map<string, ResponseUrl>()
  #clock: Clock
  #ids: Ids
  #base: () => string

  constructor(clock: Clock, ids: Ids, base: () => string) {
    this.#clock = clock
    this.#ids = ids
    this.#base = base
  }

  make(kind: 'commands' | 'actions' | 'app', of: Omit<ResponseUrl, 'madeAt' | 'uses'>): string {
    const path = `/${kind}/T0/${this.#ids.next('')}`
    this.#all.set(path, { ...of, madeAt: this.#clock.now(), uses: 0 })
    return `${this.#base()}/hooks${path}`
  }

  /** Uses the address once. Answers Slack's error code where it may not be used (any more). */
  use(path: string): ResponseUrl | 'invalid_url' | 'expired_url' | 'used_url' {
    const found = this.#all.get(path)
    if (!found) return 'invalid_url'
    if (this.#clock.now() - found.madeAt > LIFE_MS) return 'expired_url'
    if (found.uses >= USES) return 'used_url'
    found.uses += 1
    return found
  }
}
