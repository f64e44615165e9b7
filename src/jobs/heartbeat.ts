import type { Store } from '../db/store.ts'
import type { Clock, Log } from '../ports.ts'

export interface HeartbeatOptions {
  store: Store
  clock: Clock
  log: Log
  /** Pinged each minute, so that a watchman elsewhere notices when the bot falls silent. */
  url?: string | undefined
}

/** Writes down that the bot lives, so that the next start knows how long it was away. */
export interface Heartbeat {
  /** Records the time since the last beat as an outage where it is longer than two minutes, then beats. */
  begin(): Promise<void>
  /** Never rejects. */
  beat(): Promise<void>
  /** Never rejects: an unreachable watchman is logged only. */
  ping(): Promise<void>
  /** Epoch ms of the last beat of this process, or null. */
  last(): number | null
}

export const BEAT_MS = 15_000
export const PING_MS = 60_000
const OUTAGE_MS = 2 * 60_000
const PING_TIMEOUT_MS = 5000
const KEY = 'heartbeat'

export function createHeartbeat({ store, clock, log, url }: HeartbeatOptions): Heartbeat {
  let last: number | null = null

  async function beat(): Promise<void> {
    const now = clock.now()
    try {
      await store.write(repos => repos.meta.set(KEY, String(now)))
      last = now
    } catch (error) {
      log.error({ reason: String(error) }, 'the heartbeat could not be written')
    }
  }

  return {
    async begin() {
      const now = clock.now()
      const before = Number(await store.read.meta.get(KEY))
      if (before > 0 && now - before > OUTAGE_MS) {
        await store.write(repos => repos.meta.addOutage(before, now))
        log.warn({ from: before, to: now }, 'the bot was away')
      }
      await beat()
    },
    beat,
    async ping() {
      if (!url) return
      try {
        const answer = await fetch(url, { signal: AbortSignal.timeout(PING_TIMEOUT_MS) })
        await answer.body?.cancel()
        if (!answer.ok) log.warn({ status: answer.status }, 'HEARTBEAT_URL refused the ping')
      } catch (error) {
        log.warn({ reason: String(error) }, 'HEARTBEAT_URL could not be reached')
      }
    },
    last: () => last,
  }
}
