import { administrators } from '../../operations/administrators.ts'
import { gaveLines } from '../../operations/export.ts'
import { personTarget } from '../../operations/telling.ts'
import { gaveFile, togetherMessage } from '../../views/partner.ts'
import type { RenderingFamily } from './index.ts'

export const partnerRendering: RenderingFamily = {
  lines: locales => ({
    /** All an unnamed partner gave, to them alone, after they left. */
    'partner.gave': async (ctx, { recordId, target }) => {
      const person = await ctx.store.read.people.byId(recordId)
      if (!person) return { do: 'drop', code: 'gone' }
      if (target !== personTarget(person.id) || person.closedAt !== null)
        return { do: 'drop', code: 'not_for_this_audience' }
      const words = locales.words(person.locale, person.zone)
      return {
        do: 'file',
        recordId: `gave:${person.id}`,
        file: gaveFile({ words }, await gaveLines(ctx, person.id)),
      }
    },
    /** To the partner, and to the administrators of the humanitarian side. */
    'partner.together': async (ctx, { recordId, target, data }) => {
      const partner = await ctx.store.read.people.byId(recordId)
      const reader = await ctx.store.read.people.byId(target.slice(personTarget('').length))
      if (!partner || !reader || partner.reference === null) return { do: 'drop', code: 'gone' }
      const side = await administrators(ctx.store.read, ctx.mission, 'humanitarian', ctx.clock.now())
      const own = reader.id === partner.id
      if (reader.closedAt !== null || (!own && !side.some(({ id }) => id === reader.id)))
        return { do: 'drop', code: 'not_for_this_audience' }
      const words = locales.words(reader.locale, reader.zone)
      const message = togetherMessage(
        { words },
        { channel: String(data.channel), reference: partner.reference, own },
      )
      return { do: 'line', message, holds: [] }
    },
  }),
}
