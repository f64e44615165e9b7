import fc from 'fast-check'
import { describe, expect, it, test } from 'vitest'
import {
  EVENT_TYPES,
  eventTypeOf,
  GROUPS_OF_PEOPLE,
  HARMS,
  type Harmed,
  type HarmedGroup,
  SUB_TYPES,
  shownHarm,
  type Warning,
  warningFigures,
  warningRecord,
} from '../../src/domain/incident.ts'
import { createLocales } from '../../src/locales/index.ts'

const HOUR = 3_600_000
const none: Harmed = { killed: null, injured: null, abducted: null, displaced: null }

describe('types of events', () => {
  it('are six with 25 sub-types, each under one type, with a name in both languages', () => {
    expect(Object.keys(EVENT_TYPES)).toHaveLength(6)
    expect(new Set(SUB_TYPES).size).toBe(25)
    const locales = createLocales('UTC', ['en', 'fr'])
    for (const language of ['en', 'fr'])
      for (const subType of SUB_TYPES) {
        const { t } = locales.words(language)
        expect(EVENT_TYPES[eventTypeOf(subType)]).toContain(subType)
        expect(t(`incident.subType.${subType}`)).not.toBe('')
        expect(t(`incident.type.${eventTypeOf(subType)}`)).not.toBe('')
      }
  })
})

describe('the three hardest numbers', () => {
  const warning = (change: Partial<Warning> = {}): Warning => ({
    raisedAt: 8 * HOUR,
    exercise: false,
    lifecycle: 'closed',
    urgency: 'imminent',
    responses: [],
    onSite: false,
    ...change,
  })
  const there = { responder: 'mission_military', arrivedAt: 9 * HOUR, endedAt: null } as const
  const going = { ...there, arrivedAt: null }
  const at = (precision: 'exact' | 'hour' | 'day' | 'week' = 'exact') => ({
    at: 10 * HOUR,
    precision,
    exercise: false,
  })
  test.each([
    ['nobody had warned', [], 'not_warned'],
    ['warned, and nobody came', [warning()], 'warned_unanswered'],
    ['warned, and somebody was only on the way', [warning({ responses: [going] })], 'warned_unanswered'],
    ['warned, and somebody was there', [warning({ responses: [there] })], 'warned_answered'],
    ['warned, and an owner tapped On site', [warning({ onSite: true })], 'warned_answered'],
    ['two warnings, one answered', [warning(), warning({ responses: [there] })], 'warned_answered'],
    ['told of only afterwards', [warning({ raisedAt: 11 * HOUR, responses: [there] })], 'not_warned'],
    ['told as something that had happened', [warning({ urgency: 'already_happened' })], 'not_warned'],
    ['withdrawn as raised in error', [warning({ lifecycle: 'withdrawn', responses: [there] })], 'not_warned'],
    ['only in an exercise', [warning({ exercise: true, responses: [there] })], 'not_warned'],
    ['still open', [warning({ lifecycle: 'open' })], 'warned_unanswered'],
  ] as const)('%s', (_, alerts, expected) => {
    expect(warningRecord(at(), [...alerts]).record).toBe(expected)
  })

  it('a warning within the hour, day or week that is all that is known of the time counts', () => {
    const late = [warning({ raisedAt: 10.5 * HOUR })]
    expect(warningRecord(at('exact'), late).record).toBe('not_warned')
    for (const precision of ['hour', 'day', 'week'] as const)
      expect(warningRecord(at(precision), late).record).toBe('warned_unanswered')
  })

  it('says who answered, each once', () => {
    const by = { ...there, responder: 'authorities' } as const
    expect(warningRecord(at(), [warning({ responses: [there, there, by, going] })]).by).toEqual([
      'mission_military',
      'authorities',
    ])
  })

  it('more alerts never make an incident less warned of, nor less answered', () => {
    const rank = { not_warned: 0, warned_unanswered: 1, warned_answered: 2 }
    const any = fc.record({
      raisedAt: fc.integer({ min: 0, max: 20 * HOUR }),
      exercise: fc.boolean(),
      lifecycle: fc.constantFrom('open', 'closed', 'withdrawn', 'merged'),
      urgency: fc.constantFrom('imminent', 'already_happened'),
      responses: fc.array(fc.constantFrom(there, going)),
      onSite: fc.boolean(),
    })
    fc.assert(
      fc.property(fc.array(any), any, (alerts, more) => {
        const before = warningRecord(at(), alerts).record
        expect(rank[warningRecord(at(), [...alerts, more]).record]).toBeGreaterThanOrEqual(rank[before])
      }),
    )
  })
})

describe('harm as it may be shown', () => {
  it('of sexual violence small numbers are hidden, and nothing by sex and age is shown', () => {
    const shown = shownHarm(
      {
        subType: 'sexual_violence',
        harm: { ...none, injured: 3, displaced: 40 },
        groups: [{ harm: 'injured', group: 'girls', count: 3 }],
      },
      10,
    )
    expect(shown).toEqual({
      totals: { killed: null, injured: 'hidden', abducted: null, displaced: 40 },
      groups: [],
    })
  })

  it('no small number of girls or boys can be told, neither directly nor by subtracting from the total', () => {
    const harm = fc.constantFrom(...HARMS)
    const cell = fc.record({
      harm,
      group: fc.constantFrom(...GROUPS_OF_PEOPLE),
      count: fc.integer({ min: 1, max: 40 }),
    })
    const cells = fc.uniqueArray(cell, { selector: ({ harm, group }) => `${harm}:${group}` })
    fc.assert(
      fc.property(cells, fc.nat(20), (groups: HarmedGroup[], rest) => {
        const totals = { ...none }
        for (const { harm, count } of groups) totals[harm] = (totals[harm] ?? rest) + count
        const shown = shownHarm({ subType: 'attack', harm: totals, groups }, 10)
        for (const each of HARMS) {
          const row = shown.groups.filter(({ harm }) => harm === each)
          for (const { group, count } of row)
            if (group === 'girls' || group === 'boys') expect(count === 'hidden' || count >= 10).toBe(true)
          const hidden = row.filter(({ count }) => count === 'hidden')
          const known = row.reduce((sum, { count }) => sum + (count === 'hidden' ? 0 : count), 0)
          if (hidden.length > 0) expect((totals[each] ?? 0) - known).toBeGreaterThanOrEqual(10)
        }
      }),
    )
  })
})

it('restricted incidents count among the three numbers only where they are many', () => {
  const harm = { killed: null, injured: null, abducted: null, displaced: null }
  const of = (subType: 'attack' | 'sexual_violence', count: number) =>
    Array.from({ length: count }, () => ({
      incident: { subType, harm, exercise: false },
      record: 'not_warned' as const,
    }))
  const notWarned = (few: number) =>
    warningFigures([...of('attack', 3), ...of('sexual_violence', few)], 10).counts.not_warned
  expect([notWarned(0), notWarned(9), notWarned(10)]).toEqual([3, 3, 13])
})
