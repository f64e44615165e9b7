import { parse } from 'csv-parse/sync'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { csvCell, csvFile } from '../../src/domain/csv.ts'

const columns = [
  { title: 'Code', of: (row: { code: string; what: string }) => row.code },
  { title: 'What', of: (row: { code: string; what: string }) => row.what },
]

test.each([
  ['=HYPERLINK("http://x")', `'=HYPERLINK("http://x")`],
  ['+1', `'+1`],
  ['-2+3', `'-2+3`],
  ['@SUM(A1)', `'@SUM(A1)`],
  ['\t=1', `'\t'=1`],
  ['\r=1', `'\r=1`],
  ['＝1', `'＝1`],
  ['seen;=1+1', `seen;'=1+1`],
  ['two - three', 'two - three'],
  [-2.5, '-2.5'],
  [Number.NaN, ''],
  [null, ''],
  [true, '1'],
])('%j cannot be obeyed as a formula', (value, cell) => {
  expect(csvCell(value)).toBe(cell)
})

test('whatever is typed, no cell begins as a formula, and every word of it comes back', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.record({ code: fc.string(), what: fc.string() })), async rows => {
      const bytes = await csvFile(columns, rows)
      const [titles, ...read] = parse(Buffer.from(bytes), {
        bom: true,
        skip_empty_lines: false,
      }) as string[][]
      expect(titles).toEqual(['Code', 'What'])
      expect(read).toEqual(rows.map(({ code, what }) => [csvCell(code), csvCell(what)]))
      expect(read.flat().filter(cell => /^[=+\-@\t\r]/.test(cell))).toEqual([])
    }),
  )
})

test('a file begins with the mark by which spreadsheets know UTF-8, and says its titles even when it is empty', async () => {
  const bytes = await csvFile(columns, [])
  expect([...bytes.subarray(0, 3)]).toEqual([0xef, 0xbb, 0xbf])
  expect(Buffer.from(bytes).toString()).toBe('\ufeffCode,What\r\n')
})
