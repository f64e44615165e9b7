/** What is looked at before a matrix is adopted: shown, and waived only by name. */
import type { Coverage } from '../hotspot.ts'
import { isCovered } from '../hotspot.ts'
import { TIERS, type Tier } from '../tasking.ts'
import type { Category } from './entry.ts'

/** One line of a protection plan, as far as the checks weigh it. */
export interface PlanLine {
  tier: Tier
  /** False for a line that nobody has taken on, or that has been given up. */
  stands: boolean
}

export interface CheckedRow {
  hotspotId: string
  category: Category
  /** Whether harm is near and physical: an open alert or a threat of that scope rated likely. */
  imminentPhysical: boolean
  coverage: Coverage
  lines: readonly PlanLine[]
  /** Tiers of which it is on record why they do not apply. */
  notApplicable: readonly Tier[]
  hasLiaison: boolean
  hasCivilianPresence: boolean
  hasHumanitarianContact: boolean
}

/** Every check, the gravest first. */
const CHECKS = [
  'must_without_tier_2',
  'more_musts_than_units',
  'uncovered_without_unarmed_plan',
  'no_civilian_presence',
  'no_liaison',
  'no_humanitarian_contact',
  'tier_not_considered',
] as const satisfies readonly Finding['check'][]

export type Finding =
  | { check: 'must_without_tier_2'; hotspotId: string }
  | { check: 'uncovered_without_unarmed_plan'; hotspotId: string }
  | { check: 'no_liaison' | 'no_civilian_presence' | 'no_humanitarian_contact'; hotspotId: string }
  | { check: 'tier_not_considered'; hotspotId: string; tiers: Tier[] }
  | { check: 'more_musts_than_units'; musts: number; units: number }

/**
 * What speaks against adopting these rows, the gravest first.
 *
 * @param units how many units can be placed; null where the force has not said, and then nothing is compared.
 */
export function findings(rows: readonly CheckedRow[], units: number | null): Finding[] {
  const listed = rows.filter(({ category }) => category !== 'unlisted')
  const musts = listed.filter(({ category }) => category === 'must').length
  const found: Finding[] = [
    ...(units !== null && musts > units ? [{ check: 'more_musts_than_units' as const, musts, units }] : []),
    ...listed.flatMap(findingsOf),
  ]
  return found.sort((a, b) => CHECKS.indexOf(a.check) - CHECKS.indexOf(b.check))
}

function findingsOf(row: CheckedRow): Finding[] {
  const { hotspotId } = row
  const standing = row.lines.filter(({ stands }) => stands)
  const has = (tier: Tier) => standing.some(line => line.tier === tier)
  const unarmed = has(1) || has(3)
  const tiers = TIERS.filter(tier => !has(tier) && !row.notApplicable.includes(tier))
  const found: Finding[] = []
  // An unarmed line is added to a physical need and never stands in for it.
  if (row.category === 'must' && row.imminentPhysical && !has(2))
    found.push({ check: 'must_without_tier_2', hotspotId })
  if (!isCovered(row.coverage) && !unarmed) found.push({ check: 'uncovered_without_unarmed_plan', hotspotId })
  if (!row.hasLiaison) found.push({ check: 'no_liaison', hotspotId })
  if (!row.hasCivilianPresence) found.push({ check: 'no_civilian_presence', hotspotId })
  if (!row.hasHumanitarianContact) found.push({ check: 'no_humanitarian_contact', hotspotId })
  if (tiers.length > 0) found.push({ check: 'tier_not_considered', hotspotId, tiers })
  return found
}

/** What a waiver is given for: one kind of finding at one place, or of the matrix as a whole. */
export function findingKey(finding: Finding): string {
  return 'hotspotId' in finding ? `${finding.check}:${finding.hotspotId}` : finding.check
}
