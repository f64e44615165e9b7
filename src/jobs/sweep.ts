import type { Store } from '../db/store.ts'
import type { Clock, Log } from '../ports.ts'

const DAY_MS = 24 * 3_600_000
export const SWEEP_MS = 60_000
/** While the queue does not answer. */
export const CLOSE_SWEEP_MS = 3000
export const PURGE_MS = 3_600_000
/** How long settled rows are kept. */
export const KEEP_INBOX_MS = 7 * DAY_MS
export const KEEP_OUTBOX_MS = 30 * DAY_MS

export interface SweepOptions {
  store: Store
  clock: Clock
  log: Log
  /** Starts everything that is due, from the rows alone. */
  everything(): void
  queueAnswers(): boolean
}

/** The safety net under the queue: looks through the rows at start, every minute, and more often without a queue. */
export interface Sweep {
  start(): Promise<void>
  stop(): void
  /** Epoch ms of the last sweep, or null. */
  last(): number | null
}

export function createSweep({ store, clock, log, everything, queueAnswers }: SweepOptions): Sweep {
  let interval: NodeJS.Timeout | undefined
  let last: number | null = null
  let sinceSweep = 0
  let sincePurge = 0

  function sweep(): void {
    everything()
    last = clock.now()
  }

  async function purge(): Promise<void> {
    const now = clock.now()
    try {
      await store.write(async repos => {
        await repos.inbox.purge(now - KEEP_INBOX_MS)
        await repos.outbox.purge(now - KEEP_OUTBOX_MS)
      })
    } catch (error) {
      log.error({ reason: String(error) }, 'old rows could not be removed')
    }
  }

  function tick(): void {
    sinceSweep += CLOSE_SWEEP_MS
    sincePurge += CLOSE_SWEEP_MS
    if (sincePurge >= PURGE_MS) {
      sincePurge = 0
      void purge()
    }
    if (sinceSweep < SWEEP_MS && queueAnswers()) return
    sinceSweep = 0
    sweep()
  }

  return {
    async start() {
      interval = setInterval(tick, CLOSE_SWEEP_MS)
      interval.unref()
      await purge()
      sweep()
    },
    stop: () => clearInterval(interval),
    last: () => last,
  }
}
