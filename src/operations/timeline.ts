import { type Quote, stood } from '../domain/quote.ts'
import { CASEVAC_SHOWN } from './alert/call-tree.ts'
import type { AlertFacts } from './alert/facts.ts'
import { readAlert } from './alert/reading.ts'
import type { Ctx } from './context.ts'

/** An alert with all that was done, said and awaited. */
export interface Timeline {
  facts: AlertFacts
  /** Messages that stand on its record, or did until they were deleted in Slack; oldest first. */
  quotes: Quote[]
  /** When somebody was shown the number for a casualty (epoch ms). */
  casevacShown: number[]
}

/**
 * What happened about an alert, for whoever may read it: acts, messages put on record, whom the clocks told.
 *
 * @throws TocsinError `not_found`.
 */
export async function readTimeline(ctx: Ctx, alertId: string): Promise<Timeline> {
  const facts = await readAlert(ctx, alertId)
  const repos = ctx.tx ?? ctx.store.read
  const all = await repos.quotes.ofAlerts([facts.alert.id])
  const events = await repos.events.ofRecord('alert', facts.alert.id)
  const casevacShown = events.filter(({ kind }) => kind === CASEVAC_SHOWN).map(({ at }) => at)
  return { facts, quotes: all.filter(stood), casevacShown }
}
