import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { CATEGORIES, type Category, type Entry, type Voice } from '../../../src/domain/matrix/entry.ts'
import {
  agreement,
  highNeedLowPriority,
  isPolitical,
  memberMedian,
  reveal,
} from '../../../src/domain/matrix/reveal.ts'
import { median } from '../../../src/domain/rank.ts'

const entry = (category: Category, voice: Voice, change: Partial<Entry> = {}): Entry => ({
  hotspotId: 'a',
  likelihood: 3,
  impact: 3,
  vulnerability: 3,
  category,
  rationale: ['threat'],
  voice,
  by: 'p',
  how: 'rated',
  ...change,
})
const force: Voice = { side: 'mission', component: 'military' }
const police: Voice = { side: 'mission', component: 'police' }
const civilian: Voice = { side: 'mission', component: 'mission_civilian' }
const humanitarians: Voice = { side: 'humanitarian', as: 'side' }
const member: Voice = { side: 'humanitarian', as: 'member' }

describe('the two sides beside each other', () => {
  it('are contested where they differ, however many spoke on one of them', () => {
    const [row] = reveal(
      ['a'],
      [entry('must', force), entry('must', police), entry('must', civilian), entry('could', humanitarians)],
    )
    expect(row).toMatchObject({ distance: 2, contested: true })
    expect(row?.mission?.category).toBe('must')
    expect(row?.humanitarian?.category).toBe('could')
  })

  it('are contested where one side said nothing, and not where nobody did', () => {
    const [one, none] = reveal(['a', 'b'], [entry('must', force)])
    expect(one).toMatchObject({ distance: null, contested: true, humanitarian: null })
    expect(none).toMatchObject({ distance: null, contested: false, mission: null, humanitarian: null })
  })

  it('are contested where the mission is far apart within itself', () => {
    const [row] = reveal(
      ['a'],
      [
        entry('must', force),
        entry('could', police),
        entry('should', civilian),
        entry('should', humanitarians),
      ],
    )
    expect(row).toMatchObject({ distance: 0, contested: true })
    expect(row?.mission).toMatchObject({ category: 'should', spread: 2, voices: 3 })
  })

  it('are agreed where both say the same', () => {
    expect(reveal(['a'], [entry('must', force), entry('must', humanitarians)])[0]?.contested).toBe(false)
  })

  it('take the more protective of two components that stand even', () => {
    const [row] = reveal(['a'], [entry('must', force), entry('should', police)])
    expect(row?.mission?.category).toBe('must')
  })

  it('never hold what a single organisation told its own side', () => {
    const [row] = reveal(['a'], [entry('must', member), entry('must', member), entry('must', member)])
    expect(row?.humanitarian).toBeNull()
  })
})

it('no median of fewer than three organisations is shown', () => {
  const say = (...categories: Category[]) => memberMedian(categories.map(each => entry(each, member)))
  expect(say('must', 'must')).toBeNull()
  expect(say('must', 'could', 'should')).toBe('should')
})

it.each([
  [[1], 1],
  [[1, 2], 1.5],
  [[3, 1, 2], 2],
  [[4, 1, 1, 2], 1.5],
])('the median of %j is %f', (values, expected) => expect(median(values)).toBe(expected))

describe('agreement', () => {
  const rows = (pairs: [Category, Category][]) =>
    reveal(
      pairs.map((_, index) => String(index)),
      pairs.flatMap(([mission, other], index) => [
        entry(mission, force, { hotspotId: String(index) }),
        entry(other, humanitarians, { hotspotId: String(index) }),
      ]),
    )

  it('is one where both rank alike, and nothing is claimed of a single row', () => {
    expect(
      agreement(
        rows([
          ['must', 'must'],
          ['could', 'could'],
        ]),
      ),
    ).toEqual({ compared: 2, same: 2, kappa: 1 })
    expect(agreement(rows([['must', 'must']])).kappa).toBeNull()
  })

  it('is what Cohen counted, with linear weights', () => {
    const { kappa, same } = agreement(
      rows([
        ['must', 'must'],
        ['must', 'should'],
        ['should', 'should'],
        ['could', 'should'],
        ['could', 'could'],
      ]),
    )
    expect(same).toBe(3)
    // Observed distance 2/5; expected from the margins (2,1,2,0) and (1,3,1,0): 22/25.
    expect(kappa).toBeCloseTo(1 - 0.4 / 0.88, 10)
  })

  it('is never above one, and the same whichever side is named first', () => {
    const pair = fc.tuple(fc.constantFrom(...CATEGORIES), fc.constantFrom(...CATEGORIES))
    fc.assert(
      fc.property(fc.array(pair, { maxLength: 30 }), pairs => {
        const there = agreement(rows(pairs))
        const back = agreement(rows(pairs.map(([a, b]) => [b, a])))
        expect(there.compared).toBe(pairs.length)
        expect(there.kappa ?? 0).toBeLessThanOrEqual(1)
        expect(back.kappa === null).toBe(there.kappa === null)
        expect(back.kappa ?? 0).toBeCloseTo(there.kappa ?? 0, 10)
      }),
    )
  })
})

it('a political or a donor’s reason shows as such', () => {
  const [political, plain] = reveal(
    ['a', 'b'],
    [entry('must', force, { rationale: ['political'] }), entry('must', force, { hotspotId: 'b' })],
  )
  expect([isPolitical(political!), isPolitical(plain!)]).toEqual([true, false])
})

it('places of high need and low priority are listed', () => {
  const rows = reveal(
    ['a', 'b', 'c'],
    [
      entry('could', humanitarians, { vulnerability: 5 }),
      entry('must', humanitarians, { hotspotId: 'b', vulnerability: 5 }),
      entry('could', humanitarians, { hotspotId: 'c', vulnerability: 2 }),
    ],
  )
  const outcome = (id: string) => rows.find(row => row.hotspotId === id)?.humanitarian?.category ?? null
  expect(highNeedLowPriority(rows, outcome, { vulnerability: 5 })).toEqual(['a'])
})
