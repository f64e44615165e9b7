/** The daily report of a component to the operations centre: types and decisions, without I/O. */
import { DateTime } from 'luxon'

/** What a report says, each in words; what the record holds is not typed again. */
export const REPORT_FIELDS = ['situation', 'civilians', 'done', 'not_done', 'planned', 'needs'] as const
export type ReportField = (typeof REPORT_FIELDS)[number]
export type ReportWords = Partial<Record<ReportField, string>>

/** `nil`: nothing to report, said and not merely silent. */
export type ComponentReportState = 'reported' | 'nil'

/** The report that is open at a moment: of which local day (`YYYY-MM-DD`), and by when (epoch ms). */
export interface ReportRound {
  day: string
  dueAt: number
  /** From when it is asked for. */
  askAt: number
}

/**
 * The round open at `now`: today's from the moment it is asked for, else yesterday's, so that a late report counts for
 * the day it was due.
 *
 * @param due HH:mm in `zone`. @param askBeforeMs how long before that it is asked for.
 */
export function openRound(now: number, due: string, zone: string, askBeforeMs: number): ReportRound {
  const today = roundOn(DateTime.fromMillis(now, { zone }), due, askBeforeMs)
  if (now >= today.askAt) return today
  return roundOn(DateTime.fromMillis(now, { zone }).minus({ days: 1 }), due, askBeforeMs)
}

/** When the next round is asked for (epoch ms), after `now`. */
export function nextAskAt(now: number, due: string, zone: string, askBeforeMs: number): number {
  let day = DateTime.fromMillis(now, { zone }).minus({ days: 1 })
  for (;;) {
    const { askAt } = roundOn(day, due, askBeforeMs)
    if (askAt > now) return askAt
    day = day.plus({ days: 1 })
  }
}

function roundOn(day: DateTime, due: string, askBeforeMs: number): ReportRound {
  const [hour = 0, minute = 0] = due.split(':').map(Number)
  const at = day.set({ hour, minute, second: 0, millisecond: 0 })
  return { day: at.toISODate() ?? '', dueAt: at.toMillis(), askAt: at.toMillis() - askBeforeMs }
}
