import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { formatDuration, parseDuration } from '../../src/domain/duration.ts'

describe('durations', () => {
  it.each([
    ['90s', 90_000],
    ['10m', 600_000],
    ['2h', 7_200_000],
    ['3d', 259_200_000],
    [' 5m ', 300_000],
  ])('reads %s as %i milliseconds', (text, milliseconds) => {
    expect(parseDuration(text)).toBe(milliseconds)
  })

  it.each(['', '10', '0m', '-5m', '1.5h', '5 m', '10 minutes', '1w', '2y', '5M', '10min', 'm', '9999999d'])(
    'refuses %j, so that no ladder waits by mistake',
    text => {
      expect(parseDuration(text)).toBeUndefined()
    },
  )

  it('writes back what it read, in a form that reads the same', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 999_999 }),
        fc.constantFrom('s', 'm', 'h', 'd'),
        (count, unit) => {
          const milliseconds = parseDuration(`${count}${unit}`)!
          expect(parseDuration(formatDuration(milliseconds))).toBe(milliseconds)
        },
      ),
    )
    expect(formatDuration(parseDuration('90s')!)).toBe('90s')
    expect(formatDuration(parseDuration('120m')!)).toBe('2h')
  })
})
