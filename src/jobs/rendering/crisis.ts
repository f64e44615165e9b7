import type { Locales } from '../../locales/index.ts'
import { crisisFacts, crisisMeets, reviewOwed } from '../../operations/crisis.ts'
import { factsOfForums, mayReadForum } from '../../operations/forum/facts.ts'
import { crisisLine } from '../../views/crisis.ts'
import type { Renderer } from '../contract.ts'
import { audience } from './audience.ts'
import type { RenderingFamily } from './index.ts'

/** What a crisis forum is told, mostly in the thread of its card; nothing where one of its readers may not read it. */
function lineRenderer(locales: Locales): Renderer {
  return async (ctx, entry) => {
    const repos = ctx.store.read
    const row = await repos.forums.byId(entry.recordId)
    const [forum] = row ? await factsOfForums(ctx, repos, [row]) : []
    const facts = forum && (await crisisFacts(repos, forum))
    const to = facts && (await audience(ctx, locales, entry.target))
    if (!facts || !to) return { do: 'drop', code: 'gone' }
    if (!mayReadForum(ctx, facts.forum, to.reader)) return { do: 'drop', code: 'not_for_this_audience' }
    const view = { words: to.words, mission: ctx.mission, now: ctx.clock.now() }
    const message = crisisLine(view, facts, String(entry.data.line))
    if (!message) return { do: 'drop', code: 'overtaken' }
    // The reminder of a review is not looked for in the thread of a card of a week ago.
    if (entry.data.line === 'review') return { do: 'line', message }
    return { do: 'line', message, threadOf: entry.recordId }
  }
}

export const crisisRendering: RenderingFamily = {
  lines: locales => ({ 'crisis.line': lineRenderer(locales) }),
  timers: { 'crisis.meets': crisisMeets, 'crisis.review': reviewOwed },
}
