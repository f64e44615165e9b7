/** Two sides' rankings beside each other: what they agree on, and what they must talk about. */
import type { Side } from '../mission.ts'
import { median } from '../rank.ts'
import {
  CATEGORIES,
  type Category,
  counts,
  type Entry,
  NOT_OF_PROTECTION,
  type Rationale,
  rankOf,
  type Scale,
} from './entry.ts'

/** One side's view of one hotspot. */
export interface SideView {
  category: Category
  /** Medians of those who rated; halves are possible where an even number did. */
  likelihood: number
  impact: number
  vulnerability: number | null
  rationale: Rationale[]
  /** How many voices it rests on. */
  voices: number
  /** Ranks between its highest and its lowest category: 0 where all agree. */
  spread: number
}

export interface Row {
  hotspotId: string
  mission: SideView | null
  humanitarian: SideView | null
  /** Ranks between the two sides; null where one of them said nothing. */
  distance: number | null
  contested: boolean
}

/** Components of one side this far apart contest a row among themselves. */
const OWN_SPREAD = 2
/** A median of fewer says who said what; individual entries are never shown through one. */
export const FEWEST_FOR_A_MEDIAN = 3

/**
 * Each side's ranking of each hotspot, in the order given. The mission's is the median of its components, the more
 * protective of two where they are even; the humanitarian side's is its one input. Neither outvotes the other: a row on
 * which they differ, or of which one side said nothing, is contested, however many spoke.
 */
export function reveal(hotspotIds: readonly string[], entries: readonly Entry[]): Row[] {
  const byHotspot = Map.groupBy(entries, ({ hotspotId }) => hotspotId)
  return hotspotIds.map(hotspotId => {
    const own = byHotspot.get(hotspotId) ?? []
    const mission = viewOf(own, 'mission')
    const humanitarian = viewOf(own, 'humanitarian')
    const distance =
      mission && humanitarian ? Math.abs(rankOf(mission.category) - rankOf(humanitarian.category)) : null
    const contested = distance !== 0 || (mission?.spread ?? 0) >= OWN_SPREAD
    return {
      hotspotId,
      mission,
      humanitarian,
      distance,
      contested: contested && (mission ?? humanitarian) !== null,
    }
  })
}

function viewOf(entries: readonly Entry[], side: Side): SideView | null {
  const spoken = entries.filter(({ voice }) => counts(voice, side))
  if (spoken.length === 0) return null
  const ranks = spoken.map(({ category }) => rankOf(category)).sort((a, b) => a - b)
  const rated = spoken.flatMap(({ vulnerability }) => vulnerability ?? [])
  return {
    category: middle(ranks),
    likelihood: median(spoken.map(({ likelihood }) => likelihood)),
    impact: median(spoken.map(({ impact }) => impact)),
    vulnerability: rated.length > 0 ? median(rated) : null,
    rationale: [...new Set(spoken.flatMap(({ rationale }) => rationale))],
    voices: spoken.length,
    spread: (ranks.at(-1) ?? 0) - (ranks[0] ?? 0),
  }
}

/** The category in the middle; of the two in the middle, the more protective. */
function middle(ranks: readonly number[]): Category {
  return CATEGORIES[ranks[Math.floor((ranks.length - 1) / 2)] ?? 3] ?? 'unlisted'
}

/** The category in the middle of what organisations told their own side; null for fewer than three (they would be known). */
export function memberMedian(entries: readonly Entry[]): Category | null {
  const ranks = entries
    .filter(({ voice }) => voice.side === 'humanitarian' && voice.as === 'member')
    .map(({ category }) => rankOf(category))
    .sort((a, b) => a - b)
  if (ranks.length < FEWEST_FOR_A_MEDIAN) return null
  return middle(ranks)
}

export interface Agreement {
  /** Hotspots both sides ranked. */
  compared: number
  same: number
  /**
   * Cohen's kappa with linear weights over the four categories: 1 full agreement, 0 what chance would give. Null for
   * fewer than two rows, and where chance alone explains everything.
   */
  kappa: number | null
}

/** How far the two sides agree over the rows that both ranked. */
export function agreement(rows: readonly Row[]): Agreement {
  const pairs = rows.flatMap(({ mission, humanitarian }) =>
    mission && humanitarian ? [[rankOf(mission.category), rankOf(humanitarian.category)] as const] : [],
  )
  const same = pairs.filter(([a, b]) => a === b).length
  return { compared: pairs.length, same, kappa: weightedKappa(pairs) }
}

function weightedKappa(pairs: readonly (readonly [number, number])[]): number | null {
  const n = pairs.length
  if (n < 2) return null
  const share = (side: 0 | 1, rank: number) => pairs.filter(pair => pair[side] === rank).length / n
  const ranks = [0, 1, 2, 3]
  const observed = pairs.reduce((sum, [a, b]) => sum + Math.abs(a - b), 0) / n
  const expected = ranks.reduce(
    (sum, a) => sum + ranks.reduce((inner, b) => inner + share(0, a) * share(1, b) * Math.abs(a - b), 0),
    0,
  )
  return expected === 0 ? null : 1 - observed / expected
}

/** Whether a political or donor's reason stands behind a row, on either side: it shows as such. */
export function isPolitical(row: Row): boolean {
  return [row.mission, row.humanitarian].some(view => view !== null && restsOnPolitics(view))
}

/** Whether one of these reasons is no reason of protection. */
export function restsOnPolitics({ rationale }: { rationale: readonly Rationale[] }): boolean {
  return rationale.some(reason => NOT_OF_PROTECTION.includes(reason))
}

/**
 * Places of high need and low priority, for the humanitarian country team where it compares aid: somebody
 * says the people there are as vulnerable as the scale goes, and the place comes out as Could or not at all.
 */
export function highNeedLowPriority(
  rows: readonly Row[],
  outcome: (hotspotId: string) => Category | null,
  scale: Pick<Scale, 'vulnerability'>,
): string[] {
  return rows
    .filter(({ hotspotId, mission, humanitarian }) => {
      const category = outcome(hotspotId)
      const highest = Math.max(mission?.vulnerability ?? 0, humanitarian?.vulnerability ?? 0)
      return highest >= scale.vulnerability && (category === 'could' || category === 'unlisted')
    })
    .map(({ hotspotId }) => hotspotId)
}
