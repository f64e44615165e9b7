import { asc, getTableColumns, sql } from 'drizzle-orm'
import type { Act, ToldRung } from '../domain/alert.ts'
import type { Connection } from './connection.ts'
import { alertActs, alertRungs } from './schema.ts'
import { insertInto, listOf } from './statements.ts'

const { seq: _seq, ...actColumns } = getTableColumns(alertActs)

/** What was done about alerts and which rungs were told; part of the repository of alerts. */
export function alertActsRepo(db: Connection) {
  const addAct = insertInto(db, alertActs)
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
    .where(sql`${alertRungs.alertId} in ${listOf('ids')}`)
    .orderBy(asc(alertRungs.at), asc(alertRungs.slot), asc(alertRungs.rung))
    .prepare()
  const setPeople = db.raw.prepare(
    'update alert_rungs set people = ? where alert_id = ? and slot = ? and step = ? and round = ? and rung = ?',
  )

  return {
    /** In the order of recording. */
    async acts(alertId: string): Promise<Act[]> {
      return acts.all({ ids: JSON.stringify([alertId]) })
    },
    /** The acts of several alerts, in the order of recording. */
    async actsOf(alertIds: readonly string[]): Promise<Act[]> {
      return acts.all({ ids: JSON.stringify(alertIds) })
    },
    async addAct(act: Act): Promise<void> {
      addAct(act)
    },
    /** Rungs told or skipped, in that order. */
    async rungs(alertId: string): Promise<ToldRung[]> {
      return rungs.all({ ids: JSON.stringify([alertId]) })
    },
    /** The rungs of several alerts, told or skipped, in that order. */
    async rungsOf(alertIds: readonly string[]): Promise<ToldRung[]> {
      return rungs.all({ ids: JSON.stringify(alertIds) })
    },
    /** False, and nothing stored, when this rung was told for this step and round already. */
    async addRung(row: ToldRung): Promise<boolean> {
      return addRung(row as typeof alertRungs.$inferInsert).changes === 1
    },
    /** The people a told rung now stands for, after an alternate was told in place of somebody out of reach. */
    async setRungPeople(row: ToldRung, people: readonly string[]): Promise<void> {
      const { alertId, slot, step, round, rung } = row
      setPeople.run(JSON.stringify(people), alertId, slot, step, round, rung)
    },
  }
}
