import type { Locales } from '../../locales/index.ts'
import { quoteContext } from '../../operations/quote.ts'
import { quoteCard } from '../../views/quote.ts'
import type { Renderer } from '../contract.ts'
import type { RenderingFamily } from './index.ts'

/** The question, or the notice, to the author of a message; nothing for anybody else. */
const quoteCardRenderer =
  (locales: Locales): Renderer =>
  async (ctx, entry) => {
    const repos = ctx.store.read
    const quote = await repos.quotes.byId(entry.recordId)
    const person = await repos.people.byId(entry.target.slice('person:'.length))
    if (!quote || !person) return { do: 'drop', code: 'gone' }
    if (person.closedAt !== null || quote.authorId !== person.id)
      return { do: 'drop', code: 'not_for_this_audience' }
    const words = locales.words(person.locale, person.zone)
    const view = { words, mission: ctx.mission, now: ctx.clock.now() }
    return {
      do: 'card',
      recordId: quote.id,
      message: quoteCard(view, quote, await quoteContext(ctx, quote)),
    }
  }

export const quoteRendering: RenderingFamily = {
  cards: locales => ({ quote: quoteCardRenderer(locales) }),
}
