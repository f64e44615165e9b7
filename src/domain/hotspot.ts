/** A place where civilians are under threat, and who is there to protect them: types and scales, without I/O. */
import type { AtRisk } from './alert.ts'
import type { Constituency } from './mission.ts'

/** Kinds of places that joint mapping names (1.12, 1.33): how people live there decides what protects them. */
export const HOTSPOT_KINDS = [
  'town',
  'village',
  'camp',
  'idp_settlement',
  'poc_site',
  'farming_area',
  'market',
  'route',
  'return_area',
  'base_surroundings',
  'border_area',
] as const
export type HotspotKind = (typeof HOTSPOT_KINDS)[number]

/** A country may hold areas in different phases at once; the phase sets defaults and changes only with a reason. */
export const PHASES = ['ongoing_conflict', 'transitional', 'consolidation'] as const
export type Phase = (typeof PHASES)[number]

/** Who may and would protect civilians there: what they can do, and whether they want to (POC Handbook, chapter 8). */
export const CAPACITIES = ['none', 'weak', 'some', 'strong', 'unknown'] as const
export type Capacity = (typeof CAPACITIES)[number]
export const INTENTS = ['protects', 'indifferent', 'threatens', 'unknown'] as const
export type Intent = (typeof INTENTS)[number]

/** How troops or police are there; of the command layer. Not known is a finding, and never the same as none. */
export const COVERAGES = ['static', 'temporary', 'patrols', 'none', 'not_known'] as const
export type Coverage = (typeof COVERAGES)[number]

/**
 * What protects where troops cannot be, or beside them (1.20, R-043). Added to a need for physical protection, never
 * standing in for it.
 */
export const UNARMED_MODES = [
  'peace_committee',
  'mediation',
  'community_dialogue',
  'presence_visit',
  'disarmament',
  'hate_speech_response',
  'sensitisation',
  'advocacy',
  'police_training',
  'rule_of_law',
  'human_rights_monitoring',
] as const
export type UnarmedMode = (typeof UNARMED_MODES)[number]

/** Where a hotspot stands: ranked by the next round, or taken out with a reason. */
export type HotspotState = 'listed' | 'removed'

export interface Hotspot {
  id: string
  code: string
  version: number
  exercise: boolean
  holder: Constituency
  audience: Constituency[]
  name: string
  kind: HotspotKind
  placeId: string | null
  placeSaid: string
  /** WGS 84, decimal degrees; null where only words are known. */
  lat: number | null
  lon: number | null
  /** An area is the circle of this radius (km) around the point; null for a point. */
  radiusKm: number | null
  sector: string | null
  /** Months (1 to 12) in which the threat comes back, both included; they may run over the new year. Null: all year. */
  seasonFrom: number | null
  seasonTo: number | null
  /** Codes of the mission's taxonomy. */
  threats: string[]
  atRisk: AtRisk[] | null
  /** Classes of alleged perpetrators; restricted ones are read in the attribution layer alone. */
  perpetrators: string[]
  /** 1 to the highest of the mission's scale. */
  vulnerability: number | null
  capacity: Capacity
  intent: Intent
  phase: Phase
  state: HotspotState
  createdBy: string
  createdAt: number
}

/** How a hotspot is covered, as somebody of the force or police last said. */
export interface CoverageReport {
  coverage: Coverage
  /** Days between two patrols; only where `coverage` is `patrols`. */
  everyDays: number | null
  /** Epoch ms. */
  at: number
}

/** After so many days nobody can say that a report of coverage still holds. */
export const COVERAGE_STALE_DAYS = 30

const DAY_MS = 24 * 3_600_000

/** The coverage that holds at `now` (epoch ms): a report that has grown old says nothing, which is not the same as none. */
export function coverageNow(report: CoverageReport | null, now: number): Coverage {
  if (!report || now - report.at > COVERAGE_STALE_DAYS * DAY_MS) return 'not_known'
  return report.coverage
}

/** Whether troops or police are there or come by: what a Must Protect place needs. */
export function isCovered(coverage: Coverage): boolean {
  return coverage === 'static' || coverage === 'temporary' || coverage === 'patrols'
}

/** Whether `month` (1 to 12) lies in the hotspot's season; seasons may run over the new year. */
export function inSeason(
  { seasonFrom, seasonTo }: Pick<Hotspot, 'seasonFrom' | 'seasonTo'>,
  month: number,
): boolean {
  if (seasonFrom === null || seasonTo === null) return true
  return seasonFrom <= seasonTo
    ? month >= seasonFrom && month <= seasonTo
    : month >= seasonFrom || month <= seasonTo
}

/** Full days since civilian staff were there; null where no visit is on record. */
export function daysSince(at: number | null, now: number): number | null {
  return at === null ? null : Math.floor(Math.max(0, now - at) / DAY_MS)
}
