/** What is awaited of an alert's owner, by when, and who is told next: decided from the acts on record, without I/O. */
import { type Act, type Alert, type AlertOwner, isMoreUrgent, type ToldRung } from './alert.ts'
import type { DueTimes, Slot, Step, Urgency } from './mission.ts'

/** What one owner has done and what is awaited of it. Times are epoch milliseconds UTC. */
export interface OwnerState {
  slot: Slot
  /** The first answer that stands; a decision acknowledges too. */
  acknowledged: Act | null
  /** The decision that stands: respond, watch or not acting. */
  decision: Act | null
  onSite: Act | null
  /** The last answer that stands: its post has the alert. */
  answer: Act | null
  /** Null when nothing is awaited any more. */
  awaiting: Step | null
  /** When the awaited step falls due; null with `awaiting`. */
  dueAt: number | null
  /** Counts the waitings, so that a rung told in an earlier one may be told again. */
  round: number
  /** The first round on the ladder the owner is on now; rungs told before it belong to another ladder. */
  since: number
}

/**
 * What is awaited of an owner, from the acts recorded so far, in the order of recording.
 *
 * Due times count from raising, or from the last change of urgency or of ladder. An owner that acted late, and one
 * the alert was passed on to, get at least one `climb`. *Can't take it* voids the answers before it, unless another
 * post's answer stands; a more urgent alert voids a decision to watch or not to act; a watch that ends asks for a
 * decision again; a response is chased at the time its owner promised, if that is earlier than the mission's own. What
 * was promised for a time before the clock started anew says nothing any more. A reopened alert is put to its owners
 * as if nobody had answered.
 */
export function ownerState(
  alert: Pick<Alert, 'raisedAt' | 'lifecycle' | 'urgency'>,
  slot: Slot,
  acts: readonly Act[],
  due: DueTimes,
): OwnerState {
  const { current, round, since, clockFrom, passedAt } = present(alert.raisedAt, slot, acts)
  const acknowledged = current[0] ?? null
  const answer = current.at(-1) ?? null
  const decided = current.findLast(isDecision)
  const decision = decided && !isOvertaken(decided, acts) ? decided : null
  const onSite =
    decision?.kind === 'respond'
      ? (current.slice(current.indexOf(decision)).findLast(act => act.kind === 'on_site') ?? null)
      : null
  const state = { slot, acknowledged, decision, onSite, answer, round, since }
  if (alert.lifecycle !== 'open') return { ...state, awaiting: null, dueAt: null }

  const turnBegan = answer?.recordedAt ?? passedAt
  const awaits = (awaiting: Step): OwnerState & { dueAt: number } => {
    const fair = turnBegan === null ? 0 : turnBegan + due.climb
    return { ...state, awaiting, dueAt: Math.max(clockFrom + due[awaiting], fair) }
  }
  const promised = decision?.until && decision.until > clockFrom ? decision.until : null
  if (!acknowledged) return awaits('acknowledge')
  if (!decision) return awaits('decide')
  if (decision.kind === 'watch') {
    const own = awaits('decide')
    return { ...own, dueAt: promised ?? own.dueAt }
  }
  if (decision.kind === 'respond' && !onSite) {
    const own = awaits('on_site')
    return { ...own, dueAt: Math.min(promised ?? own.dueAt, own.dueAt) }
  }
  return awaits('close')
}

/** The answers that stand, and since when which clock runs. */
function present(raisedAt: number, slot: Slot, acts: readonly Act[]) {
  let current: Act[] = []
  let round = 0
  let since = 0
  let clockFrom = raisedAt
  let passedAt: number | null = null
  for (const act of acts) {
    if (act.kind === 'urgency') {
      round++
      clockFrom = act.recordedAt
    } else if (act.kind === 'reopen') {
      round++
      clockFrom = act.recordedAt
      current = []
      passedAt = null
    } else if (act.slot !== slot) {
    } else if (act.kind === 'moved') {
      since = ++round
      clockFrom = act.recordedAt
      current = []
      passedAt = null
    } else if (act.kind === 'cannot_take') {
      if (!passesOn({ answer: current.at(-1) ?? null }, act.role)) continue
      round++
      passedAt = act.recordedAt
      current = []
    } else if (isDecision(act)) {
      round++
      current.push(act)
    } else if (act.kind === 'acknowledge' || act.kind === 'on_site') {
      current.push(act)
    }
  }
  return { current, round, since, clockFrom, passedAt }
}

/** Whether *Can't take it* by `role` takes the alert from its owner: not where another post has answered for it. */
export function passesOn(state: Pick<OwnerState, 'answer'>, role: string | null): boolean {
  return state.answer === null || state.answer.role === role
}

/**
 * The next rung to tell for what is awaited, and when (epoch ms). `rung` equal to `rungs` is the place above the
 * highest rung: then those informed must hear that nobody is left to tell. Null when that has been said, or nothing
 * is awaited. A watch that ends is first put to the owner that watched; everything else goes to the rung above.
 * Rungs that were skipped take no time.
 */
export function nextRung(
  state: OwnerState,
  owner: Pick<AlertOwner, 'rung'>,
  told: readonly Pick<ToldRung, 'slot' | 'step' | 'round' | 'rung' | 'dueAt' | 'at'>[],
  rungs: number,
  due: DueTimes,
): { rung: number; dueAt: number } | null {
  if (state.awaiting === null || state.dueAt === null) return null
  const first = state.decision?.kind === 'watch' ? owner.rung : owner.rung + 1
  const [highest] = told
    .filter(row => row.slot === state.slot && row.step === state.awaiting && row.round === state.round)
    .filter(row => row.rung >= first)
    .sort((a, b) => b.rung - a.rung)
  if (!highest) return { rung: first, dueAt: state.dueAt }
  if (highest.rung >= rungs) return null
  const rung = highest.rung + 1
  const from = rung < rungs ? highest.dueAt : Math.max(highest.dueAt, highest.at)
  return { rung, dueAt: from + due.climb }
}

/** Whether something awaited of this owner is past due at `now` (epoch ms). */
export function isOverdue(state: Pick<OwnerState, 'dueAt'>, now: number): boolean {
  return state.dueAt !== null && state.dueAt <= now
}

const isDecision = (act: Act): boolean =>
  act.kind === 'respond' || act.kind === 'watch' || act.kind === 'not_acting'

/** A decision not to go, made before the alert became more urgent, no longer answers it. */
function isOvertaken(decision: Act, acts: readonly Act[]): boolean {
  if (decision.kind === 'respond') return false
  const since = acts.slice(acts.indexOf(decision) + 1)
  return since.some(act => act.kind === 'urgency' && isMoreUrgent(act.reason as Urgency, act.who as Urgency))
}
