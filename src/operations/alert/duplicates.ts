import { isLikelySame, kmBetween } from '../../domain/near.ts'
import type { Ctx } from '../context.ts'
import { registeredPerson } from '../permission.ts'
import { type AlertFacts, factsOfAll } from './facts.ts'
import { actorAsReader, asReadBy, mayReadAlert, readAlert } from './reading.ts'

/** Rows the store looks at, newest first, and alerts that are offered. */
const LOOKED_AT = 200
const OFFERED = 5

/**
 * Open alerts that could be about the same thing as this one and that the acting person may read: raised within the
 * mission's time before or after it, near in place, of the same threat where both are known. Nearest first.
 * None for somebody no side has confirmed, who could not join them.
 *
 * @throws TocsinError `not_registered`, `not_found`.
 */
export async function duplicatesOf(ctx: Ctx, alertId: string): Promise<AlertFacts[]> {
  registeredPerson(ctx)
  const { alert } = await readAlert(ctx, alertId)
  const reader = actorAsReader(ctx)
  if (!reader || alert.lifecycle !== 'open' || alert.what === '') return []
  const { withinMs, km } = ctx.mission.finding.duplicates
  const { read } = ctx.store
  const around = await read.alerts.openBetween(
    alert.raisedAt - withinMs,
    alert.raisedAt + withinMs,
    LOOKED_AT,
  )
  const likely = around
    .filter(each => each.id !== alert.id && each.exercise === alert.exercise && each.what !== '')
    .filter(each => isLikelySame(alert, each, km))
    .sort((a, b) => (kmBetween(alert, a) ?? km) - (kmBetween(alert, b) ?? km) || b.raisedAt - a.raisedAt)
  const offered: AlertFacts[] = []
  for (let next = 0; offered.length < OFFERED && next < OFFERED * 4; next += OFFERED) {
    const some = likely.slice(next, next + OFFERED)
    const rows = await read.alerts.inOrder(some.map(({ id }) => id))
    const facts = await factsOfAll(read, ctx.mission, ctx.clock.now(), rows)
    offered.push(...facts.filter(each => mayReadAlert(ctx, each, 'record', reader)))
  }
  return offered.slice(0, OFFERED).map(each => asReadBy(ctx, each, reader))
}
