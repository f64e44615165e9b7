/** What the checks before an adoption weigh of each place. */
import type { Repos } from '../../db/store.ts'
import { isUrgent } from '../../domain/alert.ts'
import type { CheckedRow } from '../../domain/matrix/checks.ts'
import type { Category } from '../../domain/matrix/entry.ts'
import { findTerm } from '../../domain/mission.ts'
import type { Ctx } from '../context.ts'
import type { HotspotFacts } from '../hotspot/facts.ts'
import { plansOf } from '../hotspot/plan.ts'

/**
 * The places of a round as the checks weigh them.
 *
 * @param category what each comes out as.
 * @param within ms after which civilians who were there count as absent.
 */
export async function checkedRows(
  ctx: Ctx,
  repos: Repos,
  places: readonly HotspotFacts[],
  category: (hotspotId: string) => Category,
  within: number,
): Promise<CheckedRow[]> {
  const now = ctx.clock.now()
  const planned = await plansOf(
    repos,
    places.map(({ hotspot }) => hotspot.id),
  )
  const liaison = await sectorsWithLiaison(ctx, repos, now)
  return places.map(place => {
    const { hotspot, coverage, civiliansAt, contacts } = place
    return {
      hotspotId: hotspot.id,
      category: category(hotspot.id),
      imminentPhysical: isImminentPhysical(ctx, place),
      coverage,
      lines: planned.get(hotspot.id)?.lines ?? [],
      notApplicable: planned.get(hotspot.id)?.notApplicable ?? [],
      hasLiaison: hotspot.sector !== null && liaison.has(hotspot.sector),
      hasCivilianPresence: civiliansAt !== null && now - civiliansAt <= within,
      hasHumanitarianContact: contacts.some(({ side }) => side === 'humanitarian'),
    }
  })
}

/** An open, urgent alert is linked to the place, and a threat there is one of physical violence. */
function isImminentPhysical({ mission }: Ctx, { hotspot, alerts }: HotspotFacts): boolean {
  const physical = hotspot.threats.some(id => findTerm(mission, 'threats', id)?.scope === 'physical')
  return physical && alerts.some(({ lifecycle, urgency }) => lifecycle === 'open' && isUrgent(urgency))
}

/** Sectors in which somebody stands as liaison assistant: a role that informs and never owns. */
export async function sectorsWithLiaison(ctx: Ctx, repos: Repos, now: number): Promise<Set<string>> {
  const roles = ctx.mission.roles.filter(
    ({ mayOwn, scope, constituency }) => !mayOwn && scope === 'sector' && constituency === 'mission_civilian',
  )
  const found = new Set<string>()
  for (const { id } of ctx.mission.sectors)
    for (const { id: role } of roles) if ((await repos.roles.holders(role, id, now)).length > 0) found.add(id)
  return found
}
