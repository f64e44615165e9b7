import type { Alert } from './alert.ts'
import { findTerm, type Mission, type ThreatScope } from './mission.ts'

/**
 * Whether an alert is one of physical violence, by which a mission is measured, or of protection in the wider sense
 * what somebody said of this alert, else as the mission file has it for the threat. While the threat is not
 * known it counts as physical violence, so that nothing is left out of a rate by saying little.
 */
export function scopeOf(mission: Mission, alert: Pick<Alert, 'scope' | 'threat'>): ThreatScope {
  const threat = alert.threat === null ? undefined : findTerm(mission, 'threats', alert.threat)
  return alert.scope ?? threat?.scope ?? 'physical'
}
