import type { Locales } from '../../locales/index.ts'
import { alertFacts } from '../../operations/alert/facts.ts'
import { asReadBy } from '../../operations/alert/reading.ts'
import { responseLine } from '../../views/response.ts'
import type { Renderer } from '../contract.ts'
import { audience } from './audience.ts'
import type { RenderingFamily } from './index.ts'

/** A line in the alert's thread about a response, for those who may know of it. */
function lineRenderer(locales: Locales): Renderer {
  return async (ctx, entry) => {
    const { read } = ctx.store
    const alert = await read.alerts.byId(entry.recordId)
    const to = alert && (await audience(ctx, locales, entry.target))
    if (!alert || !to) return { do: 'drop', code: 'gone' }
    const facts = asReadBy(ctx, await alertFacts(read, ctx.mission, ctx.clock.now(), alert), to.reader)
    const { response, what } = entry.data as { response: string; what: 'recorded' | 'amended' }
    const row = facts.responses.find(({ id }) => id === response)
    if (!row) return { do: 'drop', code: 'not_for_this_audience' }
    const view = { words: to.words, mission: ctx.mission, now: ctx.clock.now() }
    return {
      do: 'line',
      message: responseLine(view, facts, row, what),
      threadOf: alert.id,
      holds: [alert.id, row.id],
    }
  }
}

export const responseRendering: RenderingFamily = {
  lines: locales => ({ 'response.line': lineRenderer(locales) }),
}
