import type { Locales } from '../../locales/index.ts'
import { asReadBy } from '../../operations/alert/reading.ts'
import { decidesAs } from '../../operations/early-warning/detect.ts'
import {
  type EarlyWarning,
  earlyWarningFacts,
  mayReadEarlyWarning,
  remindEarlyWarning,
} from '../../operations/early-warning.ts'
import type { ViewContext } from '../../views/context.ts'
import { coarseCard, earlyWarningCard, earlyWarningLine } from '../../views/early-warning.ts'
import type { Delivery, Renderer } from '../contract.ts'
import { audience } from './audience.ts'
import type { RenderingFamily } from './index.ts'

/** Renders an item for one person: whole to who may read all of it, coarse to who must decide and may not. */
function forPerson(
  locales: Locales,
  render: (view: ViewContext, item: EarlyWarning, whole: boolean) => Delivery,
): Renderer {
  return async (ctx, entry) => {
    const item = await earlyWarningFacts(ctx, entry.recordId)
    const to = item && (await audience(ctx, locales, entry.target))
    if (!item || !to) return { do: 'drop', code: 'gone' }
    const { reader } = to
    if (reader.kind !== 'person') return { do: 'drop', code: 'not_for_this_audience' }
    const view = { words: to.words, mission: ctx.mission, now: ctx.clock.now() }
    const whole = mayReadEarlyWarning(ctx, item, reader)
    const stands = await ctx.store.read.cards.get(item.row.id, entry.target)
    if (!whole && !stands && !decidesAs(ctx, reader.roles))
      return { do: 'drop', code: 'not_for_this_audience' }
    const alerts = item.alerts.map(facts => asReadBy(ctx, facts, reader))
    return render(view, { ...item, alerts }, whole)
  }
}

const line = (locales: Locales, kind: 'asked' | 'grown' | 'reminder'): Renderer =>
  forPerson(locales, (view, item, whole) => {
    if (!whole) return { do: 'drop', code: 'not_for_this_audience' }
    if (item.row.state !== 'open') return { do: 'drop', code: 'overtaken' }
    const message = earlyWarningLine(view, item, kind)
    // A reminder is not looked for in the thread of a card of days ago.
    if (kind === 'reminder') return { do: 'line', message }
    return { do: 'line', message, threadOf: item.row.id }
  })

export const earlyWarningRendering: RenderingFamily = {
  cards: locales => ({
    early_warning: forPerson(locales, (view, item, whole) => ({
      do: 'card',
      recordId: item.row.id,
      message: whole ? earlyWarningCard(view, item) : coarseCard(view, item),
    })),
  }),
  lines: locales => ({
    'early_warning.asked': line(locales, 'asked'),
    'early_warning.grown': line(locales, 'grown'),
    'early_warning.reminder': line(locales, 'reminder'),
  }),
  timers: { 'early_warning.due': remindEarlyWarning },
}
