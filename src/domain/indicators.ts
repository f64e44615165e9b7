/**
 * Whether a mission gets better at what it is there for: a few indicators, each a share of what it was to do, over a
 * span and week by week. Computed from what stands on record and never stored. Pure.
 */
import { nearestRank } from './rank.ts'

/** In the order in which they are read. */
export const INDICATORS = [
  'acknowledged',
  'decided',
  'responded',
  'verified',
  'recommendations',
  'musts',
  'meetings',
  'released_out',
  'released_in',
] as const
export type IndicatorKind = (typeof INDICATORS)[number]

/** Indicators of alerts: a week of few of them tells of single cases. */
const OF_ALERTS: readonly IndicatorKind[] = ['acknowledged', 'decided', 'responded', 'verified']
/** Known as things stand now, and not week by week. */
const STANDING: readonly IndicatorKind[] = ['musts']

const WEEK_MS = 7 * 86_400_000
/** Over how long indicators are taken, and how many weeks the last one is held against. */
export const INDICATOR_SPAN_MS = 90 * 86_400_000
export const WEEKS_BEFORE = 4

/** One thing that was to be done: since when (epoch ms), whether it was, and how long it took (ms) where that is known. */
export interface IndicatorItem {
  at: number
  done: boolean
  tookMs: number | null
}

/** How many were done of how many, and the median of how long it took (ms; null where nothing was timed). */
export interface Measure {
  done: number
  of: number
  median: number | null
}

export interface Indicator {
  kind: IndicatorKind
  span: Measure
  /** The last seven days, and the four weeks before them; null where so few are counted that single cases show. */
  week: Measure | null
  before: Measure | null
  /** Whether it is measured week by week at all. */
  weekly: boolean
}

/**
 * The indicators at `now` (epoch ms). A week, or the four before it, in which fewer alerts than `threshold` are
 * counted is left out; of none there is nothing to hide.
 */
export function indicatorsOf(
  items: Readonly<Record<IndicatorKind, readonly IndicatorItem[]>>,
  now: number,
  threshold: number,
): Indicator[] {
  return INDICATORS.map(kind => {
    const within = (from: number, to: number) =>
      measureOf(items[kind].filter(({ at }) => at > from && at <= to))
    const unlessFew = (measure: Measure) =>
      OF_ALERTS.includes(kind) && measure.of > 0 && measure.of < threshold ? null : measure
    const weekly = !STANDING.includes(kind)
    const lastWeek = now - WEEK_MS
    return {
      kind,
      weekly,
      span: within(now - INDICATOR_SPAN_MS, now),
      week: weekly ? unlessFew(within(lastWeek, now)) : null,
      before: weekly ? unlessFew(within(lastWeek - WEEKS_BEFORE * WEEK_MS, lastWeek)) : null,
    }
  })
}

function measureOf(items: readonly IndicatorItem[]): Measure {
  return {
    done: items.filter(({ done }) => done).length,
    of: items.length,
    median: nearestRank(
      items.flatMap(({ tookMs }) => tookMs ?? []),
      0.5,
    ),
  }
}

/** 0 to 1; null of nothing. */
export const shareOf = ({ done, of }: Measure): number | null => (of === 0 ? null : done / of)

/**
 * By how many percentage points the week differs from the four before it, rounded; null where either is hidden or
 * counts nothing.
 */
export function changeOf({ week, before }: Pick<Indicator, 'week' | 'before'>): number | null {
  const now = week && shareOf(week)
  const then = before && shareOf(before)
  return now === null || then === null ? null : Math.round((now - then) * 100)
}
