import { describe, expect, it } from 'vitest'
import { COVERAGE_STALE_DAYS, coverageNow, daysSince, inSeason, isCovered } from '../../src/domain/hotspot.ts'

const DAY = 24 * 3_600_000

describe('coverage', () => {
  it('that nobody has reported, or not for a month, is not known, and never none', () => {
    expect(coverageNow(null, 0)).toBe('not_known')
    const report = { coverage: 'static', everyDays: null, at: 0 } as const
    expect(coverageNow(report, COVERAGE_STALE_DAYS * DAY)).toBe('static')
    expect(coverageNow(report, COVERAGE_STALE_DAYS * DAY + 1)).toBe('not_known')
  })

  it('is there where troops stay or come by', () => {
    expect((['static', 'temporary', 'patrols'] as const).every(isCovered)).toBe(true)
    expect((['none', 'not_known'] as const).some(isCovered)).toBe(false)
  })
})

it.each([
  [null, null, 7, true],
  [3, 6, 3, true],
  [3, 6, 6, true],
  [3, 6, 7, false],
  [11, 2, 12, true],
  [11, 2, 1, true],
  [11, 2, 3, false],
] as const)('a season from %s to %s holds in month %i: %s', (seasonFrom, seasonTo, month, expected) => {
  expect(inSeason({ seasonFrom, seasonTo }, month)).toBe(expected)
})

it('a visit counts in full days, and one never made counts as none', () => {
  expect(daysSince(null, DAY)).toBeNull()
  expect(daysSince(0, 2 * DAY - 1)).toBe(1)
  expect(daysSince(5 * DAY, 0)).toBe(0)
})
