import type { Store } from '../db/store.ts'
import type { Clock } from '../ports.ts'
import type { JobQueue, QueueName } from './queue.ts'
import type { RedisServer } from './redis.ts'
import { type Remedy, remedyFor } from './remedies.ts'

/** What the jobs tell the health page: ids, codes and counts, never a text of a record. Times are epoch ms. */
export interface JobsHealth {
  redis: { kind: RedisServer['kind']; up: boolean; depths: Record<QueueName, number> | null }
  outbox: {
    waiting: number
    underWay: number
    parked: number
    /** How long the oldest entry has waited, ms; null when none waits. */
    oldestWaitingMs: number | null
    parkedEntries: {
      id: string
      kind: string
      recordId: string
      target: string
      code: string | null
      remedy: Remedy
    }[]
  }
  timers: { next: number | null; overdue: number; failing: number }
  inbox: { waiting: number }
  lastSweep: number | null
  lastHeartbeat: number | null
}

/** A timer is overdue on the health page when it should have fired this long ago. */
const OVERDUE_MS = 5000
/** The health page shows so many parked entries and counts no further than this in a list. */
const SHOWN = 100

export interface HealthOptions {
  store: Store
  clock: Clock
  redis: RedisServer
  queue: JobQueue
  failing(): number
  lastSweep(): number | null
  lastHeartbeat(): number | null
}

export async function jobsHealth(options: HealthOptions): Promise<JobsHealth> {
  const { store, clock, redis, queue } = options
  const now = clock.now()
  const [counts, parked, next, overdue, inbox, depths] = await Promise.all([
    store.read.outbox.counts(),
    store.read.outbox.parked(),
    store.read.timers.next(),
    store.read.timers.due(now - OVERDUE_MS, SHOWN),
    store.read.inbox.next(SHOWN),
    queue.depths(),
  ])
  return {
    redis: { kind: redis.kind, up: depths !== null && queue.answers(), depths },
    outbox: {
      waiting: counts.waiting,
      underWay: counts.claimed,
      parked: counts.parked,
      oldestWaitingMs: counts.oldestWaiting === null ? null : now - counts.oldestWaiting,
      parkedEntries: parked.slice(-SHOWN).map(({ id, kind, recordId, target, error }) => ({
        id,
        kind,
        recordId,
        target,
        code: error,
        remedy: remedyFor(error),
      })),
    },
    timers: { next, overdue: overdue.length, failing: options.failing() },
    inbox: { waiting: inbox.length },
    lastSweep: options.lastSweep(),
    lastHeartbeat: options.lastHeartbeat(),
  }
}
