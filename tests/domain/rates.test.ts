import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type RatedAlert, rate, ratesOf } from '../../src/domain/rates.ts'
import { RESPONDERS } from '../../src/domain/response.ts'

const MINUTE = 60_000
const rules = { threshold: 10, restrictedThreats: new Set(['sexual_violence']) }

const alert = (change: Partial<RatedAlert> = {}): RatedAlert => ({
  sector: 'north',
  threat: 'armed_attack',
  scope: 'physical',
  exercise: false,
  merged: false,
  withdrawn: false,
  unfounded: false,
  unverifiable: false,
  receivedAt: 0,
  acknowledgedAt: null,
  decidedAt: null,
  onSiteAt: null,
  responders: [],
  underWay: false,
  reasons: [],
  owners: [],
  ...change,
})
const answered = (change: Partial<RatedAlert> = {}) => alert({ responders: ['mission_military'], ...change })
const of = (...alerts: RatedAlert[]) => ratesOf(alerts, rules)

describe('the response rate', () => {
  test.each<[string, RatedAlert[], number | null]>([
    ['of no alert there is none', [], null],
    ['one of two', [answered(), alert()], 0.5],
    [
      'several responses to one alert count once',
      [alert({ responders: ['mission_military', 'authorities'] }), alert()],
      0.5,
    ],
    ['setting out is no response yet', [alert({ underWay: true })], 0],
    ['an unfounded alert is not counted', [answered(), alert({ unfounded: true })], 1],
    ['nor one joined to another', [answered(), alert({ merged: true })], 1],
    ['nor one raised in error', [answered(), alert({ withdrawn: true })], 1],
    [
      'nor an exercise, answered or not',
      [answered(), alert({ exercise: true }), answered({ exercise: true })],
      1,
    ],
    ['an unverifiable one is', [answered(), alert({ unverifiable: true })], 0.5],
    ['protection in the wider sense stands beside it', [answered(), alert({ scope: 'wider' })], 1],
  ])('%s', (_, alerts, expected) => {
    expect(rate(of(...alerts).physical)).toBe(expected)
  })

  test('says what is not counted, what is unverifiable, and who alone responded', () => {
    const rates = of(
      answered(),
      alert({ responders: ['authorities'] }),
      alert({ responders: ['authorities', 'mission_police'] }),
      alert({ responders: ['humanitarian_partner'], unverifiable: true }),
      alert({ unverifiable: true, underWay: true }),
      alert({ unfounded: true, merged: true }),
      alert({ unfounded: true }),
      alert({ exercise: true, unfounded: true }),
      alert({ scope: 'wider' }),
    )
    expect(rates.physical).toEqual({ counted: 5, responded: 4 })
    expect(rates.wider).toEqual({ counted: 1, responded: 0 })
    expect([rates.missionOnly, rates.hostStateOnly, rates.underWay]).toEqual([1, 1, 1])
    expect(rates.unverifiable).toEqual({ counted: 2, responded: 1 })
    expect(rates.leftOut).toEqual({ unfounded: 1, merged: 1, withdrawn: 0, exercise: 1 })
    expect(rates.byResponder[0]).toEqual({ kind: 'authorities', share: { counted: 5, responded: 2 } })
  })
})

test('times are those of the alerts in which it happened, and say of how many', () => {
  const minutes = [1, 2, 3, 4, 5, 6, 7, 8, 9, 100]
  const rates = of(
    ...minutes.map(n => alert({ receivedAt: MINUTE, acknowledgedAt: MINUTE + n * MINUTE })),
    alert(),
  )
  expect(rates.times.acknowledge).toEqual({ happened: 10, of: 11, median: 5 * MINUTE, p90: 9 * MINUTE })
  expect(rates.times.onSite).toEqual({ happened: 0, of: 11, median: null, p90: null })
})

test('an answer said to be earlier than the warning took no time', () => {
  expect(of(alert({ receivedAt: 10, acknowledgedAt: 4 })).times.acknowledge.median).toBe(0)
})

test('reasons count once per alert, and only where nobody responded', () => {
  const rates = of(
    alert({ reasons: ['no_asset', 'no_asset'] }),
    alert({ reasons: ['no_asset', 'access'] }),
    answered({ reasons: ['access'] }),
  )
  expect(rates.reasons).toEqual([
    { reason: 'no_asset', count: 2 },
    { reason: 'access', count: 1 },
  ])
})

