import type { Locales } from '../../locales/index.ts'
import { channelDigest } from '../../operations/digest.ts'
import { digestMessage } from '../../views/digest.ts'
import type { Delivery, Renderer } from '../contract.ts'

/** A channel's digest, in the channel's language, with nothing its readers may not see. */
export function digestRenderer(locales: Locales): Renderer {
  return async (ctx, entry): Promise<Delivery> => {
    const { window, dueAt } = entry.data as { window: { from: number; to: number }; dueAt: number | null }
    const channel = await ctx.store.read.channels.byId(entry.target)
    const digest = channel && (await channelDigest(ctx, channel.id, window, dueAt))
    if (!channel || !digest) return { do: 'drop', code: 'gone' }
    const view = { words: locales.words(channel.language), mission: ctx.mission, now: ctx.clock.now() }
    const { unanswered, urgent, raised, changed, ended } = digest.sections
    const holds = [unanswered, urgent, raised, changed, ended].flat().map(({ alert }) => alert.id)
    const untold = digest.untold.map(({ facts }) => facts.alert.id)
    const summaries = digest.summaries.map(({ release }) => release.id)
    return { do: 'line', message: digestMessage(view, digest), holds: [...holds, ...untold, ...summaries] }
  }
}
