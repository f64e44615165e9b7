import fc from 'fast-check'
import { describe, expect, it, test } from 'vitest'
import { earlyWarning, type Warning } from '../../src/domain/early-warning.ts'

const DAY = 86_400_000
const rule = { count: 3, days: 7, km: 25 }
const warning = (id: string, change: Partial<Warning> = {}): Warning => ({
  id,
  urgency: 'tension',
  lifecycle: 'open',
  exercise: false,
  raisedAt: 10 * DAY,
  lat: 0,
  lon: 0,
  placeId: null,
  placeSaid: 'Karamba',
  sector: 'north',
  threat: 'crime',
  ...change,
})
const ids = (found: Warning[] | null) => found?.map(({ id }) => id) ?? null

describe('low warnings of one kind in one area within days', () => {
  it('come together once they are enough, across sectors', () => {
    const others = [warning('a'), warning('b', { sector: 'south', urgency: 'within_72h', lon: 0.2 })]
    expect(ids(earlyWarning(warning('c'), others, rule))).toEqual(['a', 'b', 'c'])
    expect(earlyWarning(warning('c'), others.slice(1), rule)).toBe(null)
  })

  test.each<[string, Partial<Warning>]>([
    ['another kind', { threat: 'unrest' }],
    ['a kind nobody said', { threat: null }],
    ['too far', { lon: 0.3 }],
    ['too long ago', { raisedAt: 2 * DAY }],
    ['imminent', { urgency: 'imminent' }],
    ['within 24 hours', { urgency: 'within_24h' }],
    ['over already', { urgency: 'already_happened' }],
    ['withdrawn', { lifecycle: 'withdrawn' }],
    ['joined to another', { lifecycle: 'merged' }],
    ['of an exercise', { exercise: true }],
  ])('%s does not count', (_, change) => {
    const others = [warning('a'), warning('b', change)]
    expect(earlyWarning(warning('c'), others, rule)).toBe(null)
    expect(earlyWarning(warning('c', change), [warning('a'), warning('b')], rule)).toBe(null)
  })

  it('hold each warning once and never fewer than the mission asks for', () => {
    const drawn = fc.record({
      id: fc.constantFrom('a', 'b', 'c', 'd', 'e'),
      threat: fc.constantFrom('crime', 'unrest'),
      lon: fc.double({ min: 0, max: 0.5, noNaN: true }),
      raisedAt: fc.integer({ min: 0, max: 20 * DAY }),
    })
    fc.assert(
      fc.property(fc.uniqueArray(drawn, { selector: ({ id }) => id }), others => {
        const found = earlyWarning(
          warning('own'),
          others.map(({ id, ...change }) => warning(id, change)),
          rule,
        )
        if (found === null) return
        expect(new Set(ids(found)).size).toBe(found.length)
        expect(found.length).toBeGreaterThanOrEqual(rule.count)
        expect(found.every(({ threat }) => threat === 'crime')).toBe(true)
      }),
    )
  })
})
