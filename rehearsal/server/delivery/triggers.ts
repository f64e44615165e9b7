import type { Clock } from '../clock.ts'
import { refuse } from '../errors.ts'
import type { Ids } from '../state/ids.ts'

/** What a trigger id stands for: this person, just now, perhaps in a view or a channel. */
export interface Trigger {
  user: string
  viewId?: string
  channel?: string
  madeAt: number
  used: boolean
}

const LIFE_MS = 3_000

/** Trigger ids: good for three seconds, and once. */
export class Triggers {
  #all = new Map<string, Trigger>()
  #clock: Clock
  #ids: Ids

  constructor(clock: Clock, ids: Ids) {
    this.#clock = clock
    this.#ids = ids
  }

  make(user: string, of: { viewId?: string; channel?: string } = {}): string {
    const now = this.#clock.now()
    const id = `${Math.floor(now / 1000)}.${this.#ids.next('')}.${user.toLowerCase()}`
    this.#all.set(id, { user, ...of, madeAt: now, used: false })
    return id
  }

  /** Looks a trigger up without using it. @throws SlackError as Slack refuses it */
  check(id: string | undefined): Trigger {
    const trigger = id === undefined ? undefined : this.#all.get(id)
    if (!trigger) return refuse('invalid_trigger_id')
    if (trigger.used) return refuse('exchanged_trigger_id')
    if (this.#clock.now() - trigger.madeAt > LIFE_MS) return refuse('expired_trigger_id')
    return trigger
  }
}
