import fc from 'fast-check'
import { DateTime } from 'luxon'
import { describe, expect, it } from 'vitest'
import { agreedMoments, awaited, EARLY_MS, isMissed, nextStep } from '../../src/domain/team-clock.ts'

const zone = 'Africa/Lusaka'
const at = (text: string) => DateTime.fromISO(text, { zone }).toMillis()
const watch = {
  departAt: at('2026-11-24T08:00'),
  returnAt: at('2026-11-26T16:00'),
  hours: ['07:30', '17:30'],
  zone,
}

describe('the hours agreed', () => {
  it('are each day’s, after it leaves and before it is back', () => {
    expect(agreedMoments(watch)).toEqual(
      ['2026-11-24T17:30', '2026-11-25T07:30', '2026-11-25T17:30', '2026-11-26T07:30'].map(at),
    )
  })

  it('a contact up to an hour before one counts for it, and the return for nothing but itself', () => {
    expect(awaited(watch, watch.departAt)).toEqual({ kind: 'check_in', at: at('2026-11-24T17:30') })
    expect(awaited(watch, at('2026-11-24T16:29'))).toEqual({ kind: 'check_in', at: at('2026-11-24T17:30') })
    expect(awaited(watch, at('2026-11-24T16:30'))).toEqual({ kind: 'check_in', at: at('2026-11-25T07:30') })
    expect(awaited(watch, at('2026-11-26T16:00'))).toEqual({ kind: 'return', at: watch.returnAt })
  })

  it('whenever it was last heard of, what is awaited lies after that and no later than its return', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 56 * 60 }),
        fc.uniqueArray(fc.constantFrom('00:00', '06:15', '07:30', '12:00', '17:30', '23:59'), {
          minLength: 1,
        }),
        (minutes, hours) => {
          const heard = watch.departAt + minutes * 60_000
          const next = awaited({ ...watch, hours }, heard)
          expect(next.at).toBeLessThanOrEqual(watch.returnAt)
          if (next.kind === 'check_in') expect(next.at).toBeGreaterThan(heard + EARLY_MS)
          else expect(next.at).toBe(watch.returnAt)
        },
      ),
    )
  })
})

describe('a moment that is not heard of', () => {
  const rules = { graceMs: 30, climbMs: 15, rungs: 3 }

  it('asks the team first, then tells one post after another, and stops at the last', () => {
    expect(Array.from({ length: 5 }, (_, done) => nextStep(1_000, done, rules))).toEqual([
      { do: 'ask', at: 1_000 },
      { do: 'tell', rung: 0, at: 1_030 },
      { do: 'tell', rung: 1, at: 1_045 },
      { do: 'tell', rung: 2, at: 1_060 },
      null,
    ])
  })

  it('is missed once the time given after it has passed', () => {
    expect(isMissed(1_000, 1_029, rules)).toBe(false)
    expect(isMissed(1_000, 1_030, rules)).toBe(true)
  })
})
