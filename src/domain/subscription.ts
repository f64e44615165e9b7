/** Who asked to hear of alerts beyond their own duty: what a subscription fits, without I/O. */
import type { Constituency } from './mission.ts'

/** At once by direct message, in a list of their own when the digest leaves, or as a text where they gave a number. */
export const SUBSCRIPTION_MEANS = ['direct', 'digest', 'sms'] as const
export type SubscriptionMeans = (typeof SUBSCRIPTION_MEANS)[number]
export const isSubscriptionMeans = (value: unknown): value is SubscriptionMeans =>
  SUBSCRIPTION_MEANS.includes(value as SubscriptionMeans)

/** What somebody wants to hear of; null: any. */
export interface Wanted {
  sector: string | null
  /** Whose task it is to act: the constituency of one of the alert's owners. */
  component: Constituency | null
  threat: string | null
}

export interface Subscription extends Wanted {
  id: string
  personId: string
  means: SubscriptionMeans
  createdAt: number
  endedAt: number | null
}

/** A subscription that a mission file declares for whoever holds a role. */
export interface StandingSubscription extends Wanted {
  role: string
  means: SubscriptionMeans
}

/** Whether a subscription fits an alert with owners of these constituencies. A threat not yet known fits only "any". */
export function fits(
  wanted: Wanted,
  alert: { sector: string | null; threat: string | null },
  components: readonly Constituency[],
): boolean {
  return (
    (wanted.sector === null || wanted.sector === alert.sector) &&
    (wanted.threat === null || wanted.threat === alert.threat) &&
    (wanted.component === null || components.includes(wanted.component))
  )
}

/** Of several means by which one person would hear the same thing, the quickest; they hear it once. */
export function quickest(means: readonly SubscriptionMeans[]): SubscriptionMeans | null {
  return (['sms', 'direct', 'digest'] as const).find(each => means.includes(each)) ?? null
}
