/** Widening a record to a named audience, and the marks a record carries: types and scales, without I/O. */
import type { Constituency } from './mission/codes.ts'

/** How much harm would come of it in the wrong hands, least first. */
export const SENSITIVITIES = ['low', 'moderate', 'high', 'severe'] as const
export type Sensitivity = (typeof SENSITIVITIES)[number]

/** Traffic Light Protocol 2.0, strictest first: how far whoever receives a thing may pass it on. */
export const TLPS = ['red', 'amber_strict', 'amber', 'green', 'clear'] as const
export type Tlp = (typeof TLPS)[number]

/** The alert itself, or words written to be shared in its place. */
export const RELEASED = ['summary', 'record'] as const
export type Released = (typeof RELEASED)[number]

/** Whom a record may be widened to. The host State is none of them. */
export const RELEASABLE_TO = [
  'military',
  'police',
  'mission_civilian',
  'human_rights',
  'un_agency',
  'ngo',
] as const satisfies readonly Constituency[]

/** `narrowed`: it was released, and taken back. */
export type ReleaseState = 'waiting' | 'released' | 'refused' | 'narrowed'

/** A release that stands, as far as the sharing rule weighs it. */
export interface Widening {
  what: Released
  constituencies: readonly Constituency[]
  /** people.id of those who were in the channels named when it was decided. */
  people: readonly string[]
}

/**
 * Whether a release reaches a reader. Whoever came to a named channel later is not reached: they were not among
 * those for whom it was decided.
 */
export function reaches(
  release: Widening,
  reader: { personId: string; constituency: Constituency | null },
): boolean {
  return (
    release.people.includes(reader.personId) ||
    (reader.constituency !== null && release.constituencies.includes(reader.constituency))
  )
}

export const isSensitivity = (value: unknown): value is Sensitivity =>
  SENSITIVITIES.includes(value as Sensitivity)
export const isTlp = (value: unknown): value is Tlp => TLPS.includes(value as Tlp)
export const isReleasableTo = (value: unknown): value is (typeof RELEASABLE_TO)[number] =>
  RELEASABLE_TO.includes(value as (typeof RELEASABLE_TO)[number])
export const isReleased = (value: unknown): value is Released => RELEASED.includes(value as Released)
