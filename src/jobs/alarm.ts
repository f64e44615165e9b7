import type { Clock } from '../ports.ts'
import type { JobQueue, QueueName } from './queue.ts'

/**
 * Rings a part of the engine at a wanted time: through the queue while that answers, else by itself. A ring that
 * the queue owes is awaited for a second at most.
 */
export interface Alarm {
  /** As soon as may be. Further calls before it rang change nothing. */
  now(): void
  /** At `time` (epoch ms) or a little later; keeps the earliest of the times wished for. */
  at(time: number, jobId?: string): void
  /** The queue rang. */
  rung(): void
  /** The queue may have forgotten its jobs: plans what is asked next anew. */
  renew(): void
  close(): void
}

/** How long a ring that the queue took over may be overdue before the alarm rings by itself. */
export const GRACE_MS = 1000
/** Longer waits are cut: ringing in vain costs one read. */
const LONGEST_WAIT_MS = 12 * 3_600_000

/** The queue may ring this much too early. */
const EARLY_MS = 50

interface Plan {
  time: number
  guard: NodeJS.Timeout
}

export interface AlarmOptions {
  name: QueueName
  queue: JobQueue
  clock: Clock
  /** Makes job ids of this life differ from those of an earlier one. */
  life: string
  ring(): void
}

export function createAlarm({ name, queue, clock, life, ring }: AlarmOptions): Alarm {
  let pending: NodeJS.Timeout | undefined
  let planned: Plan | undefined
  let count = 0
  let closed = false

  function strike(): void {
    clearTimeout(pending)
    pending = undefined
    if (planned && planned.time <= clock.now()) {
      clearTimeout(planned.guard)
      planned = undefined
    }
    if (!closed) ring()
  }

  function guard(wait: number, strikeLate: () => void): NodeJS.Timeout {
    const timer = setTimeout(strikeLate, wait)
    timer.unref()
    return timer
  }

  function now(): void {
    if (pending || closed) return
    const asked = guard(GRACE_MS, () => {
      queue.missed()
      strike()
    })
    pending = asked
    if (!queue.answers()) {
      setImmediate(strike)
      return
    }
    queue.put(name, `${name}-${life}-${++count}`, 0).then(taken => {
      if (!taken && pending === asked) strike()
    })
  }

  function at(time: number, jobId?: string): void {
    if (closed) return
    const wait = time - clock.now()
    if (wait <= 0) {
      now()
      return
    }
    if (planned && planned.time <= time) return
    if (!queue.answers()) {
      plan(time)
      return
    }
    const mine = plan(time, GRACE_MS)
    queue.put(name, jobId ?? `${name}-${life}-${++count}`, wait).then(taken => {
      if (!taken && planned === mine) plan(time)
    })
  }

  /** Strikes at `time`, or `grace` ms after it where the queue is awaited first. */
  function plan(time: number, grace = 0): Plan {
    clearTimeout(planned?.guard)
    const wait = Math.max(0, time - clock.now()) + grace
    const mine: Plan = {
      time,
      guard: guard(Math.min(wait, LONGEST_WAIT_MS), () => {
        if (grace > 0 && wait <= LONGEST_WAIT_MS) queue.missed()
        planned = undefined
        strike()
      }),
    }
    planned = mine
    return mine
  }

  /** The clocks of Redis and of this process may differ by a little: an early ring is made good here. */
  function rung(): void {
    if (planned && planned.time > clock.now() && planned.time - clock.now() <= EARLY_MS) plan(planned.time)
    strike()
  }

  return {
    now,
    at,
    rung,
    renew() {
      clearTimeout(planned?.guard)
      planned = undefined
    },
    close() {
      closed = true
      clearTimeout(pending)
      clearTimeout(planned?.guard)
    },
  }
}
