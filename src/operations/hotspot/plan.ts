/** The protection plan of a place: its lines by tier are the taskings and requests that come from it. */
import type { TierRow } from '../../db/hotspots.ts'
import type { Repos } from '../../db/store.ts'
import type { Tasking } from '../../db/taskings.ts'
import type { PlanLine } from '../../domain/matrix/checks.ts'
import { findTerm } from '../../domain/mission.ts'
import type { Reader } from '../../domain/sharing.ts'
import { isOpenTasking, TIERS, type Tier } from '../../domain/tasking.ts'
import { TocsinError } from '../../errors.ts'
import { type Ctx, inTransaction } from '../context.ts'
import { registeredPerson } from '../permission.ts'
import { factsOfTaskings, mayReadTasking, type TaskingFacts } from '../tasking/facts.ts'
import { givenByTeams } from '../team/at-place.ts'
import { note } from '../telling.ts'
import { requiredText } from '../text.ts'
import type { HotspotFacts } from './facts.ts'
import { hotspotLimits, known } from './fields.ts'
import { layersFor, mayKeepHotspot, readHotspot } from './reading.ts'
import { showHotspot } from './tell.ts'

/** What a protection plan holds for a place, as far as the checks before an adoption weigh it. */
export interface PlanFacts {
  lines: readonly PlanLine[]
  notApplicable: readonly Tier[]
}

/** The protection plans of these places, by hotspot: taskings and requests that come from them and from teams there. */
export async function plansOf(repos: Repos, hotspotIds: readonly string[]): Promise<Map<string, PlanFacts>> {
  const tiers = Map.groupBy(await repos.hotspots.tiersOf(hotspotIds), ({ hotspotId }) => hotspotId)
  const lines = await linesOf(repos, hotspotIds)
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

/**
 * Taskings and requests that come from these places, and from what teams to them recommend, by hotspot. What is played
 * protects nobody: of a real place it is no line.
 */
async function linesOf(repos: Repos, hotspotIds: readonly string[]): Promise<Map<string, Tasking[]>> {
  const own = Map.groupBy(await repos.taskings.ofOrigins('hotspot', hotspotIds), ({ originId }) => originId)
  const byTeams = await givenByTeams(repos, hotspotIds)
  const played = new Set(
    (await repos.hotspots.byIds(hotspotIds)).flatMap(row => (row.exercise ? row.id : [])),
  )
  const all = (id: string) => [...(own.get(id) ?? []), ...(byTeams.get(id) ?? [])]
  return new Map(hotspotIds.map(id => [id, all(id).filter(({ exercise }) => exercise === played.has(id))]))
}

/** A line stands once somebody has taken it on, and after it was done; offered to nobody yet, it protects nobody. */
function stands(tasking: Tasking): boolean {
  return tasking.state === 'done' || (tasking.state !== 'offered' && isOpenTasking(tasking))
}

/** One tier of a plan, as its reader may see it. */
export interface ShownTier {
  tier: Tier
  /** Lines that have not been given up. */
  lines: TaskingFacts[]
  /** Why it does not apply there; null where nobody has said so. */
  notApplicable: string | null
}

export interface ShownPlan {
  tiers: ShownTier[]
  /**
   * Whether a physical threat has no line of physical protection that stands; what unarmed lines there are do not
   * close it. False for those who may not read every line.
   */
  physicalNeedOpen: boolean
}

/** The protection plan of a place as everybody behind `reader` may see it; of lines they may not read there is no trace. */
export async function planFor(
  ctx: Ctx,
  { hotspot }: Pick<HotspotFacts, 'hotspot'>,
  reader: Reader,
): Promise<ShownPlan> {
  const repos = ctx.tx ?? ctx.store.read
  const rows = ((await linesOf(repos, [hotspot.id])).get(hotspot.id) ?? []).filter(
    ({ state }) => !['cancelled', 'not_taken_on'].includes(state),
  )
  const all = await factsOfTaskings(repos, ctx.mission, ctx.clock.now(), rows)
  const shown = all.filter(facts => mayReadTasking(ctx, facts, reader))
  const reasons = new Map<Tier, TierRow>(
    (await repos.hotspots.tiersOf([hotspot.id])).map(row => [row.tier, row]),
  )
  const physical = hotspot.threats.some(id => findTerm(ctx.mission, 'threats', id)?.scope === 'physical')
  const answered = rows.some(tasking => tasking.tier === 2 && stands(tasking))
  return {
    tiers: TIERS.map(tier => ({
      tier,
      lines: shown.filter(({ tasking }) => tasking.tier === tier),
      notApplicable: reasons.get(tier)?.reason ?? null,
    })),
    physicalNeedOpen: physical && !answered && shown.length === all.length,
  }
}

/**
 * Records why a tier does not apply to a place, so that each was considered. Of physical protection only those
 * may say so who read coverage there: such a need closes by a line of that tier or a decision of command.
 *
 * @throws TocsinError `not_registered`, `not_found`, `not_allowed`, `tier_2_by_command`, `unknown_term`, `text_missing`,
 *   `text_too_long`.
 */
export async function ruleOutTier(
  ctx: Ctx,
  input: { hotspotId: string; tier: string; reason: string },
): Promise<HotspotFacts> {
  const person = registeredPerson(ctx)
  const tier = Number(known(['1', '2', '3'] as const, input.tier, 'tier')) as Tier
  const reason = requiredText(input.reason, 'reason', hotspotLimits.reason)
  return inTransaction(ctx, async (repos, open) => {
    const facts = await readHotspot(open, input.hotspotId, repos)
    const { id, code } = facts.hotspot
    requireRulesOut(open, facts, tier)
    await repos.hotspots.setTier({ hotspotId: id, tier, reason, byPerson: person.id, at: ctx.clock.now() })
    await note(open, { kind: 'hotspot', id }, 'hotspot.tier_ruled_out', { code, tier }, { reason })
    await showHotspot(open, facts.hotspot)
    return readHotspot(open, id, repos)
  })
}

/**
 * That the acting person may say of this place that a tier does not apply: of physical protection, who commands.
 *
 * @throws TocsinError `not_registered`, `tier_2_by_command`, `not_allowed`.
 */
export function requireRulesOut(ctx: Ctx, facts: HotspotFacts, tier: number): void {
  registeredPerson(ctx)
  const { command } = layersFor(ctx, facts)
  if (tier === 2 && !command) throw new TocsinError('tier_2_by_command')
  if (!command && !mayKeepHotspot(ctx, facts.hotspot))
    throw new TocsinError('not_allowed', { details: { code: facts.hotspot.code } })
}
