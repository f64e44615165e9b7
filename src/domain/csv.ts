/** CSV files as spreadsheets open them: what somebody typed is never obeyed as a formula. */
import { stringify } from 'csv-stringify/sync'

export type CsvValue = string | number | boolean | null | undefined

/** One column: what stands above it, and what of a row stands in it. */
export interface CsvColumn<Row> {
  title: string
  of(row: Row): CsvValue
}

/** Spreadsheets read these as a formula's beginning; the wide forms too, which some of them narrow first. */
const FORMULA = /^[=+\-@\t\r＝＋－＠]/u
/** A spreadsheet set to another separator begins a cell after it. */
const FORMULA_INSIDE = /([;\t|])(?=[=+\-@＝＋－＠])/gu
/** So that a spreadsheet reads UTF-8. */
const BOM = '\ufeff'
const BATCH = 500

/**
 * A value as it may stand in a cell. A text that a spreadsheet would take for a formula gets an apostrophe before it,
 * which spreadsheets show as text; numbers stay numbers, also negative ones. Nothing known is an empty cell.
 */
export function csvCell(value: CsvValue): string {
  if (value === null || value === undefined) return ''
  if (typeof value === 'number') return Number.isFinite(value) ? String(value) : ''
  if (typeof value === 'boolean') return value ? '1' : '0'
  const text = value.replaceAll('\0', '').replace(FORMULA_INSIDE, "$1'")
  return FORMULA.test(text) ? `'${text}` : text
}

/**
 * A file in pieces, so that a long one need not stand in memory twice: a byte order mark and the titles first, then
 * the rows, quoted where need be, each line ended by CR LF (RFC 4180).
 */
export async function* csvText<Row>(
  columns: readonly CsvColumn<Row>[],
  rows: Iterable<Row> | AsyncIterable<Row>,
): AsyncGenerator<string> {
  yield BOM + lines([columns.map(({ title }) => csvCell(title))])
  let batch: string[][] = []
  for await (const row of rows) {
    batch.push(columns.map(column => csvCell(column.of(row))))
    if (batch.length < BATCH) continue
    yield lines(batch)
    batch = []
  }
  if (batch.length > 0) yield lines(batch)
}

/** The whole file, as it is sent. */
export async function csvFile<Row>(
  columns: readonly CsvColumn<Row>[],
  rows: Iterable<Row> | AsyncIterable<Row>,
): Promise<Uint8Array> {
  const parts: Buffer[] = []
  for await (const part of csvText(columns, rows)) parts.push(Buffer.from(part))
  return Buffer.concat(parts)
}

const lines = (rows: string[][]): string => stringify(rows, { record_delimiter: 'windows' })
