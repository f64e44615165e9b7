/** What a person chooses for themselves: types, without I/O. */
import type { Language } from './mission.ts'
import type { QuietHours } from './reminder.ts'
import type { SubscriptionMeans } from './subscription.ts'

/** What is left out follows Slack, the mission file, or is not wanted. */
export interface PersonSettings {
  /** The language the bot speaks to them, in place of Slack's. */
  language?: Language
  /** Hours in which only what is imminent is said; from and to alike: none. In place of the mission's. */
  quiet?: QuietHours
  /** HH:mm in their zone at which their own digest comes by direct message. */
  digestAt?: string
  /** By which means they hear of what they subscribed to; at once by direct message where left out. */
  means?: SubscriptionMeans
}
