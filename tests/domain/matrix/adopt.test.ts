import { describe, expect, it } from 'vitest'
import { type AdoptedRow, difference, staleRows } from '../../../src/domain/matrix/adopt.ts'
import { type CheckedRow, findingKey, findings } from '../../../src/domain/matrix/checks.ts'
import { type Rating, ratingProblem } from '../../../src/domain/matrix/entry.ts'
import {
  ASKED,
  maySeeEntry,
  placesRated,
  ROUND_ACTS,
  ROUND_STATES,
  roundAfter,
  unanswered,
} from '../../../src/domain/matrix/round.ts'

const row = (
  hotspotId: string,
  category: AdoptedRow['category'],
  change: Partial<AdoptedRow> = {},
): AdoptedRow => ({
  hotspotId,
  category,
  likelihood: 3,
  impact: 3,
  rationale: ['threat'],
  reason: null,
  reviewBy: 1000,
  ...change,
})

describe('a version and the one before', () => {
  it('differ in what is new, up, down and gone, in this order, with the reason', () => {
    const last = [row('down', 'must'), row('gone', 'could'), row('same', 'should'), row('up', 'could')]
    const next = [
      row('same', 'should'),
      row('down', 'should', { reason: 'calmer since May' }),
      row('up', 'must'),
      row('new', 'could'),
      row('gone', 'unlisted'),
    ]
    const found = difference(last, next)
    expect(found.map(({ hotspotId, change }) => `${hotspotId}: ${change}`)).toEqual([
      'new: new',
      'up: up',
      'down: down',
      'gone: gone',
      'same: same',
    ])
    expect(found[2]).toMatchObject({ from: 'must', to: 'should', reason: 'calmer since May' })
  })

  it('chase what is past its review, and not what is no longer listed', () => {
    const rows = [row('a', 'must'), row('b', 'unlisted'), row('c', 'could', { reviewBy: 1001 })]
    expect(staleRows(rows, 1000).map(({ hotspotId }) => hotspotId)).toEqual(['a'])
  })
})

describe('before adoption', () => {
  const safe: CheckedRow = {
    hotspotId: 'a',
    category: 'must',
    imminentPhysical: true,
    coverage: 'static',
    lines: [
      { tier: 1, stands: true },
      { tier: 2, stands: true },
      { tier: 3, stands: true },
    ],
    notApplicable: [],
    hasLiaison: true,
    hasCivilianPresence: true,
    hasHumanitarianContact: true,
  }
  const keys = (change: Partial<CheckedRow>, units: number | null = null) =>
    findings([{ ...safe, ...change }], units).map(findingKey)

  it('names the gravest first, whatever place it is at', () => {
    const bare = { hasHumanitarianContact: false, hotspotId: 'a' }
    const threatened = { category: 'must' as const, imminentPhysical: true, lines: [], hotspotId: 'b' }
    const found = findings(
      [
        { ...safe, ...bare },
        { ...safe, ...threatened },
      ],
      0,
    )
    expect(found.map(({ check }) => check)).toEqual([
      'must_without_tier_2',
      'more_musts_than_units',
      'no_humanitarian_contact',
      'tier_not_considered',
    ])
  })

  it.each([
    ['nothing where all is in place', {}, []],
    [
      'an unarmed line, which never stands in for a physical need',
      { lines: [safe.lines[0]!, safe.lines[2]!] },
      ['must_without_tier_2:a', 'tier_not_considered:a'],
    ],
    [
      'a line that was given up, which is none',
      { lines: safe.lines.map(line => ({ ...line, stands: line.tier !== 2 })), notApplicable: [2] as const },
      ['must_without_tier_2:a'],
    ],
    [
      'an uncovered place with force alone',
      { coverage: 'none' as const, lines: [safe.lines[1]!], notApplicable: [1, 3] as const },
      ['uncovered_without_unarmed_plan:a'],
    ],
    [
      'coverage nobody knows of, as if there were none',
      { coverage: 'not_known' as const, lines: [safe.lines[1]!], notApplicable: [1, 3] as const },
      ['uncovered_without_unarmed_plan:a'],
    ],
    ['a place with no liaison assistant', { hasLiaison: false }, ['no_liaison:a']],
    [
      'a place nobody visits and no humanitarian knows',
      { hasCivilianPresence: false, hasHumanitarianContact: false },
      ['no_civilian_presence:a', 'no_humanitarian_contact:a'],
    ],
    ['a tier not considered', { lines: safe.lines.slice(0, 2) }, ['tier_not_considered:a']],
    ['nothing of a place that is not listed', { category: 'unlisted' as const, hasLiaison: false }, []],
  ])('it finds %s', (_, change, expected) => expect(keys(change)).toEqual(expected))

  it('it finds more Musts than units that can be placed, where the force has said how many', () => {
    expect(keys({}, 0)).toEqual(['more_musts_than_units'])
    expect(keys({}, 1)).toEqual([])
    expect(keys({}, null)).toEqual([])
  })
})

