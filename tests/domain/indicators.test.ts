import { expect, test } from 'vitest'
import {
  changeOf,
  INDICATORS,
  type IndicatorItem,
  type IndicatorKind,
  indicatorsOf,
  type Measure,
  shareOf,
} from '../../src/domain/indicators.ts'

const DAY = 86_400_000
const now = 200 * DAY

/** Items of so many days ago, done or not. */
const days = (ago: number, done: number, undone: number): IndicatorItem[] => [
  ...Array.from({ length: done }, (_, index) => ({
    at: now - ago * DAY,
    done: true,
    tookMs: (index + 1) * 60_000,
  })),
  ...Array.from({ length: undone }, () => ({ at: now - ago * DAY, done: false, tookMs: null })),
]

function of(kind: IndicatorKind, items: IndicatorItem[]) {
  const none = Object.fromEntries(INDICATORS.map(each => [each, [] as IndicatorItem[]]))
  const all = { ...none, [kind]: items } as Record<IndicatorKind, IndicatorItem[]>
  return indicatorsOf(all, now, 5).find(each => each.kind === kind)!
}

const counts = (measure: Measure | null) => measure && [measure.done, measure.of]

test.each<[string, IndicatorItem[], [number, number], [number, number] | null, [number, number] | null]>([
  ['nothing', [], [0, 0], [0, 0], [0, 0]],
  ['this week alone', days(1, 4, 2), [4, 6], [4, 6], [0, 0]],
  ['the weeks before', [...days(8, 3, 3), ...days(34, 1, 1)], [4, 8], [0, 0], [4, 8]],
  ['seven days ago to the millisecond is the week before', days(7, 5, 0), [5, 5], [0, 0], [5, 5]],
  ['older than the five weeks', days(36, 5, 1), [5, 6], [0, 0], [0, 0]],
  ['older than the span', days(90, 5, 1), [0, 0], [0, 0], [0, 0]],
  ['a week of few alerts tells of single cases', [...days(1, 1, 3), ...days(9, 4, 1)], [5, 9], null, [4, 5]],
  ['four weeks of few', [...days(1, 5, 0), ...days(20, 0, 4)], [5, 9], [5, 5], null],
])('%s', (_, items, span, week, before) => {
  const found = of('acknowledged', items)
  expect(counts(found.span)).toEqual(span)
  expect(counts(found.week)).toEqual(week)
  expect(counts(found.before)).toEqual(before)
})

test('few meetings, recommendations and releases are shown: they tell of nobody', () => {
  for (const kind of ['meetings', 'recommendations', 'released_out', 'released_in'] as const)
    expect(counts(of(kind, days(1, 1, 0)).week)).toEqual([1, 1])
})

test('places that Must be protected are measured as they stand, never week by week', () => {
  const found = of('musts', days(0, 3, 1))
  expect(found).toMatchObject({ weekly: false, week: null, before: null, span: { done: 3, of: 4 } })
})

test.each<[string, number[], number | null]>([
  ['none', [], null],
  ['one', [4], 4],
  ['of an even number the lower', [9, 1, 4, 7], 4],
  ['of an odd number the middle', [9, 1, 4], 4],
])('the median of %s was measured', (_, took, median) => {
  const items = took.map(tookMs => ({ at: now, done: true, tookMs }))
  expect(of('meetings', items).span.median).toBe(median)
})

test.each<[Measure | null, Measure | null, number | null]>([
  [{ done: 7, of: 10, median: null }, { done: 1, of: 2, median: null }, 20],
  [{ done: 1, of: 3, median: null }, { done: 2, of: 3, median: null }, -33],
  [{ done: 1, of: 1, median: null }, { done: 0, of: 0, median: null }, null],
  [null, { done: 1, of: 2, median: null }, null],
  [{ done: 1, of: 2, median: null }, null, null],
])('a change is told in points, and only between two shares', (week, before, change) => {
  expect(changeOf({ week, before })).toBe(change)
})

test('of nothing there is no share', () => {
  expect(shareOf({ done: 0, of: 0, median: null })).toBeNull()
  expect(shareOf({ done: 0, of: 4, median: null })).toBe(0)
})
