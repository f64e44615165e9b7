/** An alert, its two owners and what was done about it: types and scales, without I/O. */
import type { Constituency, Slot, Step, ThreatScope, Urgency } from './mission.ts'
import type { Precision } from './position.ts'
import type { Sensitivity, Tlp } from './release.ts'

/**
 * Where an alert stands, as stored. It ends with an outcome for civilians, a reason for its withdrawal, or by being
 * joined to another alert of the same thing. Finer: `standingOf` (standing.ts).
 */
export type Lifecycle = 'open' | 'closed' | 'withdrawn' | 'merged'

/** How closely the time of an event is known. */
export const EVENT_PRECISIONS = ['exact', 'hour', 'day', 'week'] as const
export type EventPrecision = (typeof EVENT_PRECISIONS)[number]

/** Civilians at risk: a code of the mission's taxonomy and how many, `null` where unknown. */
export interface AtRisk {
  kind: string
  count: number | null
}

export const slots = ['civilian', 'uniformed'] as const satisfies readonly Slot[]

export interface Alert {
  id: string
  code: string
  version: number
  exercise: boolean
  holder: Constituency
  audience: Constituency[]
  raisedBy: string
  raisedAt: number
  raisedIn: string | null
  what: string
  urgency: Urgency
  placeId: string | null
  placeSaid: string
  placeHow: string | null
  lat: number | null
  lon: number | null
  /** How near the position is to the truth; null where it is the gazetteer's, or there is none. */
  precision: Precision | null
  sector: string | null
  triage: boolean
  threat: string | null
  cameBy: string | null
  atRisk: AtRisk[] | null
  perpetrator: string | null
  askedFor: string[] | null
  lifecycle: Lifecycle
  outcome: string | null
  requestKey: string | null
  /** How a humanitarian author is named wherever the alert is shown. */
  naming: Naming
  /** Null: as the mission file has it. */
  tlp: Tlp | null
  sensitivity: Sensitivity | null
  /** When it happens or happened (epoch ms), and how closely that is known; both null where nobody said. */
  eventAt: number | null
  eventPrecision: EventPrecision | null
  /** Null: as the mission file has it for the threat. */
  scope: ThreatScope | null
  /** The alert this one was joined to; null unless its lifecycle is `merged`. */
  mergedInto: string | null
}

/** By organisation, as "a humanitarian partner", or not at all. */
export const NAMINGS = ['partner', 'organisation', 'none'] as const
export type Naming = (typeof NAMINGS)[number]
export const isNaming = (value: unknown): value is Naming => NAMINGS.includes(value as Naming)

export interface AlertOwner {
  alertId: string
  slot: Slot
  ladder: string
  /** The rung that holds the alert now: the one that answered, or the one it was passed on to. */
  rung: number
}

export const actKinds = [
  'acknowledge',
  'respond',
  'watch',
  'not_acting',
  'cannot_take',
  'moved',
  'on_site',
  'command',
  'close',
  'withdraw',
  'information',
  'correct',
  'urgency',
  'triage',
  'verify',
  'report',
  'reopen',
  'merge',
  'unmerge',
] as const
export type ActKind = (typeof actKinds)[number]

export interface Act {
  id: string
  alertId: string
  /** Null for an act on the alert as a whole. */
  slot: Slot | null
  kind: ActKind
  at: number
  recordedAt: number
  byPerson: string
  /** `role` or `role@sector` of the post that answered. */
  role: string | null
  means: 'slack' | 'phone' | 'radio' | 'sms'
  /**
   * A code of the taxonomy; for `urgency` the new one (`who` the old), for `correct` and `triage` the fields,
   * comma-separated, for `moved` the new ladder, for `verify` the new state (`who` the ground), for `report` the
   * report's id, for `merge` and `unmerge` the id of the other alert (`who` is `here` on the one that stays).
   */
  reason: string | null
  until: number | null
  who: string | null
  note: string | null
}

/**
 * One rung of a ladder that was told, or skipped because nobody could be. `exhausted` stands for the place above the
 * highest rung: nobody is left to tell, and those informed have heard so.
 */
export interface ToldRung {
  alertId: string
  slot: Slot
  step: Step
  rung: number
  round: number
  dueAt: number
  at: number
  outcome: 'told' | 'vacant' | 'unreachable' | 'exhausted'
  people: string[]
  means: string[]
  late: boolean
}

const urgencyRank: Record<Urgency, number> = {
  happening_now: 5,
  imminent: 4,
  within_24h: 3,
  within_72h: 2,
  tension: 1,
  already_happened: 0,
}

/** Most urgent first, for lists and digests. */
export function byUrgency(a: { urgency: Urgency }, b: { urgency: Urgency }): number {
  return urgencyRank[b.urgency] - urgencyRank[a.urgency]
}

/** Happening now or imminent: delivered first, mentioned first. */
export function isUrgent(urgency: Urgency): boolean {
  return urgencyRank[urgency] >= urgencyRank.imminent
}

/** Not yet imminent: a warning, which asks its owners for a decision rather than for somebody to go (A2). */
export function isWarning(urgency: Urgency): boolean {
  return urgency === 'within_72h' || urgency === 'tension'
}

/** Whether `to` is more urgent than `from`. */
export function isMoreUrgent(to: Urgency, from: Urgency): boolean {
  return urgencyRank[to] > urgencyRank[from]
}
