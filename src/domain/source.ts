/** Who gave a warning, and how far it can be relied upon: types and scales, without I/O. */

/** Admiralty scale: how reliable the source has been. A completely … E unreliable, F cannot be judged. */
export const reliabilities = ['A', 'B', 'C', 'D', 'E', 'F'] as const
export type Reliability = (typeof reliabilities)[number]

/** Admiralty scale: how credible this warning is. 1 confirmed by others … 5 improbable, 6 cannot be judged. */
export const credibilities = [1, 2, 3, 4, 5, 6] as const
export type Credibility = (typeof credibilities)[number]

/** Why somebody opens a source. Codes, for a reason in free words would name the person it protects. */
export const readReasons = ['call_back', 'warn', 'answer', 'handover', 'correct'] as const
export type ReadReason = (typeof readReasons)[number]

/** What is sealed: nothing of it ever stands outside the vault in clear. */
export interface SourceIdentity {
  name: string
  reach: string | null
  language: string | null
  safeTimes: string | null
  note: string | null
}

/** How one source of an alert is graded, and whether it heard for itself or repeats another source of this alert. */
export interface Grading {
  reliability: Reliability
  credibility: Credibility
  independent: boolean
}

/** What everybody who reads the alert may know of its sources. */
export interface SourceSummary {
  /** Sources that heard or saw for themselves. */
  independent: number
  /** Those that repeat what another of them said. */
  repeating: number
  /** "B2", best first, one per source. */
  grades: string[]
}

/** A grading with the source and the moment (epoch ms) it is of. */
export interface SourceGrading extends Grading {
  sourceId: string
  recordedAt: number
}

/**
 * {@link summarise} over alerts that were joined: somebody who stands behind several of them is one source, graded as
 * last, who heard for themselves where that was said once.
 */
export function summariseSources(rows: readonly SourceGrading[]): SourceSummary {
  const bySource = Map.groupBy(
    rows.toSorted((a, b) => a.recordedAt - b.recordedAt),
    ({ sourceId }) => sourceId,
  )
  return summarise(
    [...bySource.values()].map(links => ({
      ...(links.at(-1) as SourceGrading),
      independent: links.some(({ independent }) => independent),
    })),
  )
}

/** Counts the sources of an alert and lists their grades, without saying which is whose. */
export function summarise(rows: readonly Grading[]): SourceSummary {
  return {
    independent: rows.filter(row => row.independent).length,
    repeating: rows.filter(row => !row.independent).length,
    grades: rows.map(row => `${row.reliability}${row.credibility}`).sort(),
  }
}

export const isReliability = (value: unknown): value is Reliability =>
  reliabilities.includes(value as Reliability)
export const isCredibility = (value: unknown): value is Credibility =>
  credibilities.includes(value as Credibility)
export const isReadReason = (value: unknown): value is ReadReason => readReasons.includes(value as ReadReason)
