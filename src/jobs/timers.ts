import { setImmediate as breathe } from 'node:timers/promises'
import type { Timer } from '../db/timers.ts'
import { TocsinError } from '../errors.ts'
import type { Ctx } from '../operations/context.ts'
import { backoff } from './backoff.ts'
import type { TimerHandler } from './contract.ts'
import { createPump } from './pump.ts'

export interface TimersOptions {
  ctx: Ctx
  handlers: Record<string, TimerHandler>
  chance(): number
  /** Asks to be run again when this timer falls due (epoch ms). */
  wakeAt(time: number, jobId?: string): void
}

export interface Timers {
  /** Fires everything due now, once per arming, and plans the next. Never rejects. */
  run(): Promise<void>
  /** Fires one timer; false when it is not due, not of this arming, or fired already. */
  fire(id: number, arming: number): Promise<boolean>
  busy(): boolean
  /** Timers whose handler threw; they are tried again. */
  failing(): number
}

/** One commit for so many timers, so that thousands falling due at once do not wait for thousands of commits. */
const BATCH = 100

export function createTimers({ ctx, handlers, chance, wakeAt }: TimersOptions): Timers {
  const { store, clock, log } = ctx
  const failing = new Map<string, { attempts: number; retryAt: number }>()
  const keyOf = (timer: Pick<Timer, 'id' | 'arming'>) => `${timer.id}-${timer.arming}`

  const pump = createPump(fireDue, error => {
    log.error({ reason: String(error) }, 'the timers cannot be read')
    wakeAt(clock.now() + 2000)
  })

  async function fireDue(): Promise<void> {
    for (;;) {
      const now = clock.now()
      const found = await store.read.timers.due(now, BATCH + failing.size)
      const ready = found.filter(timer => (failing.get(keyOf(timer))?.retryAt ?? 0) <= now).slice(0, BATCH)
      if (ready.length === 0) break
      await fireAll(ready)
      await breathe()
    }
    await planNext()
  }

  /** All in one transaction; when one of them throws, each in its own, so that it spoils none but itself. */
  async function fireAll(due: Timer[]): Promise<void> {
    try {
      await store.write(async repos => {
        const claimed: Timer[] = []
        for (const { id, arming } of due) {
          const timer = await repos.timers.claim(id, arming, clock.now())
          if (timer) claimed.push(timer)
        }
        for (const [kind, timers] of Map.groupBy(claimed, ({ kind }) => kind))
          await handle({ ...ctx, tx: repos }, kind, timers)
      })
    } catch (error) {
      if (isRefusal(error)) throw error
      for (const timer of due) await fireAlone(timer)
      return
    }
    for (const timer of due) failing.delete(keyOf(timer))
  }

  async function fireAlone(timer: Timer): Promise<void> {
    try {
      await fire(timer.id, timer.arming)
      failing.delete(keyOf(timer))
    } catch (error) {
      if (isRefusal(error)) throw error
      const attempts = (failing.get(keyOf(timer))?.attempts ?? 0) + 1
      failing.set(keyOf(timer), { attempts, retryAt: clock.now() + backoff(attempts, true, chance()) })
      log.error(
        { timer: timer.id, kind: timer.kind, attempts, err: error },
        'a timer could not be worked off',
      )
    }
  }

  async function fire(id: number, arming: number): Promise<boolean> {
    return store.write(async repos => {
      const timer = await repos.timers.claim(id, arming, clock.now())
      if (timer) await handle({ ...ctx, tx: repos }, timer.kind, [timer])
      return timer !== null
    })
  }

  async function handle(within: Ctx, kind: string, timers: readonly Timer[]): Promise<void> {
    const handler = handlers[kind]
    if (!handler) throw new Error(`no handler for timers of kind ${kind}`)
    if (handler.together) return handler.together(within, timers)
    for (const timer of timers) await handler(within, timer)
  }

  /** A job for the next timer is enough: whatever is due is fired with it, and then the one after it is planned. */
  async function planNext(): Promise<void> {
    const now = clock.now()
    const [next] = (await store.read.timers.armed(1 + failing.size)).filter(
      timer => !failing.has(keyOf(timer)),
    )
    if (next) wakeAt(next.dueAt, `timer-${keyOf(next)}`)
    const retries = [...failing.values()].map(({ retryAt }) => retryAt).filter(time => time > now)
    if (retries.length > 0) wakeAt(Math.min(...retries))
  }

  return { run: pump.run, fire, busy: pump.busy, failing: () => failing.size }
}

/** The store itself refuses: that is no fault of the timer. */
function isRefusal(error: unknown): boolean {
  return error instanceof TocsinError && error.code === 'not_stored'
}