describe('a rating', () => {
  const scale = { likelihood: 5, impact: 5, vulnerability: 3 }
  const good: Rating = { likelihood: 1, impact: 5, vulnerability: 3, category: 'must', rationale: ['need'] }
  it.each([
    [{}, null],
    [{ vulnerability: null }, null],
    [{ likelihood: 0 }, { field: 'likelihood', max: 5 }],
    [{ likelihood: 2.5 }, { field: 'likelihood', max: 5 }],
    [{ impact: 6 }, { field: 'impact', max: 5 }],
    [{ vulnerability: 4 }, { field: 'vulnerability', max: 3 }],
    [{ rationale: [] }, { field: 'rationale' }],
  ])('with %j: %j', (change, expected) =>
    expect(ratingProblem({ ...good, ...change }, scale)).toEqual(expected),
  )
})

describe('a round', () => {
  it('is adopted only after it was revealed and recommended, and ends once', () => {
    const table = ROUND_STATES.map(state => ROUND_ACTS.map(act => roundAfter(state, act)))
    expect(table).toEqual([
      ['revealed', null, null, null, 'cancelled'],
      [null, 'recommended', null, null, 'cancelled'],
      [null, null, 'revealed', 'adopted', 'cancelled'],
      [null, null, null, null, null],
      [null, null, null, null, null],
    ])
  })

  it('asks each component and the humanitarian side once; nil is an answer', () => {
    const [military, ...others] = ASKED
    const said = placesRated([{ voice: military!, hotspotId: 'a' }], ['a'])
    expect(unanswered(said, 1, [])).toEqual(others)
    expect(unanswered(said, 1, others)).toEqual([])
  })

  it('counts a voice as answered once it rated every place still listed, or has nothing more to say', () => {
    const military = ASKED[0]!
    const entries = ['a', 'gone'].map(hotspotId => ({ voice: military, hotspotId }))
    const rated = placesRated(entries, ['a', 'b'])
    expect(rated.get('military')).toBe(1)
    expect(unanswered(rated, 2, [])).toContain(military)
    expect(unanswered(rated, 2, [military])).not.toContain(military)
    expect(unanswered(placesRated(entries, ['a']), 1, [])).not.toContain(military)
    expect(unanswered(new Map(), 0, [])).toHaveLength(ASKED.length)
  })

  it('hides every number from everybody else until it is revealed', () => {
    const own = { voice: ASKED[0]!, by: 'a' }
    expect(maySeeEntry('open', own, { personId: 'a', side: 'mission' })).toBe(true)
    expect(maySeeEntry('open', own, { personId: 'b', side: 'mission' })).toBe(false)
    expect(maySeeEntry('revealed', own, { personId: 'b', side: 'humanitarian' })).toBe(true)
  })

  it('never shows what one organisation gave to the other side', () => {
    const given = { voice: { side: 'humanitarian', as: 'member' } as const, by: 'a' }
    for (const state of ROUND_STATES) {
      expect(maySeeEntry(state, given, { personId: 'b', side: 'mission' })).toBe(false)
      expect(maySeeEntry(state, given, { personId: 'b', side: null })).toBe(false)
      expect(maySeeEntry(state, given, { personId: 'b', side: 'humanitarian' })).toBe(true)
    }
  })
})
