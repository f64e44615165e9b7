/** Several low warnings of one kind in one area within days: one item for the mission, decided as one (A2). */
import { type Alert, isWarning } from './alert.ts'
import { isNear, type Located } from './near.ts'

/** What is decided of an item, as of a single warning. */
export const EARLY_DECISIONS = ['act', 'monitor', 'no_action'] as const
export type EarlyDecision = (typeof EARLY_DECISIONS)[number]
/** `open` while a decision is owed. */
export type EarlyState = 'open' | EarlyDecision

export const isEarlyDecision = (value: unknown): value is EarlyDecision =>
  EARLY_DECISIONS.includes(value as EarlyDecision)

/** What decides whether a warning counts. */
export type Warning = Located & Pick<Alert, 'id' | 'urgency' | 'lifecycle' | 'exercise' | 'raisedAt'>

export interface EarlyRule {
  count: number
  days: number
  km: number
}

const DAY_MS = 86_400_000

/** The first moment (epoch ms) at which a warning raised still counts with one raised at `at`. */
export const countsSince = (at: number, { days }: Pick<EarlyRule, 'days'>): number => at - days * DAY_MS

/**
 * The warnings that together come before the mission, `warning` among them; null where there are too few. They are low
 * (not yet imminent), of the same known threat, near it, raised within the days before it or after, all live or all of
 * an exercise, and neither withdrawn nor joined to another.
 */
export function earlyWarning<W extends Warning>(
  warning: W,
  others: readonly W[],
  rule: EarlyRule,
): W[] | null {
  if (!counts(warning) || warning.threat === null) return null
  const span = rule.days * DAY_MS
  const group = others.filter(
    each =>
      each.id !== warning.id &&
      counts(each) &&
      each.threat === warning.threat &&
      each.exercise === warning.exercise &&
      Math.abs(each.raisedAt - warning.raisedAt) <= span &&
      isNear(warning, each, rule.km),
  )
  return group.length + 1 >= rule.count ? [...group, warning] : null
}

const counts = ({ urgency, lifecycle }: Warning): boolean =>
  isWarning(urgency) && (lifecycle === 'open' || lifecycle === 'closed')
