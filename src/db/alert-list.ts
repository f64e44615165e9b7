import type { Statement } from 'better-sqlite3'
import { getTableColumns, sql } from 'drizzle-orm'
import type { Alert } from '../domain/alert.ts'
import type { AlertFilter } from '../domain/alert-filter.ts'
import { toMatch } from './alert-search.ts'
import type { Connection } from './connection.ts'
import { alerts } from './schema.ts'
import { listOf } from './statements.ts'

/** Where a page begins: behind an alert, in the order of raising, towards older or newer ones. */
export interface PageFrom {
  alertId: string
  towards: 'older' | 'newer'
}

/** What of a filter the database knows by itself, and who reads. */
export interface ListQuery {
  filter: AlertFilter
  /** Only what this reader could be named on or is in the audience of; null: no reader is ruled out beforehand. */
  reader: { constituency: string | null; personId: string; opened: readonly string[] } | null
  now: number
}

/** Alerts in the order of raising, a page at a time; part of the repository of alerts. */
export function alertList(db: Connection) {
  const prepared = new Map<string, Statement<[Record<string, unknown>], string>>()
  const rows = db.orm
    .select(getTableColumns(alerts))
    .from(alerts)
    .where(sql`${alerts.id} in ${listOf('ids')}`)
    .prepare()
  const standsAt = db.raw.prepare<[string], { at: number; seq: number }>(
    'select raised_at as at, seq from alerts where id = ?',
  )

  return {
    /**
     * The next alerts behind `from` that fit the filter as far as rows tell (`mine` and `overdue` are the caller's to
     * ask), in the order of going: newest first, or oldest first where it goes `towards` newer ones. The sharing rule
     * is the caller's to ask too.
     */
    async page(query: ListQuery, from: PageFrom | null, limit: number): Promise<Alert[]> {
      const place = from ? standsAt.get(from.alertId) : undefined
      if (from && !place) return []
      const match = query.filter.words === '' ? null : toMatch(query.filter.words)
      if (query.filter.words !== '' && match === null) return []
      const newer = from?.towards === 'newer'
      const text = pageSql(query, place ? (newer ? '>' : '<') : null, newer ? 'asc' : 'desc')
      const statement = prepared.get(text) ?? db.raw.prepare<[Record<string, unknown>], string>(text).pluck()
      prepared.set(text, statement)
      const ids = statement.all({
        ...valuesOf(query),
        match,
        at: place?.at ?? null,
        seq: place?.seq ?? null,
        limit,
      })
      const found = new Map(
        rows.all({ ids: JSON.stringify(ids) }).map(({ seq: _, ...alert }) => [alert.id, alert]),
      )
      return ids.flatMap(id => found.get(id) ?? [])
    },
  }
}

/** The conditions that a filter sets; those it leaves open are not there, so that the index that fits is taken. */
function pageSql({ filter, reader }: ListQuery, beyond: '<' | '>' | null, order: 'asc' | 'desc'): string {
  const { standing } = filter
  const conditions = [
    `exercise = ${filter.exercise ? 1 : 0}`,
    ...(standing === 'all'
      ? []
      : standing === 'ended'
        ? ["lifecycle <> 'open'"]
        : ['lifecycle = :lifecycle']),
    ...(filter.sector === null ? [] : ['sector = :sector']),
    ...(filter.threat === null ? [] : ['threat = :threat']),
    ...(filter.urgency === null ? [] : ['urgency = :urgency']),
    ...(filter.sinceMs === null ? [] : ['raised_at >= :since']),
    ...(filter.untriaged ? ['triage = 1'] : []),
    ...(filter.unlocated ? ['(lat is null or lon is null)'] : []),
    ...(filter.words === '' ? [] : ['seq in (select rowid from alerts_fts where alerts_fts match :match)']),
    ...(reader === null
      ? []
      : [
          `(raised_by = :personId or id in (select value from json_each(:opened))
            or exists (select 1 from json_each(audience) where value = :constituency))`,
        ]),
    ...(beyond === null ? [] : [`(raised_at, seq) ${beyond} (:at, :seq)`]),
  ]
  return `select id from alerts where ${conditions.join(' and ')} order by raised_at ${order}, seq ${order} limit :limit`
}

function valuesOf({ filter, reader, now }: ListQuery): Record<string, unknown> {
  return {
    lifecycle: filter.standing,
    sector: filter.sector,
    threat: filter.threat,
    urgency: filter.urgency,
    since: filter.sinceMs === null ? null : now - filter.sinceMs,
    personId: reader?.personId ?? null,
    constituency: reader?.constituency ?? null,
    opened: JSON.stringify(reader?.opened ?? []),
  }
}
