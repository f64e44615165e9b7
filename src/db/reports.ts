import { setImmediate as breathe } from 'node:timers/promises'
import { asc, desc, eq, getTableColumns, sql } from 'drizzle-orm'
import type { Report } from '../domain/report.ts'
import { toMatch } from './alert-search.ts'
import type { Connection } from './connection.ts'
import { reports } from './schema.ts'
import { insertInto, listOf } from './statements.ts'

const { seq: _seq, ...columns } = getTableColumns(reports)

/** A report as lists and counts need it: everything but what was said. */
export type ReportHead = Pick<
  Report,
  | 'id'
  | 'code'
  | 'alertId'
  | 'firstAlertId'
  | 'holder'
  | 'audience'
  | 'naming'
  | 'recordedBy'
  | 'receivedAt'
  | 'cameBy'
>

const { id, code, alertId, firstAlertId, holder, audience, naming, recordedBy, receivedAt, cameBy } = columns
const head = { id, code, alertId, firstAlertId, holder, audience, naming, recordedBy, receivedAt, cameBy }

/** What was reported, report by report. */
export function reportsRepo(db: Connection) {
  const add = insertInto(db, reports)
  const select = () => db.orm.select(columns).from(reports)
  const by = (column: typeof reports.id | typeof reports.code | typeof reports.requestKey) =>
    select()
      .where(eq(column, sql.placeholder('value')))
      .prepare()
  const byId = by(reports.id)
  const byCode = by(reports.code)
  const byRequestKey = by(reports.requestKey)
  const ofAlerts = select()
    .where(sql`${reports.alertId} in ${listOf('ids')}`)
    .orderBy(asc(reports.seq))
    .prepare()
  const byIds = select()
    .where(sql`${reports.id} in ${listOf('ids')}`)
    .orderBy(asc(reports.seq))
    .prepare()
  const cameTo = select()
    .where(eq(reports.firstAlertId, sql.placeholder('value')))
    .orderBy(asc(reports.seq))
    .prepare()
  const headsOf = db.orm
    .select(head)
    .from(reports)
    .where(sql`${reports.alertId} in ${listOf('ids')} or ${reports.firstAlertId} in ${listOf('ids')}`)
    .orderBy(asc(reports.seq))
    .prepare()
  const move = db.raw.prepare(
    `update reports set alert_id = $to where alert_id = $from
       and ($all or first_alert_id in (select value from json_each($first)))`,
  )
  const clear = db.raw.prepare<[string]>(
    `update reports set what = '', place_id = null, place_said = null, lat = null, lon = null, came_by = null,
       event_at = null, event_precision = null where id in (select id from (select ? as a) join reports on alert_id = a or first_alert_id = a)`,
  )
  const matching = db.raw
    .prepare<[string, number, number], number>(
      'select rowid from reports_fts where reports_fts match ? and rowid < ? order by rowid desc limit ?',
    )
    .pluck()
  const page = db.orm
    .select()
    .from(reports)
    .where(sql`${reports.seq} in ${listOf('rows')}`)
    .orderBy(desc(reports.seq))
    .prepare()
  const total = db.raw.prepare<[], number>('select count(*) from reports').pluck()

  return {
    /** @throws SqliteError when the code or the request was stored before: `isTaken(error, 'reports.request_key')`. */
    async insert(report: Report): Promise<void> {
      add(report)
    },
    async byId(id: string): Promise<Report | null> {
      return byId.get({ value: id }) ?? null
    },
    /** Those that exist, in the order of receipt. */
    async byIds(ids: readonly string[]): Promise<Report[]> {
      return byIds.all({ ids: JSON.stringify(ids) })
    },
    /** By its code as stored, such as `W-7K4Q`. */
    async byCode(code: string): Promise<Report | null> {
      return byCode.get({ value: code }) ?? null
    },
    /** The report a submitted form or a gateway's message became. */
    async byRequestKey(key: string): Promise<Report | null> {
      return byRequestKey.get({ value: key }) ?? null
    },
    /** The reports that belong to these alerts now, in the order of recording. */
    async ofAlerts(alertIds: readonly string[]): Promise<Report[]> {
      return ofAlerts.all({ ids: JSON.stringify(alertIds) })
    },
    /** The reports that came to an alert, wherever they belong now, in the order of recording. */
    async cameTo(alertId: string): Promise<Report[]> {
      return cameTo.all({ value: alertId })
    },
    /** The reports that belong to these alerts now or came to them, without what was said. */
    async headsOf(alertIds: readonly string[]): Promise<ReportHead[]> {
      return headsOf.all({ ids: JSON.stringify(alertIds) })
    },
    /** Gives all reports of one alert to another. */
    async moveAll(from: string, to: string): Promise<void> {
      move.run({ from, to, all: 1, first: '[]' })
    },
    /** Gives back to an alert those reports of another that first came to one of `first`. */
    async moveBack(from: string, to: string, first: readonly string[]): Promise<void> {
      move.run({ from, to, all: 0, first: JSON.stringify(first) })
    },
    /** Takes words, place and all that points to somebody out of the reports of an alert. */
    async clearWords(alertId: string): Promise<void> {
      clear.run(alertId)
    },
    /**
     * Reports that hold all the words, or words that begin so, in what was said or the place, newest first, page by
     * page; none for words without a letter or digit.
     */
    async *search(words: string, size = 50): AsyncGenerator<Report[]> {
      const match = toMatch(words)
      if (match === null) return
      for (let before = Number.MAX_SAFE_INTEGER; ; ) {
        const rows = matching.all(match, before, size)
        if (rows.length === 0) return
        yield page.all({ rows: JSON.stringify(rows) }).map(({ seq: _seq, ...report }) => report)
        if (rows.length < size) return
        before = rows.at(-1) as number
        await breathe()
      }
    },
    async count(): Promise<number> {
      return total.get() ?? 0
    },
  }
}
