import type { DigestKind } from '../../domain/digest.ts'
import type { Locales } from '../../locales/index.ts'
import type { Ctx } from '../../operations/context.ts'
import { runDigest } from '../../operations/digest.ts'
import { runOwnDigest } from '../../operations/settings.ts'
import { makeDigest } from '../aside/digest.ts'
import { createAside } from '../aside/index.ts'
import type { DigestTask } from '../aside/task.ts'
import type { Delivery, OutboxEntry, Renderer } from '../contract.ts'
import type { RenderingFamily } from './index.ts'

interface Asked {
  window: { from: number; to: number }
  dueAt: number | null
  kind?: DigestKind
  /** Alerts that a person subscribed to. */
  listed?: string[]
  /** Of a part in its thread: the entry of the message above it, and which part. */
  head?: string
  part?: number
}

/** The thread of a morning stays for the next channel and the next part. */
const LINGER_MS = 15_000

function taskOf({ target, data }: OutboxEntry): DigestTask {
  const { window, dueAt, kind, listed = [] } = data as unknown as Asked
  const own = target.startsWith('person:')
  return { do: 'digest', target, kind: own ? 'own' : (kind ?? 'daily'), window, dueAt, listed }
}

/** What follows in the thread of a digest once this much of it stands. */
const next = (entry: OutboxEntry, head: string, part: number) => ({
  follows: { kind: 'digest.part', data: { ...entry.data, head, part } },
})

export const digestRendering: RenderingFamily = {
  lines: locales => {
    const make = maker(locales)
    /** For a channel, or a person's own; made anew at delivery, as everything is. */
    const digest: Renderer = async (ctx, entry): Promise<Delivery> => {
      const made = await make(ctx, entry)
      if (!made) return { do: 'drop', code: 'gone' }
      const { message, whole, holds } = made
      return { do: 'line', message, holds, ...(whole.length > 0 ? next(entry, entry.id, 0) : {}) }
    }
    /** The whole of a digest that found no room in one message, part by part in its thread. */
    const part: Renderer = async (ctx, entry): Promise<Delivery> => {
      const { head = '', part = 0 } = entry.data as unknown as Asked
      const above = await ctx.store.read.outbox.byId(head)
      const made = above?.channel && above.ts ? await make(ctx, entry) : null
      const message = made?.whole[part]
      if (!above?.channel || !above.ts || !made || !message) return { do: 'drop', code: 'overtaken' }
      return {
        do: 'line',
        message,
        holds: made.holds,
        thread: { channel: above.channel, ts: above.ts },
        ...(part + 1 < made.whole.length ? next(entry, head, part + 1) : {}),
      }
    }
    return { digest, 'digest.part': part, 'digest.own': digest }
  },
  timers: { digest: runDigest, 'digest.own': runOwnDigest },
}

/** A small digest is made at once; one that would hold up whoever presses a button meanwhile, in a thread. */
function maker(locales: Locales) {
  const aside = createAside(LINGER_MS)
  return async (ctx: Ctx, entry: OutboxEntry) => {
    const task = taskOf(entry)
    return (await takesLong(ctx, task.kind)) ? aside(ctx, task) : makeDigest(ctx, locales, task)
  }
}

/** So many open alerts and taskings are told within some ten milliseconds. */
const AT_ONCE = 60

async function takesLong(ctx: Ctx, kind: DigestKind): Promise<boolean> {
  const { alerts, taskings } = ctx.store.read
  // The week's figures look through the alerts of ninety days.
  const read = kind === 'weekly' ? await alerts.count() : await alerts.countOpen()
  return read + (await taskings.countOpen()) > AT_ONCE
}
