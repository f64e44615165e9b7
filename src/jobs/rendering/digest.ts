import type { DigestKind } from '../../domain/digest.ts'
import type { Locales } from '../../locales/index.ts'
import type { Ctx } from '../../operations/context.ts'
import { channelDigest, heldBy, runDigest } from '../../operations/digest.ts'
import { ownDigest, runOwnDigest } from '../../operations/settings.ts'
import type { Rendered } from '../../ports.ts'
import { digestMessage, digestMessages } from '../../views/digest.ts'
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

/** A channel's digest, in the channel's language, with nothing its readers may not see. */
async function render(
  ctx: Ctx,
  locales: Locales,
  entry: OutboxEntry,
): Promise<{ message: Rendered; whole: Rendered[]; holds: string[] } | null> {
  const { window, dueAt, kind } = entry.data as unknown as Asked
  const channel = await ctx.store.read.channels.byId(entry.target)
  const digest = channel && (await channelDigest(ctx, channel.id, window, dueAt, kind))
  if (!channel || !digest) return null
  const view = { words: locales.words(channel.language), mission: ctx.mission, now: ctx.clock.now() }
  return { ...digestMessages(view, digest), holds: heldBy(digest.given) }
}

/** What follows in the thread of a digest once this much of it stands. */
const next = (entry: OutboxEntry, head: string, part: number) => ({
  follows: { kind: 'digest.part', data: { ...entry.data, head, part } },
})

export const digestRendering: RenderingFamily = {
  lines: locales => {
    const digest: Renderer = async (ctx, entry): Promise<Delivery> => {
      const made = await render(ctx, locales, entry)
      if (!made) return { do: 'drop', code: 'gone' }
      const { message, whole, holds } = made
      return { do: 'line', message, holds, ...(whole.length > 0 ? next(entry, entry.id, 0) : {}) }
    }
    /** The whole of a digest that found no room in one message, part by part in its thread. */
    const part: Renderer = async (ctx, entry): Promise<Delivery> => {
      const { head = '', part = 0 } = entry.data as unknown as Asked
      const above = await ctx.store.read.outbox.byId(head)
      const made = above?.channel && above.ts ? await render(ctx, locales, entry) : null
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
    /** A person's own, in their language and zone. */
    const own: Renderer = async (ctx, entry): Promise<Delivery> => {
      const { window, dueAt, listed = [] } = entry.data as unknown as Asked
      const personId = entry.target.slice('person:'.length)
      const person = await ctx.store.read.people.byId(personId)
      const made = await ownDigest(ctx, personId, window, dueAt, listed)
      if (!person || !made) return { do: 'drop', code: 'gone' }
      const words = locales.words(person.locale, person.zone)
      const view = { words, mission: ctx.mission, now: ctx.clock.now() }
      return { do: 'line', message: digestMessage(view, made), holds: heldBy(made.given) }
    }
    return { digest, 'digest.part': part, 'digest.own': own }
  },
  timers: { digest: runDigest, 'digest.own': runOwnDigest },
}
