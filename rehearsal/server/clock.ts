/** Where the workspace gets its time from. `now` is in milliseconds since the epoch. */
export interface Clock {
  now(): number
  /** Calls `fire` once, `ms` milliseconds from now; the returned function takes it back. */
  after(ms: number, fire: () => void): () => void
}

/** The machine's clock. Its timers do not keep the process alive. */
export const systemClock: Clock = {
  now: () => Date.now(),
  after(ms, fire) {
    const timer = setTimeout(fire, ms)
    timer.unref()
    return () => clearTimeout(timer)
  },
}

/** A clock that stands still until it is moved. */
export interface MovableClock extends Clock {
  /** Moves time forward by `ms`, firing what falls due on the way in order. */
  advance(ms: number): void
}

/** Makes a clock for tests that starts at `start` (milliseconds since the epoch) and moves only when told. */
export function movableClock(start = Date.UTC(2026, 10, 23, 6, 0, 0)): MovableClock {
  let time = start
  let timers: { at: number; fire: () => void }[] = []
  return {
    now: () => time,
    after(ms, fire) {
      const timer = { at: time + ms, fire }
      timers.push(timer)
      return () => {
        timers = timers.filter(t => t !== timer)
      }
    },
    advance(ms) {
      const end = time + ms
      for (;;) {
        const due = timers.filter(t => t.at <= end).sort((a, b) => a.at - b.at)[0]
        if (!due) break
        timers = timers.filter(t => t !== due)
        time = Math.max(time, due.at)
        due.fire()
      }
      time = end
    },
  }
}
