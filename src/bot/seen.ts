/**
 * Remembers for a while what has been seen, each with the answer it got. Bounded: the oldest go first.
 */
export interface Seen<T> {
  get(key: string, now: number): T | undefined
  put(key: string, value: T, now: number): void
  forget(key: string): void
}

export function createSeen<T>({ forMs, atMost }: { forMs: number; atMost: number }): Seen<T> {
  const entries = new Map<string, { value: T; until: number }>()
  return {
    get(key, now) {
      const entry = entries.get(key)
      return entry && entry.until > now ? entry.value : undefined
    },
    put(key, value, now) {
      for (const [oldest, { until }] of entries) {
        if (until > now && entries.size < atMost) break
        entries.delete(oldest)
      }
      entries.delete(key)
      entries.set(key, { value, until: now + forMs })
    },
    forget: key => entries.delete(key),
  }
}
