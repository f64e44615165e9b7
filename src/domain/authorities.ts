/** Telling the authorities of the host State of an alert: who may be told, and when somebody must decide it first. */
import type { PerpetratorClass, Side } from './mission.ts'

/** Whom of the authorities: by function, never by name. */
export const AUTHORITIES = [
  'governor',
  'district_administrator',
  'mayor',
  'customary_leader',
  'police_commander',
  'army_commander',
  'gendarmerie_commander',
  'prosecutor',
  'civil_protection',
  'other_official',
] as const
export type Authority = (typeof AUTHORITIES)[number]
export const isAuthority = (value: unknown): value is Authority => AUTHORITIES.includes(value as Authority)

/** Who decides whether the authorities may be told, each for themselves. */
export const DECIDERS = ['head_of_office', 'human_rights', 'humanitarian'] as const
export type Decider = (typeof DECIDERS)[number]

export interface AuthorityDecision {
  decider: Decider
  allows: boolean
  /** people.id. */
  byPerson: string
}

const perhapsState: readonly PerpetratorClass[] = [
  'state_forces',
  'foreign_forces',
  'private_security',
  'unknown',
]

/**
 * Whether forces of the State, or aligned with it, may be behind a threat: they are alleged, or nobody has said who it
 * is. Not knowing counts too, so that asking for a decision gives no allegation away.
 *
 * @param alleged the class of the alleged perpetrators; null where nobody said.
 * @param namesState whether a group of the State, or aligned with it, is alleged.
 */
export function stateMayThreaten(alleged: PerpetratorClass | null, namesState: boolean): boolean {
  return namesState || alleged === null || perhapsState.includes(alleged)
}

/**
 * Who must decide before the authorities are told: head of office and human rights where State forces may be behind it,
 * and the humanitarian side where the alert is its own.
 */
export function decidersNeeded(input: { stateMayThreaten: boolean; side: Side | null }): Decider[] {
  return [
    ...(input.stateMayThreaten ? (['head_of_office', 'human_rights'] as const) : []),
    ...(input.side === 'humanitarian' ? (['humanitarian'] as const) : []),
  ]
}

/** Whether the authorities may be told: everybody who must decide has allowed it, each another person. */
export function mayTellAuthorities(
  needed: readonly Decider[],
  decisions: readonly AuthorityDecision[],
): boolean {
  const allowing = needed.map(decider => decisions.find(each => each.decider === decider && each.allows))
  const people = allowing.map(each => each?.byPerson)
  return !people.includes(undefined) && new Set(people).size === needed.length
}
