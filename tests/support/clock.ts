import type { Clock } from '../../src/ports.ts'

export interface MovableClock extends Clock {
  /** Moves time forward by so many milliseconds and returns the new time. */
  advance(ms: number): number
  set(now: number): void
}

/** A clock that stands still until a test moves it. `start` is epoch milliseconds or an ISO time. */
export function movableClock(start: number | string = '2026-03-02T06:00:00Z'): MovableClock {
  let now = typeof start === 'string' ? Date.parse(start) : start
  return {
    now: () => now,
    advance: ms => {
      now += ms
      return now
    },
    set: time => {
      now = time
    },
  }
}
