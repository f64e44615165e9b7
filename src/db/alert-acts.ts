import { asc, eq, getTableColumns, sql } from 'drizzle-orm'
import type { Act, ToldRung } from '../domain/alert.ts'
import type { Connection } from './connection.ts'
import { alertActs, alertRungs } from './schema.ts'
import { insertInto, listOf } from './statements.ts'

const { seq: _seq, ...actColumns } = getTableColumns(alertActs)

/** What was done about alerts and which rungs were told; part of the repository of alerts. */
export function alertActsRepo(db: Connection) {
  const addAct = insertInto(db, alertActs, 'do nothing')
  const addRung = insertInto(db, alertRungs, 'do nothing')
  const acts = db.orm
    .select(actColumns)
    .from(alertActs)
    .where(sql`${alertActs.alertId} in ${listOf('ids')}`)
    .orderBy(asc(alertActs.seq))
    .prepare()
  const rungs = db.orm
    .select()
    .from(alertRungs)
    .where(eq(alertRungs.alertId, sql.placeholder('id')))
    .orderBy(asc(alertRungs.at), asc(alertRungs.slot), asc(alertRungs.rung))
    .prepare()

  return {
    /** In the order of recording. */
    async acts(alertId: string): Promise<Act[]> {
      return acts.all({ ids: JSON.stringify([alertId]) })
    },
    /** The acts of several alerts, in the order of recording. */
    async actsOf(alertIds: readonly string[]): Promise<Act[]> {
      return acts.all({ ids: JSON.stringify(alertIds) })
    },
    /** Compare-and-set: false, and nothing stored, when an act with the same `once` stands already. */
    async addAct(act: Act): Promise<boolean> {
      return addAct(act).changes === 1
    },
    /** Rungs told or skipped, in that order. */
    async rungs(alertId: string): Promise<ToldRung[]> {
      return rungs.all({ id: alertId })
    },
    /** False, and nothing stored, when this rung was told for this step and round already. */
    async addRung(row: ToldRung): Promise<boolean> {
      return addRung(row as typeof alertRungs.$inferInsert).changes === 1
    },
  }
}
