import { and, asc, eq, isNull, sql } from 'drizzle-orm'
import type { Connection } from './connection.ts'
import { concerns } from './schema.ts'
import { given, insertInto } from './statements.ts'

export type Concern = typeof concerns.$inferSelect

/** Concerns nobody is named for. */
export function concernsRepo(db: Connection) {
  const add = insertInto(db, concerns)
  const byId = db.orm
    .select()
    .from(concerns)
    .where(eq(concerns.id, sql.placeholder('value')))
    .prepare()
  const byCode = db.orm
    .select()
    .from(concerns)
    .where(eq(concerns.code, sql.placeholder('value')))
    .prepare()
  const all = db.orm.select().from(concerns).orderBy(asc(concerns.day), asc(concerns.id)).prepare()
  const untold = db.orm
    .select()
    .from(concerns)
    .where(eq(concerns.told, false))
    .orderBy(asc(concerns.id))
    .prepare()
  const setTold = db.orm
    .update(concerns)
    .set({ told: true })
    .where(eq(concerns.id, sql.placeholder('id')))
    .prepare()
  const takeUp = db.orm
    .update(concerns)
    .set({ takenUpBy: given<string>('by'), takenUpAt: given<number>('at') })
    .where(and(eq(concerns.id, sql.placeholder('id')), isNull(concerns.takenUpAt)))
    .prepare()
  return {
    async insert(row: Concern): Promise<void> {
      add(row)
    },
    async byId(id: string): Promise<Concern | null> {
      return byId.get({ value: id }) ?? null
    },
    async byCode(code: string): Promise<Concern | null> {
      return byCode.get({ value: code }) ?? null
    },
    /** Every concern by its day; within a day in no order of time. */
    async all(): Promise<Concern[]> {
      return all.all()
    },
    /** Those that were not passed on yet, in no order of time. */
    async untold(): Promise<Concern[]> {
      return untold.all()
    },
    async told(id: string): Promise<void> {
      setTold.run({ id })
    },
    /** False when somebody took it up before. */
    async takeUp(id: string, by: string, at: number): Promise<boolean> {
      return takeUp.run({ id, by, at }).changes === 1
    },
  }
}
