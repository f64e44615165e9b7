import fc from 'fast-check'
import { expect, it } from 'vitest'
import { type Cell, hideSmallNumbers } from '../../src/domain/small-numbers.ts'

const kinds = ['children', 'survivors', 'displaced', 'residents']
const rules = { threshold: 10, restricted: new Set(['children', 'survivors']) }

const tables = fc.uniqueArray(
  fc.record({
    group: fc.constantFrom('karamba', 'tashiro', 'orro'),
    kind: fc.constantFrom(...kinds),
    count: fc.integer({ min: 0, max: 40 }),
  }),
  { selector: ({ group, kind }) => `${group}/${kind}`, maxLength: 12 },
)

it('shows no restricted count below the threshold, whatever the table', () => {
  fc.assert(
    fc.property(tables, cells => {
      for (const { cells: shown } of hideSmallNumbers(cells, rules))
        for (const { kind, count } of shown)
          expect(count !== null && count < rules.threshold && rules.restricted.has(kind)).toBe(false)
    }),
    { numRuns: 5000 },
  )
})

it('lets no hidden count be told from a total: two are hidden at least, and their sum is not small', () => {
  fc.assert(
    fc.property(tables, cells => {
      for (const { cells: shown, total } of hideSmallNumbers(cells, rules)) {
        const hidden = shown.filter(({ count }) => count === null)
        const seen = shown.reduce((sum, { count }) => sum + (count ?? 0), 0)
        if (hidden.length > 0) {
          expect(hidden.length).toBeGreaterThan(1)
          expect(total - seen).toBeGreaterThanOrEqual(rules.threshold)
        }
      }
    }),
    { numRuns: 5000 },
  )
})

it('changes no count it shows, and hides nothing where no restricted count is small', () => {
  fc.assert(
    fc.property(tables, cells => {
      const groups = hideSmallNumbers(cells, rules)
      const given = (group: string, kind: string) =>
        cells.find(cell => cell.group === group && cell.kind === kind)?.count
      for (const { group, cells: shown } of groups)
        for (const { kind, count } of shown) if (count !== null) expect(count).toBe(given(group, kind))
      const small = cells.some(({ kind, count }) => rules.restricted.has(kind) && count < rules.threshold)
      if (!small) expect(groups.flatMap(group => group.cells)).toHaveLength(cells.length)
    }),
  )
})

it('never suppresses people at risk, whose kinds are not restricted', () => {
  const atRisk = fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 1, maxLength: 6 })
  fc.assert(
    fc.property(atRisk, counts => {
      const cells: Cell[] = counts.map((count, index) => ({
        group: 'alert',
        kind: `at risk ${index}`,
        count,
      }))
      expect(hideSmallNumbers(cells, rules).flatMap(({ cells: shown }) => shown)).toEqual(cells)
    }),
  )
})

it('hides the smallest neighbour, a restricted one first, and leaves out a group with none', () => {
  const row = (counts: Record<string, number>): Cell[] =>
    Object.entries(counts).map(([kind, count]) => ({ group: 'karamba', kind, count }))
  const shown = (counts: Record<string, number>) =>
    hideSmallNumbers(row(counts), rules).map(({ cells }) => cells.map(({ count }) => count))
  expect(shown({ children: 3, survivors: 20, displaced: 12, residents: 30 })).toEqual([[null, null, 12, 30]])
  expect(shown({ children: 3, displaced: 12, residents: 30 })).toEqual([[null, null, 30]])
  expect(shown({ children: 3 })).toEqual([])
  expect(shown({ children: 1, survivors: 2, displaced: 30 })).toEqual([[null, null, null]])
})
