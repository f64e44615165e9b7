import type { AuthorityTelling } from '../db/authorities.ts'
import { type Quote, stood } from '../domain/quote.ts'
import { CASEVAC_SHOWN } from './alert/call-tree.ts'
import { mayKeepRecord } from './alert/chain.ts'
import type { AlertFacts } from './alert/facts.ts'
import { readAlert } from './alert/reading.ts'
import type { Ctx } from './context.ts'

/** An alert with all that was done, said and awaited. */
export interface Timeline {
  facts: AlertFacts
  /** Messages that stand on its record, or did until they were deleted in Slack; oldest first. */
  quotes: Quote[]
  /** What the authorities were told, for those who keep the record; none for others. */
  tellings: AuthorityTelling[]
  /** When somebody was shown the number for a casualty (epoch ms). */
  casevacShown: number[]
}

/**
 * What happened about an alert, for whoever may read it: acts, messages put on record, what the authorities were told,
 * whom the clocks told.
 *
 * @throws TocsinError `not_found`.
 */
export async function readTimeline(ctx: Ctx, alertId: string): Promise<Timeline> {
  const facts = await readAlert(ctx, alertId)
  const repos = ctx.tx ?? ctx.store.read
  const all = await repos.quotes.ofAlerts([facts.alert.id])
  const events = await repos.events.ofRecord('alert', facts.alert.id)
  const casevacShown = events.filter(({ kind }) => kind === CASEVAC_SHOWN).map(({ at }) => at)
  const tellings = mayKeepRecord(ctx, facts) ? await repos.authorities.tellingsOf([facts.alert.id]) : []
  return { facts, quotes: all.filter(stood), tellings, casevacShown }
}
