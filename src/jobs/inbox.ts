import PQueue from 'p-queue'
import type { InboxItem } from '../db/inbox.ts'
import type { Ctx } from '../operations/context.ts'
import { backoff } from './backoff.ts'
import type { InboxHandler } from './contract.ts'
import { createPump } from './pump.ts'

export interface InboxOptions {
  ctx: Ctx
  handler: InboxHandler
  chance(): number
  /** Asks to be run again at this time (epoch ms). */
  wakeAt(time: number): void
}

/** Works off what Slack sent, in the order it came. One that fails is tried again, then set aside; none waits for it. */
export interface Inbox {
  /** Resolves when everything that may be worked off now is worked off. Never rejects. */
  run(): Promise<void>
  busy(): boolean
}

const PAGE = 100
/** Handlers may ask Slack something; so many at a time keep one slow answer from holding up the rest. */
const WIDTH = 4

export function createInbox({ ctx, handler, chance, wakeAt }: InboxOptions): Inbox {
  const { store, clock, log } = ctx
  const retryAt = new Map<string, number>()

  const pump = createPump(workOff, error => {
    log.error({ reason: String(error) }, 'the inbox cannot be read or written')
    wakeAt(clock.now() + 2000)
  })

  async function workOff(): Promise<void> {
    for (;;) {
      const now = clock.now()
      const waiting = await store.read.inbox.next(PAGE + retryAt.size)
      const ready = waiting.filter(item => (retryAt.get(item.id) ?? 0) <= now)
      if (ready.length === 0) break
      const queue = new PQueue({ concurrency: WIDTH })
      await queue.addAll(ready.map(item => () => handle(item)))
    }
    if (retryAt.size > 0) wakeAt(Math.min(...retryAt.values()))
  }

  async function handle(item: InboxItem): Promise<void> {
    try {
      await handler(ctx, item.body ?? {})
    } catch (error) {
      await setBack(item, error)
      return
    }
    await store.write(repos => repos.inbox.done(item.id))
    retryAt.delete(item.id)
  }

  async function setBack(item: InboxItem, error: unknown): Promise<void> {
    const code = error instanceof Error ? error.name : 'unknown'
    const state = await store.write(repos => repos.inbox.failed(item.id, code))
    log.error(
      { event: item.id, kind: item.kind, state, err: error },
      'an event from Slack could not be worked off',
    )
    if (state === 'waiting') retryAt.set(item.id, clock.now() + backoff(item.attempts + 1, true, chance()))
    else retryAt.delete(item.id)
  }

  return { run: pump.run, busy: pump.busy }
}
