import { asc, eq, sql } from 'drizzle-orm'
import type { EarlyState } from '../domain/early-warning.ts'
import type { Connection } from './connection.ts'
import { earlyWarningAlerts, earlyWarnings } from './schema.ts'
import { given, insertInto, listOf } from './statements.ts'

export type EarlyWarningRow = typeof earlyWarnings.$inferSelect

/** Several low warnings of one kind in one area, as one item. */
export function earlyWarningsRepo(db: Connection) {
  const add = insertInto(db, earlyWarnings)
  const addAlert = insertInto(db, earlyWarningAlerts, 'do nothing')
  const select = () => db.orm.select().from(earlyWarnings)
  const byId = select()
    .where(eq(earlyWarnings.id, sql.placeholder('value')))
    .prepare()
  const byCode = select()
    .where(eq(earlyWarnings.code, sql.placeholder('value')))
    .prepare()
  const all = select().orderBy(asc(earlyWarnings.createdAt), asc(earlyWarnings.id)).prepare()
  const open = select()
    .where(eq(earlyWarnings.state, 'open'))
    .orderBy(asc(earlyWarnings.askedAt), asc(earlyWarnings.id))
    .prepare()
  const latest = select()
    .where(
      sql`${earlyWarnings.threat} = ${sql.placeholder('threat')} and ${earlyWarnings.id} in (
        select warning_id from early_warning_alerts where alert_id in ${listOf('ids')})`,
    )
    .orderBy(sql`${earlyWarnings.createdAt} desc`)
    .limit(1)
    .prepare()
  const set = db.orm
    .update(earlyWarnings)
    .set({
      state: given<EarlyState>('state'),
      askedAt: given<number>('askedAt'),
      decidedBy: given<string | null>('decidedBy'),
      decidedRole: given<string | null>('decidedRole'),
      decidedAt: given<number | null>('decidedAt'),
      until: given<number | null>('until'),
      reason: given<string | null>('reason'),
    })
    .where(eq(earlyWarnings.id, sql.placeholder('id')))
    .prepare()
  const alertIds = db.raw
    .prepare<[string], string>(
      'select alert_id from early_warning_alerts where warning_id = ? order by added_at, alert_id',
    )
    .pluck()
  const drop = db.raw.prepare<[string]>('delete from early_warning_alerts where alert_id = ?')

  return {
    /** @throws SqliteError when the code was stored before. */
    async insert(row: EarlyWarningRow): Promise<void> {
      add(row)
    },
    async byId(id: string): Promise<EarlyWarningRow | null> {
      return byId.get({ value: id }) ?? null
    },
    /** By its code as stored, such as `E-7K4Q`. */
    async byCode(code: string): Promise<EarlyWarningRow | null> {
      return byCode.get({ value: code }) ?? null
    },
    /** Every item, oldest first. */
    async all(): Promise<EarlyWarningRow[]> {
      return all.all()
    },
    /** Those a decision is owed on, longest first. */
    async open(): Promise<EarlyWarningRow[]> {
      return open.all()
    },
    /** The newest item of this threat that rests on one of these alerts. */
    async latestOf(threat: string, alertIds: readonly string[]): Promise<EarlyWarningRow | null> {
      return latest.get({ threat, ids: JSON.stringify(alertIds) }) ?? null
    },
    /** Changes where it stands; fields are those of the row. */
    async set(row: EarlyWarningRow): Promise<void> {
      set.run(row)
    },
    /** False where the alert is among them already. */
    async addAlert(warningId: string, alertId: string, addedAt: number): Promise<boolean> {
      return addAlert({ warningId, alertId, addedAt }).changes === 1
    },
    /** Ids of the alerts an item rests on, first added first. */
    async alertsOf(warningId: string): Promise<string[]> {
      return alertIds.all(warningId)
    },
    /** Takes an alert out of every item. */
    async dropAlert(alertId: string): Promise<void> {
      drop.run(alertId)
    },
  }
}
