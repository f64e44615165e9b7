import { createHash } from 'node:crypto'
import { CsvError, parse } from 'csv-parse/sync'
import { NEAR_KM, PATROL_COLUMNS, type PatrolRow, patrolRowSchema } from '../domain/patrol.ts'
import type { Point } from '../domain/place.ts'
import { TocsinError } from '../errors.ts'
import { positionIn } from './alert/place.ts'
import { type Ctx, inTransaction } from './context.ts'
import { note } from './telling.ts'

/** What is wrong with one line of a file, from 1; the others are taken in all the same. */
export interface PatrolProblem {
  line: number
  reason: string
}

export interface PatrolsRead {
  rows: { line: number; row: PatrolRow }[]
  problems: PatrolProblem[]
}

export interface PatrolsRecorded {
  stored: number
  /** Sent before. */
  repeated: number
  problems: PatrolProblem[]
}

/** Reads operations' CSV (RFC 4180, UTF-8, column heads first); lines with a mistake are named and left out. */
export function readPatrols(csv: string): PatrolsRead {
  try {
    const records = parse(csv, { bom: true, columns: true, skip_empty_lines: true, trim: true, info: true })
    const parsed = records as unknown as { record: Record<string, string>; info: { lines: number } }[]
    const missing = PATROL_COLUMNS.filter(column => parsed[0] && !(column in parsed[0].record))
    if (missing.length > 0)
      return { rows: [], problems: [{ line: 1, reason: `column ${missing.join(', ')} is missing` }] }
    return checked(parsed.map(({ record, info }) => ({ line: info.lines, given: record })))
  } catch (error) {
    if (!(error instanceof CsvError)) throw error
    return { rows: [], problems: [{ line: Number(error.lines ?? 1), reason: 'the line cannot be read' }] }
  }
}

/** The same from JSON: a list of rows. */
export function patrolRows(list: readonly unknown[]): PatrolsRead {
  return checked(list.map((given, index) => ({ line: index + 1, given })))
}

function checked(lines: readonly { line: number; given: unknown }[]): PatrolsRead {
  const read: PatrolsRead = { rows: [], problems: [] }
  for (const { line, given } of lines) {
    const parsed = patrolRowSchema.safeParse(given)
    if (parsed.success) read.rows.push({ line, row: parsed.data })
    else {
      const [issue] = parsed.error.issues
      read.problems.push({ line, reason: `${issue?.path.join('.') || 'row'} ${issue?.message}` })
    }
  }
  return read
}

/**
 * Takes in where patrols have been, from operations: the operator or a signed webhook, never a person of Slack. Rows
 * whose place is neither known nor a position are named and left out; the same row twice is one.
 *
 * @throws TocsinError `not_allowed` for a person.
 */
export async function recordPatrols(ctx: Ctx, read: PatrolsRead): Promise<PatrolsRecorded> {
  if (ctx.actor.kind !== 'system') throw new TocsinError('not_allowed')
  return inTransaction(ctx, async (repos, open) => {
    const importedAt = open.clock.now()
    const recorded: PatrolsRecorded = { stored: 0, repeated: 0, problems: [...read.problems] }
    for (const { line, row } of read.rows) {
      const point = pointOf(ctx, row.place)
      if (!point) {
        recorded.problems.push({ line, reason: 'place is neither a known place nor a position' })
        continue
      }
      const { lat, lon } = point
      const { at, unit, place } = row
      const base = row.base || null
      const isNew = await repos.patrols.insert({ id: idOf(row), at, unit, base, place, lat, lon, importedAt })
      recorded[isNew ? 'stored' : 'repeated']++
    }
    const { stored, repeated } = recorded
    await note(open, { kind: 'patrols', id: 'import' }, 'patrols.imported', { stored, repeated })
    return recorded
  })
}

/** When a patrol was last near a point (epoch ms); null where that is not known, which is not the same as never. */
export async function lastPatrol(ctx: Ctx, point: Point): Promise<number | null> {
  return (ctx.tx ?? ctx.store.read).patrols.lastNear(point, NEAR_KM, ctx.clock.now())
}

function pointOf(ctx: Ctx, place: string): Point | null {
  const known = ctx.gazetteer.byId(place) ?? ctx.gazetteer.matchIn(place)
  return positionIn(ctx, place) ?? known ?? null
}

function idOf({ id, at, unit, base, place }: PatrolRow): string {
  return (
    id ||
    createHash('sha256')
      .update(JSON.stringify([at, unit, base, place]))
      .digest('hex')
  )
}
