import { passOnConcerns } from '../../operations/concern.ts'
import { releasingOfficers } from '../../operations/release/facts.ts'
import { concernCard } from '../../views/concern.ts'
import { toPerson } from './gate.ts'
import type { RenderingFamily } from './index.ts'

export const concernRendering: RenderingFamily = {
  cards: locales => ({
    concern: toPerson(locales, async (ctx, view, entry, person) => {
      const { read } = ctx.store
      const concern = await read.concerns.byId(entry.recordId)
      if (!concern) return { do: 'drop', code: 'gone' }
      const officers = await releasingOfficers(read, ctx.mission, 'humanitarian', ctx.clock.now())
      if (!officers.some(({ id }) => id === person.id)) return { do: 'drop', code: 'not_for_this_audience' }
      return { do: 'card', recordId: concern.id, message: concernCard(view, concern) }
    }),
  }),
  timers: { 'concern.pass_on': passOnConcerns },
}
