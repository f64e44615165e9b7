/** What one part of the mission, or the humanitarian side as one, says about one hotspot in a round. */
import type { Constituency, Side } from '../mission.ts'

/** Must, Should or Could Protect: where troops and protection presence go first; `unlisted` drops out of the ranking. */
export const CATEGORIES = ['must', 'should', 'could', 'unlisted'] as const
export type Category = (typeof CATEGORIES)[number]

/** Why it stands where it stands; a political or donor's reason shows as such. */
export const RATIONALES = ['need', 'threat', 'political', 'logistics', 'donor'] as const
export type Rationale = (typeof RATIONALES)[number]
/** Reasons that are no reason of protection, and never pass for one. */
export const NOT_OF_PROTECTION: readonly Rationale[] = ['political', 'donor']

/** The mission's own scales: the highest value of each. Both ordinals are stored, never only their product. */
export interface Scale {
  likelihood: number
  impact: number
  vulnerability: number
}

export interface Rating {
  likelihood: number
  impact: number
  vulnerability: number | null
  category: Category
  rationale: Rationale[]
}

/**
 * Who speaks in a round: each component of the mission for itself, and one for the humanitarian side, through the
 * protection cluster or OCHA. `member` entries are what individual organisations give to their own side.
 */
export type Voice =
  | { side: 'mission'; component: Constituency }
  | { side: 'humanitarian'; as: 'side' | 'member' }

export interface Entry extends Rating {
  hotspotId: string
  voice: Voice
  /** people.id */
  by: string
  /** `carried`: confirmed as it was in the last round. */
  how: 'carried' | 'rated'
}

export type RatingProblem =
  | { field: 'likelihood' | 'impact' | 'vulnerability'; max: number }
  | { field: 'rationale' }

/** What is wrong with a rating on this scale; null when nothing is. Scales begin at 1 and know whole numbers only. */
export function ratingProblem(rating: Rating, scale: Scale): RatingProblem | null {
  const outside = (value: number, max: number) => !Number.isInteger(value) || value < 1 || value > max
  if (outside(rating.likelihood, scale.likelihood)) return { field: 'likelihood', max: scale.likelihood }
  if (outside(rating.impact, scale.impact)) return { field: 'impact', max: scale.impact }
  if (rating.vulnerability !== null && outside(rating.vulnerability, scale.vulnerability))
    return { field: 'vulnerability', max: scale.vulnerability }
  return rating.rationale.length === 0 ? { field: 'rationale' } : null
}

/** 0 for must … 3 for unlisted: what distances between categories are measured on. */
export const rankOf = (category: Category): number => CATEGORIES.indexOf(category)

/** Which side a voice belongs to, and whether it counts in the comparison of the sides. */
export function counts(voice: Voice, side: Side): boolean {
  if (voice.side !== side) return false
  return voice.side === 'mission' || voice.as === 'side'
}
