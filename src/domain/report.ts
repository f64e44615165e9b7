/** A report: what one person had to say of a threat. Several make one alert. */
import type { EventPrecision, Naming } from './alert.ts'
import type { Constituency, Urgency } from './mission.ts'

export interface Report {
  id: string
  /** Such as `W-7K4Q`. */
  code: string
  /** The alert it belongs to now, and the one it came to: they differ once alerts were joined. */
  alertId: string
  firstAlertId: string
  holder: Constituency
  audience: Constituency[]
  /** How a humanitarian author is named. */
  naming: Naming
  recordedBy: string
  /** Epoch ms. */
  receivedAt: number
  /** Empty once its words were erased or went to a specialist. */
  what: string
  urgency: Urgency
  placeId: string | null
  placeSaid: string | null
  lat: number | null
  lon: number | null
  cameBy: string | null
  eventAt: number | null
  eventPrecision: EventPrecision | null
  requestKey: string | null
}
