import type { Locales } from '../../locales/index.ts'
import { partnerRecord } from '../../operations/channel/partner.ts'
import { exposedNotice } from '../../operations/channel/recheck.ts'
import { personReader } from '../../operations/channel.ts'
import type { Posted } from '../../ports.ts'
import { exposedMessage, partnerCard } from '../../views/channel.ts'
import type { Renderer } from '../contract.ts'

/** What is asked of a message that stands: to delete or to pin it. */
export const tendRenderer =
  (what: 'remove' | 'pin'): Renderer =>
  async (_, { data }) => ({ do: what, at: data as unknown as Posted })

/** The card partners work from, for as long as the channel is registered and shared. */
export function partnerCardRenderer(locales: Locales): Renderer {
  return async (ctx, { target }) => {
    const channel = await ctx.store.read.channels.byId(target)
    if (!channel || channel.sharedWith.length === 0 || !ctx.mission.defaults.partnerCard)
      return { do: 'drop', code: 'gone' }
    const view = { words: locales.words(channel.language), mission: ctx.mission, now: ctx.clock.now() }
    return { do: 'card', recordId: partnerRecord(channel.id), message: partnerCard(view), pinned: true }
  }
}

/** To a channel's registrar: somebody in it may not read what stands there. */
export function channelExposedRenderer(locales: Locales): Renderer {
  return async (ctx, { target, data }) => {
    const repos = ctx.store.read
    const person = await repos.people.byId(target.slice('person:'.length))
    if (!person) return { do: 'drop', code: 'gone' }
    const reader = await personReader(repos, person, ctx.clock.now())
    const notice = await exposedNotice(ctx, String(data.channel), reader)
    if (!notice) return { do: 'drop', code: 'overtaken' }
    const words = locales.words(person.locale, person.zone)
    const message = exposedMessage({ words, mission: ctx.mission, now: ctx.clock.now() }, notice)
    return { do: 'line', message, holds: [] }
  }
}
