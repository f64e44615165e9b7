/** Who stands a duty at a moment, and which hours a rota covers. Pure: no clock, no store. */
import { DateTime } from 'luxon'

/** Why somebody stands in for a role: took the duty, by the rota of this hour, as its holder, as an alternate. */
export type Standing = 'duty' | 'rota' | 'holder' | 'alternate'

/** Whoever may stand a duty; `unreachableAt` is when Slack last refused to deliver to them, null while it does. */
export interface Candidate {
  id: string
  unreachableAt: number | null
}

/** Everybody named for one role in one sector, at one moment. */
export interface Post<P extends Candidate> {
  /** Who took the duty and has not handed it over. */
  onDuty: P | null
  /** Whose shift it is by the rota; where shifts overlap, the last begun first. */
  rota: readonly P[]
  /** Holder (`rank` 0) and alternates, lowest rank first. */
  named: readonly { person: P; rank: number }[]
}

export interface Turn<P extends Candidate> {
  person: P
  by: Standing
}

/**
 * In which order people are told for a role: who took the duty, else whose shift it is, else the holder, else the
 * alternates in order; whom Slack cannot reach comes last. Each person once, by the first of these that
 * holds. The first of the list is the one on duty: exactly one while anybody is named, else nobody.
 */
export function dutyOrder<P extends Candidate>({ onDuty, rota, named }: Post<P>): Turn<P>[] {
  const all: Turn<P>[] = [
    ...(onDuty ? [{ person: onDuty, by: 'duty' as const }] : []),
    ...rota.map(person => ({ person, by: 'rota' as const })),
    ...named.map(({ person, rank }) => ({
      person,
      by: rank === 0 ? ('holder' as const) : ('alternate' as const),
    })),
  ]
  const first = new Map<string, Turn<P>>()
  for (const turn of all) if (!first.has(turn.person.id)) first.set(turn.person.id, turn)
  const once = [...first.values()]
  const reached = ({ person }: Turn<P>) => person.unreachableAt === null
  return [...once.filter(reached), ...once.filter(turn => !reached(turn))]
}

/** Whether nobody holds the role itself; alternates, a rota or a duty taken do not fill a post. */
export function isVacant<P extends Candidate>({ named }: Pick<Post<P>, 'named'>): boolean {
  return !named.some(({ rank }) => rank === 0)
}

/** Shifts of the same hours on each day of a span, as a person writes them into a rota. */
export interface ShiftPattern {
  /** First and last day on which a shift begins, `YYYY-MM-DD`. */
  firstDay: string
  lastDay: string
  /** `HH:mm` on the clock of the zone. An end that is not after the beginning is the next day's. */
  from: string
  to: string
}

/** Epoch milliseconds; from `fromAt` until before `toAt`. */
export interface Hours {
  fromAt: number
  toAt: number
}

/** A pattern covers at most so many days. */
export const ROTA_DAYS_MAX = 62

/**
 * The shifts of a pattern, by the wall clock of an IANA zone: a night in which the clocks change is an hour longer or
 * shorter, and the next shift begins where it ends. An hour that the clocks skip is read as the hour after it.
 *
 * @returns null where a day or time is none, the last day is before the first, or the span is longer than
 *   {@link ROTA_DAYS_MAX} days.
 */
export function shiftsOf({ firstDay, lastDay, from, to }: ShiftPattern, zone: string): Hours[] | null {
  const first = DateTime.fromISO(firstDay, { zone })
  const last = DateTime.fromISO(lastDay, { zone })
  const begins = timeOfDay(from)
  const ends = timeOfDay(to)
  if (!first.isValid || !last.isValid || !begins || !ends) return null
  const days = Math.round(last.diff(first, 'days').days) + 1
  if (days < 1 || days > ROTA_DAYS_MAX) return null
  const next = ends.hour * 60 + ends.minute <= begins.hour * 60 + begins.minute ? 1 : 0
  return Array.from({ length: days }, (_, index) => {
    const day = first.plus({ days: index })
    return {
      fromAt: day.set(begins).toMillis(),
      toAt: day.plus({ days: next }).set(ends).toMillis(),
    }
  })
}

function timeOfDay(text: string): { hour: number; minute: number } | null {
  const match = /^([01]\d|2[0-3]):([0-5]\d)$/.exec(text)
  return match ? { hour: Number(match[1]), minute: Number(match[2]) } : null
}

/** Stretches between `from` and `to` (epoch ms) that no shift covers, in order. */
export function uncovered(shifts: readonly Hours[], from: number, to: number): Hours[] {
  const gaps: Hours[] = []
  let at = from
  for (const shift of [...shifts].sort((a, b) => a.fromAt - b.fromAt)) {
    if (shift.toAt <= at) continue
    if (shift.fromAt >= to) break
    if (shift.fromAt > at) gaps.push({ fromAt: at, toAt: shift.fromAt })
    at = shift.toAt
  }
  if (at < to) gaps.push({ fromAt: at, toAt: to })
  return gaps
}
