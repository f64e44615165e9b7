import type { Repos } from '../../db/store.ts'
import type { Tasking } from '../../db/taskings.ts'
import type { PlanLine } from '../../domain/matrix/checks.ts'
import { isOpenTasking, type Tier } from '../../domain/tasking.ts'

/** What a protection plan holds for a place, as far as the checks before an adoption weigh it. */
export interface PlanFacts {
  lines: readonly PlanLine[]
  notApplicable: readonly Tier[]
}

/** The protection plans of these places, by hotspot: taskings and requests that come from them. */
export async function plansOf(repos: Repos, hotspotIds: readonly string[]): Promise<Map<string, PlanFacts>> {
  const tiers = Map.groupBy(await repos.hotspots.tiersOf(hotspotIds), ({ hotspotId }) => hotspotId)
  const given = await repos.taskings.ofOrigins('hotspot', hotspotIds)
  const lines = Map.groupBy(given, ({ originId }) => originId)
  return new Map(
    hotspotIds.map(id => [
      id,
      {
        lines: (lines.get(id) ?? []).map(tasking => ({ tier: tasking.tier, stands: stands(tasking) })),
        notApplicable: (tiers.get(id) ?? []).map(({ tier }) => tier),
      },
    ]),
  )
}

/** A line stands once somebody has taken it on, and after it was done; offered to nobody yet, it protects nobody. */
function stands(tasking: Tasking): boolean {
  return tasking.state === 'done' || (tasking.state !== 'offered' && isOpenTasking(tasking))
}
