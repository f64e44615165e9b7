import fc from 'fast-check'
import { DateTime } from 'luxon'
import { describe, expect, it } from 'vitest'
import { type Candidate, dutyOrder, isVacant, type Post, shiftsOf, uncovered } from '../../src/domain/duty.ts'

const who = (id: string, unreachableAt: number | null = null): Candidate => ({ id, unreachableAt })
const [anna, bela, cyra, dov] = ['anna', 'bela', 'cyra', 'dov'].map(id => who(id)) as [
  Candidate,
  Candidate,
  Candidate,
  Candidate,
]
const named = [
  { person: anna, rank: 0 },
  { person: bela, rank: 1 },
  { person: cyra, rank: 2 },
]
const order = (post: Partial<Post<Candidate>>) =>
  dutyOrder({ onDuty: null, rota: [], named, ...post }).map(({ person, by }) => `${person.id} ${by}`)

describe('who is told first', () => {
  it.each([
    ['the holder, then alternates in order', {}, ['anna holder', 'bela alternate', 'cyra alternate']],
    [
      'whose shift it is, before the holder',
      { rota: [dov] },
      ['dov rota', 'anna holder', 'bela alternate', 'cyra alternate'],
    ],
    [
      'who took the duty, before whose shift it is',
      { onDuty: cyra, rota: [dov] },
      ['cyra duty', 'dov rota', 'anna holder', 'bela alternate'],
    ],
    [
      'an alternate where there is no holder',
      { named: named.slice(1) },
      ['bela alternate', 'cyra alternate'],
    ],
    ['nobody where nobody is named', { named: [] }, []],
    [
      'whom Slack cannot reach, last, whatever they took',
      { onDuty: who('eve', 1) },
      ['anna holder', 'bela alternate', 'cyra alternate', 'eve duty'],
    ],
  ])('%s', (_name, post, expected) => expect(order(post)).toEqual(expected))

  const person = fc.record({
    id: fc.constantFrom('a', 'b', 'c', 'd'),
    unreachableAt: fc.constant<number | null>(null),
  })
  const post = fc.record({
    onDuty: fc.option(person),
    rota: fc.array(person, { maxLength: 3 }),
    named: fc.array(fc.record({ person, rank: fc.nat(3) }), { maxLength: 4 }),
  })

  it('is exactly one person while anybody is named, and nobody twice', () => {
    fc.assert(
      fc.property(post, one => {
        const turns = dutyOrder(one)
        const ids = turns.map(turn => turn.person.id)
        expect(new Set(ids).size).toBe(ids.length)
        const all = [...(one.onDuty ? [one.onDuty] : []), ...one.rota, ...one.named.map(row => row.person)]
        expect(new Set(ids)).toEqual(new Set(all.map(({ id }) => id)))
      }),
    )
  })

  it('stays somebody when the one on duty hands over, as long as another is named', () => {
    fc.assert(
      fc.property(post, one => {
        const after = dutyOrder({ ...one, onDuty: null })
        if (one.rota.length + one.named.length > 0) expect(after.length).toBeGreaterThan(0)
      }),
    )
  })
})

describe('a post', () => {
  it('is vacant without a holder, though an alternate carries it', () => {
    expect(isVacant({ named })).toBe(false)
    expect(isVacant({ named: named.slice(1) })).toBe(true)
    expect(isVacant({ named: [] })).toBe(true)
  })
})

describe('the hours of a rota', () => {
  const one = { firstDay: '2026-03-28', lastDay: '2026-03-28', from: '18:00', to: '06:00' }
  const hours = (pattern: Partial<typeof one>, zone: string) =>
    shiftsOf({ ...one, ...pattern }, zone)!.map(({ fromAt, toAt }) => (toAt - fromAt) / 3_600_000)

  it.each([
    ['a night where the clocks never change', {}, 'Africa/Lusaka', [12]],
    ['the night in which they go forward', {}, 'Europe/Rome', [11]],
    [
      'the night in which they go back',
      { firstDay: '2026-10-24', lastDay: '2026-10-24' },
      'Europe/Rome',
      [13],
    ],
    ['the whole day, where the end is the beginning', { to: '18:00' }, 'Africa/Lusaka', [24]],
    [
      'a shift each day of a span',
      { lastDay: '2026-03-30', from: '06:00', to: '18:00' },
      'Africa/Lusaka',
      [12, 12, 12],
    ],
  ])('%s', (_name, pattern, zone, expected) => expect(hours(pattern, zone)).toEqual(expected))

  it('begin by the clock of the zone, not of the machine', () => {
    const [shift] = shiftsOf(one, 'Africa/Lusaka')!
    expect(new Date(shift!.fromAt).toISOString()).toBe('2026-03-28T16:00:00.000Z')
  })

  it.each([
    ['a last day before the first', { lastDay: '2026-03-27' }],
    ['more days than a rota takes', { lastDay: '2026-06-28' }],
    ['a day that is none', { firstDay: '2026-02-30' }],
    ['an hour that is none', { from: '25:00' }],
    ['no hour', { to: '' }],
  ])('are refused for %s', (_name, pattern) => {
    expect(shiftsOf({ ...one, ...pattern }, 'Africa/Lusaka')).toBeNull()
  })

  it('of day and night shifts leave no gap and never two at a time, in any zone and over any change of clocks', () => {
    const zone = fc.constantFrom(
      'Africa/Lusaka',
      'Europe/Rome',
      'America/New_York',
      'Australia/Lord_Howe',
      'Africa/Casablanca',
      'Asia/Beirut',
    )
    const time = fc
      .tuple(fc.nat(23), fc.constantFrom(0, 15, 30, 45))
      .map(([hour, minute]) => `${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}`)
    fc.assert(
      fc.property(
        zone,
        fc.nat(364),
        fc.integer({ min: 1, max: 20 }),
        time,
        time,
        (name, start, days, from, to) => {
          fc.pre(from < to)
          const first = DateTime.fromISO('2026-01-01', { zone: name }).plus({ days: start })
          const span = { firstDay: first.toISODate()!, lastDay: first.plus({ days: days - 1 }).toISODate()! }
          const shifts = [
            ...shiftsOf({ ...span, from, to }, name)!,
            ...shiftsOf({ ...span, from: to, to: from }, name)!,
          ].sort((a, b) => a.fromAt - b.fromAt)
          for (const [index, shift] of shifts.slice(1).entries())
            expect(shift.fromAt).toBe(shifts[index]!.toAt)
          expect(uncovered(shifts, shifts[0]!.fromAt, shifts.at(-1)!.toAt)).toEqual([])
        },
      ),
      { numRuns: 500 },
    )
  })
})

describe('hours that no shift covers', () => {
  it('are those before, between and after shifts, within the span looked at', () => {
    const shifts = [
      { fromAt: 20, toAt: 30 },
      { fromAt: 5, toAt: 12 },
      { fromAt: 25, toAt: 40 },
      { fromAt: 90, toAt: 99 },
    ]
    expect(uncovered(shifts, 0, 50)).toEqual([
      { fromAt: 0, toAt: 5 },
      { fromAt: 12, toAt: 20 },
      { fromAt: 40, toAt: 50 },
    ])
    expect(uncovered([{ fromAt: 0, toAt: 50 }], 10, 40)).toEqual([])
  })
})
