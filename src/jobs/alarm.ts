import type { Clock } from '../ports.ts'
import type { JobQueue, QueueName } from './queue.ts'

/**
 * Rings a part of the engine at a wanted time: through the queue, or by itself where the queue does not answer or is
 * slow. Ringing twice is harmless: whoever is rung looks at the rows.
 */
export interface Alarm {
  /** As soon as may be. Further calls before it rang change nothing. */
  now(): void
  /** At `time` (epoch ms) or a little later; keeps the earliest of the times wished for. */
  at(time: number, jobId?: string): void
  /** The queue rang. */
  rung(): void
  /** The queue may have forgotten its jobs: what is asked next is planned anew. */
  renew(): void
  close(): void
}

/** The queue's ring is awaited for so long; then the alarm rings by itself. */
const PATIENCE_MS = 5
/** A ring overdue for this long means that the queue does not work. */
const SILENCE_MS = 1000
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
  let asked: NodeJS.Timeout | undefined
  let planned: Plan | undefined
  let owed: NodeJS.Timeout | undefined
  let count = 0
  let closed = false

  const nextId = () => `${name}-${life}-${++count}`

  function strike(): void {
    clearTimeout(asked)
    asked = undefined
    if (planned && planned.time <= clock.now()) dropPlan()
    if (!closed) ring()
  }

  function dropPlan(): void {
    clearTimeout(planned?.guard)
    planned = undefined
  }

  /** Without a ring of the queue within a second, the queue counts as silent. */
  function expectRing(): void {
    owed ??= after(SILENCE_MS, () => {
      owed = undefined
      queue.missed()
    })
  }

  function now(): void {
    if (asked || closed) return
    if (!queue.answers()) {
      asked = after(0, strike)
      return
    }
    asked = after(PATIENCE_MS, strike)
    expectRing()
    void queue.put(name, nextId(), 0).then(taken => {
      if (!taken && asked) strike()
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
    const answers = queue.answers()
    plan(time, answers)
    if (answers) void queue.put(name, jobId ?? nextId(), wait)
  }

  /** Strikes at `time`, or a little after where the queue is awaited first. */
  function plan(time: number, awaitQueue: boolean): void {
    clearTimeout(planned?.guard)
    const wait = time - clock.now() + (awaitQueue ? PATIENCE_MS : 0)
    const guard = after(Math.min(wait, LONGEST_WAIT_MS), () => {
      planned = undefined
      if (awaitQueue && wait <= LONGEST_WAIT_MS) expectRing()
      strike()
    })
    planned = { time, guard }
  }

  return {
    now,
    at,
    rung() {
      clearTimeout(owed)
      owed = undefined
      // The clocks of Redis and of this process may differ by a little.
      const early = planned && planned.time - clock.now()
      if (planned && early && early > 0 && early <= EARLY_MS) plan(planned.time, false)
      strike()
    },
    renew: dropPlan,
    close() {
      closed = true
      clearTimeout(asked)
      clearTimeout(owed)
      dropPlan()
    },
  }
}

/** A timer that does not keep the process alive. */
function after(ms: number, work: () => void): NodeJS.Timeout {
  return setTimeout(work, ms).unref()
}