test('a component is measured by the alerts it owns', () => {
  const owners = [
    { component: 'military', responded: true },
    { component: 'mission_civilian', responded: false },
  ] as const
  const rates = of(answered({ owners }), alert({ owners: [{ component: 'police', responded: false }] }))
  expect(Object.fromEntries(rates.byComponent.map(({ kind, share }) => [kind, share]))).toEqual({
    military: { counted: 1, responded: 1 },
    mission_civilian: { counted: 1, responded: 0 },
    police: { counted: 1, responded: 0 },
  })
})

test('few alerts of a restricted threat are hidden together with a neighbour, and stand last', () => {
  const many = (count: number, threat: string | null) =>
    Array.from({ length: count }, () => alert({ threat }))
  const rates = of(...many(3, 'sexual_violence'), ...many(20, 'armed_attack'), ...many(12, 'abduction'))
  expect(rates.byThreat).toEqual([
    { kind: 'armed_attack', share: { counted: 20, responded: 0 } },
    { kind: 'abduction', share: null },
    { kind: 'sexual_violence', share: null },
  ])
  expect(of(...many(3, 'sexual_violence')).byThreat).toBeNull()
})

describe('whatever the alerts', () => {
  const some = fc.array(
    fc.record({
      sector: fc.constantFrom('north', 'south', null),
      threat: fc.constantFrom('armed_attack', 'sexual_violence', 'crime', null),
      scope: fc.constantFrom('physical' as const, 'wider' as const),
      exercise: fc.boolean(),
      merged: fc.boolean(),
      withdrawn: fc.boolean(),
      unfounded: fc.boolean(),
      unverifiable: fc.boolean(),
      receivedAt: fc.integer({ min: 0, max: 1000 }),
      acknowledgedAt: fc.option(fc.integer({ min: 0, max: 5000 })),
      decidedAt: fc.option(fc.integer({ min: 0, max: 5000 })),
      onSiteAt: fc.option(fc.integer({ min: 0, max: 5000 })),
      responders: fc.uniqueArray(fc.constantFrom(...RESPONDERS)),
      underWay: fc.boolean(),
      reasons: fc.array(fc.constantFrom('access', 'no_asset')),
      owners: fc.constant([]),
    }),
  )

  test('each is counted once or left out once, and the splits add up', () => {
    fc.assert(
      fc.property(some, alerts => {
        const { physical, wider, leftOut, bySector, missionOnly, hostStateOnly } = ratesOf(alerts, rules)
        const left = Object.values(leftOut).reduce((sum, count) => sum + count, 0)
        expect(physical.counted + wider.counted + left).toBe(alerts.length)
        expect(physical.responded).toBeLessThanOrEqual(physical.counted)
        expect(missionOnly + hostStateOnly).toBeLessThanOrEqual(physical.responded)
        const sum = (key: 'counted' | 'responded') =>
          bySector.reduce((all, { share }) => all + share![key], 0)
        expect([sum('counted'), sum('responded')]).toEqual([physical.counted, physical.responded])
      }),
    )
  })

  test('their order does not matter, nor does any exercise', () => {
    fc.assert(
      fc.property(some, some, (alerts, others) => {
        const exercises = others.map(each => ({ ...each, exercise: true }))
        const { leftOut: a, ...rates } = ratesOf([...exercises, ...alerts.toReversed()], rules)
        const { leftOut: b, ...plain } = ratesOf(alerts, rules)
        expect(rates).toEqual(plain)
        expect({ ...a, exercise: 0 }).toEqual({ ...b, exercise: 0 })
      }),
    )
  })

  test('no small count of a restricted threat is shown, nor can it be worked out from the rest', () => {
    fc.assert(
      fc.property(some, alerts => {
        const { byThreat, physical } = ratesOf(alerts, rules)
        const shown = byThreat?.find(({ kind }) => kind === 'sexual_violence')
        if (!byThreat || !shown) return
        if (shown.share) return expect(shown.share.counted).toBeGreaterThanOrEqual(rules.threshold)
        const known = byThreat.reduce((sum, { share }) => sum + (share?.counted ?? 0), 0)
        expect(byThreat.filter(({ share }) => share === null).length).toBeGreaterThan(1)
        expect(physical.counted - known).toBeGreaterThanOrEqual(rules.threshold)
      }),
    )
  })
})
