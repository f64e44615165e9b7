/** The eight clocks of an alert, from which times and rates are computed (practice A10). */
import type { Act, Alert } from './alert.ts'
import type { AlertResponse } from './response.ts'
import { isAnswer } from './standing.ts'
import type { Verification } from './verification.ts'

/** t0 to t7, in this order. */
export const CLOCKS = [
  'event',
  'received',
  'acknowledged',
  'triaged',
  'verified',
  'tasked',
  'on_site',
  'closed',
] as const
export type Clock = (typeof CLOCKS)[number]

/** When those of one response set out and when they were there. */
export type ResponseTimes = Pick<AlertResponse, 'startedAt' | 'arrivedAt'>

/** What the clocks are read from: all of it stands on record, in the order of recording. */
export interface ClockFacts {
  alert: Pick<Alert, 'raisedAt' | 'eventAt' | 'lifecycle' | 'triage'>
  acts: readonly Pick<Act, 'kind' | 'at'>[]
  verifications: readonly Pick<Verification, 'state' | 'at'>[]
  responses: readonly ResponseTimes[]
}

/**
 * When each thing first happened (epoch ms); null where it has not, or nobody said.
 *
 * `event` when it happens or happened; `received` when the warning was recorded; `acknowledged` the first answer of
 * either owner, for a decision acknowledges too; `triaged` when it was known whose it is: at once where the place says
 * it, else when the operations centre said so; `verified` the first finding, that it is true or that it is unfounded;
 * `tasked` and `on_site` the first of any owner or response; `closed` the last ending of an alert that has ended. A
 * reopened alert keeps what happened first: only what is awaited of its owners starts anew.
 */
export function clocksOf(facts: ClockFacts): Record<Clock, number | null> {
  const { alert, acts, verifications, responses } = facts
  const first = (times: readonly (number | null)[]): number | null => {
    const known = times.filter(time => time !== null)
    return known.length === 0 ? null : Math.min(...known)
  }
  const firstOf = (...kinds: Act['kind'][]) => acts.filter(({ kind }) => kinds.includes(kind)).map(at)
  const ended = alert.lifecycle === 'closed' || alert.lifecycle === 'withdrawn'
  const end = acts.findLast(({ kind }) => kind === 'close' || kind === 'withdraw')
  const findings = verifications.filter(({ state }) => state === 'verified' || state === 'unfounded')
  return {
    event: alert.eventAt,
    received: alert.raisedAt,
    acknowledged: first(acts.filter(isAnswer).map(at)),
    triaged: first(firstOf('triage')) ?? (alert.triage ? null : alert.raisedAt),
    verified: first(findings.map(at)),
    tasked: first([...firstOf('respond'), ...responses.map(({ startedAt }) => startedAt)]),
    on_site: first([...firstOf('on_site'), ...responses.map(({ arrivedAt }) => arrivedAt)]),
    closed: ended && end ? end.at : null,
  }
}

const at = ({ at: time }: { at: number }): number => time
