import { isCovered } from '../../domain/hotspot.ts'
import { actorAsReader } from '../alert/reading.ts'
import { mayBeShown } from '../channel.ts'
import type { Ctx } from '../context.ts'
import { isManager } from '../drawdown/facts.ts'
import { hotspotsLeft } from '../drawdown/left.ts'
import { sectorsWithLiaison } from '../matrix/checked.ts'
import { categoriesInForce } from '../matrix/facts.ts'
import { registeredPerson } from '../permission.ts'
import type { HotspotFacts } from './facts.ts'
import { listHotspots } from './reading.ts'

/**
 * What is missing at a place. Presence of troops and what is known of it are read where coverage is, that a base leaves
 * by those who read drawdowns.
 */
export const GAPS = [
  'must_without_presence',
  'base_leaves',
  'coverage_not_known',
  'no_civilian_presence',
  'no_liaison',
  'no_humanitarian_contact',
] as const
export type Gap = (typeof GAPS)[number]

/**
 * Places at which something is missing, as far as the acting person may read them and what is missing (R-008, R-038,
 * R-046); those with the gravest gap first.
 *
 * @throws TocsinError `not_registered`.
 */
export async function hotspotGaps(
  ctx: Ctx,
  sector: string | null = null,
): Promise<{ place: HotspotFacts; gaps: Gap[] }[]> {
  registeredPerson(ctx)
  const now = ctx.clock.now()
  const reader = actorAsReader(ctx)
  const within = ctx.mission.matrix?.presenceWithinMs ?? 30 * 24 * 3_600_000
  const inForce = await categoriesInForce(ctx.store.read)
  const liaison = await sectorsWithLiaison(ctx, ctx.store.read, now)
  const left = isManager(ctx) ? await hotspotsLeft(ctx.store.read) : new Set<string>()
  const found = (await listHotspots(ctx, { sector })).map(place => {
    const { hotspot, coverage, civiliansAt, contacts } = place
    const command = reader !== null && mayBeShown(ctx, place.shared, 'command', reader)
    const must = inForce.get(hotspot.id)?.category === 'must'
    const missing: Record<Gap, boolean> = {
      must_without_presence: command && must && !isCovered(coverage),
      base_leaves: left.has(hotspot.id),
      coverage_not_known: command && coverage === 'not_known',
      no_civilian_presence: civiliansAt === null || now - civiliansAt > within,
      no_liaison: hotspot.sector === null || !liaison.has(hotspot.sector),
      no_humanitarian_contact: !contacts.some(({ side }) => side === 'humanitarian'),
    }
    return { place, gaps: GAPS.filter(gap => missing[gap]) }
  })
  const gravest = ({ gaps }: { gaps: Gap[] }) => GAPS.indexOf(gaps[0] ?? 'no_humanitarian_contact')
  return found.filter(({ gaps }) => gaps.length > 0).sort((a, b) => gravest(a) - gravest(b))
}
