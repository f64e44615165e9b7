import type { Profile } from '../../domain/profile.ts'
import type { Locales } from '../../locales/index.ts'
import { administrators } from '../../operations/administrators.ts'
import type { Ctx } from '../../operations/context.ts'
import { PROFILE, profileChange, profileFacts } from '../../operations/profile.ts'
import { personTarget } from '../../operations/telling.ts'
import type { ViewContext } from '../../views/context.ts'
import { changedMessage, profileCard, refusedMessage } from '../../views/profile.ts'
import type { Delivery, OutboxEntry, Renderer } from '../contract.ts'
import type { RenderingFamily } from './index.ts'

/** For the administrators of both sides, and nobody else. */
function forAdministrators(
  locales: Locales,
  render: (ctx: Ctx, entry: OutboxEntry, view: ViewContext, side: string) => Promise<Delivery>,
): Renderer {
  return async (ctx, entry) => {
    const person = await ctx.store.read.people.byId(entry.target.slice(personTarget('').length))
    if (!person || person.closedAt !== null) return { do: 'drop', code: 'gone' }
    for (const side of ['mission', 'humanitarian'] as const) {
      const people = await administrators(ctx.store.read, ctx.mission, side, ctx.clock.now())
      if (!people.some(({ id }) => id === person.id)) continue
      const words = locales.words(person.locale, person.zone)
      return render(ctx, entry, { words, mission: ctx.mission, now: ctx.clock.now() }, side)
    }
    return { do: 'drop', code: 'not_for_this_audience' }
  }
}

export const profileRendering: RenderingFamily = {
  cards: locales => ({
    profile: forAdministrators(locales, async (ctx, _, view, side) => {
      const facts = await profileFacts(ctx)
      const change = facts.proposal && profileChange(ctx, facts.profile, facts.proposal.to)
      const decides = facts.proposal !== null && facts.proposal.side !== side
      return { do: 'card', recordId: PROFILE.id, message: profileCard(view, facts, change, decides) }
    }),
  }),
  lines: locales => ({
    'profile.changed': forAdministrators(locales, async (ctx, { data }, view) => ({
      do: 'line',
      message: changedMessage(view, profileChange(ctx, data.from as Profile, data.to as Profile)),
      holds: [],
    })),
    'profile.refused': forAdministrators(locales, async (_, { data }, view) => ({
      do: 'line',
      message: refusedMessage(view, data.to as Profile),
      holds: [],
    })),
  }),
}
