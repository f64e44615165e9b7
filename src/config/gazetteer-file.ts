import { CsvError, parse } from 'csv-parse/sync'
import { type GazetteerRow, gazetteerRowSchema } from '../domain/gazetteer.ts'
import type { MissionProblem } from '../domain/mission.ts'

const COLUMNS = Object.keys(gazetteerRowSchema.shape)
const OPTIONAL = ['pcode']

export interface GazetteerFile {
  rows: GazetteerRow[]
  /** The line in the file of each row, from 1. */
  lines: number[]
  problems: MissionProblem[]
}

/**
 * Reads the gazetteer's CSV (RFC 4180, UTF-8 with or without a byte-order mark).
 *
 * Rows with a mistake are left out of `rows` and named in `problems`.
 *
 * @param file the name to show in problems.
 */
export function parseGazetteer(text: string, file: string): GazetteerFile {
  const result: GazetteerFile = { rows: [], lines: [], problems: [] }
  const report = (line: number, keys: PropertyKey[], reason: string, remedy: string) =>
    result.problems.push({ path: keys.map(String).join('.'), keys, reason, remedy, file, line })
  try {
    let head: string[] = []
    const columns = (cells: string[]) => {
      head = cells
      return cells
    }
    const records = parse(text, { bom: true, columns, info: true, skip_empty_lines: true, trim: true })
    const missing = COLUMNS.filter(column => !OPTIONAL.includes(column) && !head.includes(column))
    const unknown = head.filter(column => !COLUMNS.includes(column))
    if (missing.length > 0 || unknown.length > 0) {
      const named = [
        ...missing.map(column => `"${column}" is missing`),
        ...unknown.map(column => `"${column}" is not known`),
      ]
      report(
        1,
        ['columns'],
        `In the first line, ${named.join(', ')}.`,
        `The columns are ${COLUMNS.join(',')}.`,
      )
      return result
    }
    for (const { record, info } of records as unknown as { record: unknown; info: { lines: number } }[]) {
      const parsed = gazetteerRowSchema.safeParse(record)
      if (parsed.success) {
        result.rows.push(parsed.data)
        result.lines.push(info.lines)
        continue
      }
      for (const issue of parsed.error.issues) {
        const column = String(issue.path[0])
        const reason =
          issue.code === 'invalid_value'
            ? `The ${column} is not one the gazetteer knows.`
            : `The ${column} ${issue.message}.`
        const remedy =
          issue.code === 'invalid_value' ? `Write one of ${issue.values.join(', ')}.` : 'Correct the cell.'
        report(info.lines, ['gazetteer', column], reason, remedy)
      }
    }
  } catch (error) {
    if (!(error instanceof CsvError)) throw error
    const line = typeof error.lines === 'number' ? error.lines : 1
    report(
      line,
      ['gazetteer'],
      `The line cannot be read: ${error.message}.`,
      `Give each line ${COLUMNS.length} cells.`,
    )
  }
  return result
}
