/** An alert, its two owners and what is awaited of them: types and decisions, without I/O. */
import type { Constituency, DueTimes, Slot, Step, Urgency } from './mission.ts'

/** Where an alert stands. It ends once, with an outcome for civilians or a reason for its withdrawal. */
export type Lifecycle = 'open' | 'closed' | 'withdrawn'

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
}

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
  'close',
  'withdraw',
  'information',
  'correct',
  'urgency',
  'triage',
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
  means: 'slack' | 'phone' | 'radio'
  /** A code of the taxonomy; for `urgency`, the new one (`who` the old); for `correct`, the fields, comma-separated. */
  reason: string | null
  until: number | null
  who: string | null
  note: string | null
  once: string | null
}

/** One rung of a ladder that was told, or skipped because nobody could be. */
export interface ToldRung {
  alertId: string
  slot: Slot
  step: Step
  rung: number
  round: number
  dueAt: number
  at: number
  outcome: 'told' | 'vacant' | 'unreachable'
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

/** What one owner has done and what is awaited of it. Times are epoch milliseconds UTC. */
export interface OwnerState {
  slot: Slot
  acknowledged: Act | null
  /** The decision that stands: respond, watch or not acting. */
  decision: Act | null
  onSite: Act | null
  /** Null when nothing is awaited any more. */
  awaiting: Step | null
  /** When the awaited step falls due; null with `awaiting`. */
  dueAt: number | null
  /** Counts the waitings for one step, so that a rung told for an earlier one may be told again. */
  round: number
}

/**
 * What is awaited of an owner, from the acts recorded so far, in the order of recording.
 *
 * Due times count from raising, or from the last change of urgency. An owner that acted late gets at least one
 * `climb` for the next step. *Can't take it* voids the acknowledgement before it; a more urgent alert voids a
 * decision to watch or not to act; a watch that ends asks for a decision again; a response is chased at the time
 * its owner promised, if that is earlier than the mission's own.
 */
export function ownerState(
  alert: Pick<Alert, 'raisedAt' | 'lifecycle' | 'urgency'>,
  slot: Slot,
  acts: readonly Act[],
  due: DueTimes,
): OwnerState {
  const changes = acts.filter(act => act.kind === 'urgency')
  const own = acts.filter(act => act.slot === slot)
  const current = own.slice(own.findLastIndex(act => act.kind === 'cannot_take' || act.kind === 'moved') + 1)

  const acknowledged = current.find(act => act.kind === 'acknowledge') ?? null
  const decided = current.findLast(isDecision) ?? null
  const decision = decided && !isOvertaken(decided, acts) ? decided : null
  const onSite =
    decision?.kind === 'respond'
      ? (current.slice(current.indexOf(decision)).findLast(act => act.kind === 'on_site') ?? null)
      : null
  const round = changes.length + own.filter(act => beginsAnew.includes(act.kind)).length
  const state = { slot, acknowledged, decision, onSite, round }
  if (alert.lifecycle !== 'open') return { ...state, awaiting: null, dueAt: null }

  const clockFrom = changes.at(-1)?.recordedAt ?? alert.raisedAt
  const lastAct = current.findLast(act => act.kind !== 'information')
  const fair = (step: Step): number =>
    Math.max(clockFrom + due[step], lastAct ? lastAct.recordedAt + due.climb : Number.NEGATIVE_INFINITY)

  if (!acknowledged && !decision)
    return { ...state, awaiting: 'acknowledge', dueAt: clockFrom + due.acknowledge }
  if (!decision) return { ...state, awaiting: 'decide', dueAt: fair('decide') }
  if (decision.kind === 'watch')
    return { ...state, awaiting: 'decide', dueAt: decision.until ?? fair('decide') }
  if (decision.kind === 'respond' && !onSite) {
    return {
      ...state,
      awaiting: 'on_site',
      dueAt: Math.min(decision.until ?? Number.POSITIVE_INFINITY, fair('on_site')),
    }
  }
  return { ...state, awaiting: 'close', dueAt: fair('close') }
}

/**
 * The next rung to tell for what is awaited, and when (epoch ms); null at the top of the ladder. A watch that ends
 * is first put to the owner that watched; everything else goes to the rung above.
 */
export function nextRung(
  state: OwnerState,
  owner: Pick<AlertOwner, 'rung'>,
  told: readonly Pick<ToldRung, 'slot' | 'step' | 'round' | 'rung'>[],
  rungs: number,
  due: DueTimes,
): { rung: number; dueAt: number } | null {
  if (state.awaiting === null || state.dueAt === null) return null
  const first = state.decision?.kind === 'watch' ? owner.rung : owner.rung + 1
  const rung = told
    .filter(row => row.slot === state.slot && row.step === state.awaiting && row.round === state.round)
    .reduce((next, row) => Math.max(next, row.rung + 1), first)
  return rung < rungs ? { rung, dueAt: state.dueAt + (rung - first) * due.climb } : null
}

/** Whether something awaited of this owner is past due at `now` (epoch ms). */
export function isOverdue(state: Pick<OwnerState, 'dueAt'>, now: number): boolean {
  return state.dueAt !== null && state.dueAt <= now
}

const beginsAnew: readonly ActKind[] = ['watch', 'cannot_take', 'moved']

const isDecision = (act: Act): boolean =>
  act.kind === 'respond' || act.kind === 'watch' || act.kind === 'not_acting'

/** A decision not to go, made before the alert became more urgent, no longer answers it. */
function isOvertaken(decision: Act, acts: readonly Act[]): boolean {
  if (decision.kind === 'respond') return false
  const since = acts.slice(acts.indexOf(decision) + 1)
  return since.some(act => act.kind === 'urgency' && isMoreUrgent(act.reason as Urgency, act.who as Urgency))
}

/** Whether `to` is more urgent than `from`. */
export function isMoreUrgent(to: Urgency, from: Urgency): boolean {
  return urgencyRank[to] > urgencyRank[from]
}
