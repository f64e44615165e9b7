import type { Clock } from '../clock.ts'
import type { Tier } from './method.ts'

/**
 * How strictly calls are counted: as Slack does, not at all, or as Slack does with other numbers.
 * `perMinute` overrides methods by name; `postBurst` is how many posts a channel takes at once.
 */
export type Limits = 'slack' | 'off' | { perMinute?: Record<string, number>; postBurst?: number }

const PER_MINUTE: Record<1 | 2 | 3 | 4, number> = { 1: 1, 2: 20, 3: 50, 4: 100 }
const POST_BURST = 5
const LONGEST_WAIT_S = 60

interface Bucket {
  left: number
  at: number
}

/** Counts calls by method, and posts by channel, in buckets that fill again with time. */
export class RateLimits {
  #clock: Clock
  #limits: Limits
  #buckets = new Map<string, Bucket>()

  constructor(clock: Clock, limits: Limits) {
    this.#clock = clock
    this.#limits = limits
  }

  set(limits: Limits): void {
    this.#limits = limits
    this.#buckets.clear()
  }

  /** Counts one call. Answers the seconds to wait where it is one too many. */
  take(method: string, tier: Tier, channel: string | undefined): number | undefined {
    if (this.#limits === 'off' || tier === 'none') return undefined
    const own = this.#limits === 'slack' ? undefined : this.#limits.perMinute?.[method]
    if (tier === 'posting' && own === undefined) {
      const burst = (this.#limits === 'slack' ? undefined : this.#limits.postBurst) ?? POST_BURST
      return this.#spend(`${method}|${channel ?? ''}`, burst, 1)
    }
    const perMinute = own ?? PER_MINUTE[tier as 1 | 2 | 3 | 4]
    return this.#spend(method, perMinute, perMinute / 60)
  }

  #spend(key: string, capacity: number, perSecond: number): number | undefined {
    const now = this.#clock.now()
    const bucket = this.#buckets.get(key) ?? { left: capacity, at: now }
    bucket.left = Math.min(capacity, bucket.left + ((now - bucket.at) / 1000) * perSecond)
    bucket.at = now
    this.#buckets.set(key, bucket)
    if (bucket.left >= 1) {
      bucket.left -= 1
      return undefined
    }
    return Math.min(LONGEST_WAIT_S, Math.max(1, Math.ceil((1 - bucket.left) / perSecond)))
  }
}
