import pRetry, { AbortError } from 'p-retry'
import { z } from 'zod'
import { TocsinError } from '../errors.ts'
import type { Ctx } from '../operations/context.ts'
import { receive } from '../operations/intake.ts'
import type { Log } from '../ports.ts'
import { Refused } from './request.ts'
import { toInbound } from './signed.ts'

export interface PollOptions {
  /** Acts for the bot. */
  ctx: Ctx
  url: string
  token: string
  log: Log
  fetch?: typeof globalThis.fetch
  /** Waits between tries of one question; none in tests. */
  retries?: number
}

/** Asks a gateway that cannot reach us. */
export interface Poll {
  /** Asks until nothing more waits there. Never rejects; false where it could not be asked, or not stored. */
  once(): Promise<boolean>
  start(): void
  /** Asks no more, and waits for the question under way. */
  stop(): Promise<void>
  /** When it was last asked with success, epoch ms; null: never yet. */
  lastOk(): number | null
}

const CURSOR = 'intake_poll_cursor'
const EVERY_MS = 15_000
const TIMEOUT_MS = 20_000
/** Pages taken at a time; the rest comes with the next question. */
const PAGES = 50

const pageSchema = z.object({
  messages: z.array(z.unknown()).max(1000),
  /** What is asked for next time; left out where nothing is new. */
  cursor: z.union([z.string().max(500), z.number()]).nullish(),
  more: z.boolean().default(false),
})

/**
 * `GET <url>?cursor=<cursor>` with a bearer token, every 15 seconds. The cursor moves when everything before it is on
 * disk, so nothing is missed; what is sent twice is known by its id.
 */
export function createPoll({
  ctx,
  url,
  token,
  log,
  fetch = globalThis.fetch,
  retries = 3,
}: PollOptions): Poll {
  let timer: NodeJS.Timeout | undefined
  let stopped = false
  let lastOk: number | null = null
  let underWay: Promise<boolean> = Promise.resolve(true)

  async function page(cursor: string | null): Promise<z.output<typeof pageSchema>> {
    const address = new URL(url)
    if (cursor !== null) address.searchParams.set('cursor', cursor)
    const answered = await fetch(address, {
      headers: { authorization: `Bearer ${token}`, accept: 'application/json' },
      signal: AbortSignal.timeout(TIMEOUT_MS),
      redirect: 'error',
    })
    if (!answered.ok) {
      const error = new Error(`http_${answered.status}`)
      throw answered.status >= 400 && answered.status < 500 && answered.status !== 429
        ? new AbortError(error)
        : error
    }
    const parsed = pageSchema.safeParse(await answered.json())
    if (!parsed.success) throw new AbortError(new Error('not_a_page'))
    return parsed.data
  }

  async function take(messages: readonly unknown[]): Promise<void> {
    for (const [index, message] of messages.entries()) {
      try {
        await receive(ctx, toInbound('poll', message))
      } catch (error) {
        const hopeless = error instanceof Refused || (error instanceof TocsinError && error.kind === 'input')
        // One that can never be taken in must not hold up all that follow; it stays with the gateway.
        if (!hopeless) throw error
        log.error(
          { index, reason: error instanceof TocsinError ? error.code : 'invalid' },
          'a polled message is none',
        )
      }
    }
  }

  async function ask(): Promise<boolean> {
    try {
      for (let pages = 0; pages < PAGES && !stopped; pages++) {
        const cursor = await ctx.store.read.meta.get(CURSOR)
        const {
          messages,
          cursor: next,
          more,
        } = await pRetry(() => page(cursor), {
          retries,
          minTimeout: 500,
          maxTimeout: 5000,
        })
        await take(messages)
        if (next != null && String(next) !== cursor)
          await ctx.store.write(({ meta }) => meta.set(CURSOR, String(next)))
        lastOk = ctx.clock.now()
        if (!more || next == null || String(next) === cursor) break
      }
      return true
    } catch (error) {
      const reason =
        error instanceof TocsinError ? error.code : error instanceof Error ? error.message : 'failed'
      log.warn({ reason: reason.slice(0, 60) }, 'the gateway could not be asked')
      return false
    }
  }

  const once = () => {
    underWay = underWay.then(ask)
    return underWay
  }

  return {
    once,
    start() {
      const next = () => {
        if (stopped) return
        timer = setTimeout(() => void once().then(next), EVERY_MS)
        timer.unref()
      }
      void once().then(next)
    },
    async stop() {
      stopped = true
      clearTimeout(timer)
      await underWay
    },
    lastOk: () => lastOk,
  }
}
