import { and, asc, eq, ne, sql } from 'drizzle-orm'
import type { Connection } from './connection.ts'
import { planSteps, plans, planVoices } from './schema.ts'
import { insertInto, listOf } from './statements.ts'

export type Plan = typeof plans.$inferSelect
export type PlanStep = typeof planSteps.$inferSelect
export type PlanVoice = typeof planVoices.$inferSelect

/** Joint plans, their steps and what was said to them. */
export function plansRepo(db: Connection) {
  const add = insertInto(db, plans)
  const addStep = insertInto(db, planSteps)
  const addVoice = insertInto(db, planVoices)
  const by = (column: typeof plans.id | typeof plans.code | typeof plans.requestKey) =>
    db.orm
      .select()
      .from(plans)
      .where(eq(column, sql.placeholder('value')))
      .prepare()
  const byId = by(plans.id)
  const byCode = by(plans.code)
  const byRequestKey = by(plans.requestKey)
  const select = () => db.orm.select().from(plans)
  const all = select().orderBy(asc(plans.madeAt), asc(plans.id)).prepare()
  const open = select().where(ne(plans.state, 'closed')).orderBy(asc(plans.madeAt), asc(plans.id)).prepare()
  const stepsOf = db.orm
    .select()
    .from(planSteps)
    .where(sql`${planSteps.planId} in ${listOf('ids')}`)
    .orderBy(asc(planSteps.position))
    .prepare()
  const voicesOf = db.orm
    .select()
    .from(planVoices)
    .where(eq(planVoices.planId, sql.placeholder('id')))
    .orderBy(asc(planVoices.seq))
    .prepare()
  const step = (planId: string, position: number) =>
    and(eq(planSteps.planId, planId), eq(planSteps.position, position))

  return {
    async insert(row: Plan): Promise<void> {
      add(row)
    },
    async byId(id: string): Promise<Plan | null> {
      return byId.get({ value: id }) ?? null
    },
    async byCode(code: string): Promise<Plan | null> {
      return byCode.get({ value: code }) ?? null
    },
    async byRequestKey(key: string): Promise<Plan | null> {
      return byRequestKey.get({ value: key }) ?? null
    },
    /** Every plan, first made first. */
    async all(): Promise<Plan[]> {
      return all.all()
    },
    /** Those that are not closed, first made first. */
    async open(): Promise<Plan[]> {
      return open.all()
    },
    async update(id: string, patch: Partial<Omit<Plan, 'id'>>): Promise<void> {
      db.orm.update(plans).set(patch).where(eq(plans.id, id)).run()
    },
    async addStep(row: PlanStep): Promise<void> {
      addStep(row)
    },
    async updateStep(
      planId: string,
      position: number,
      patch: Partial<Omit<PlanStep, 'planId' | 'position'>>,
    ): Promise<void> {
      db.orm.update(planSteps).set(patch).where(step(planId, position)).run()
    },
    async removeStep(planId: string, position: number): Promise<void> {
      db.orm.delete(planSteps).where(step(planId, position)).run()
    },
    /** The steps of these plans, by position. */
    async stepsOf(ids: readonly string[]): Promise<PlanStep[]> {
      return stepsOf.all({ ids: JSON.stringify(ids) })
    },
    async addVoice(row: Omit<PlanVoice, 'seq'>): Promise<void> {
      addVoice(row)
    },
    /** What was said, in order. */
    async voicesOf(id: string): Promise<PlanVoice[]> {
      return voicesOf.all({ id })
    },
  }
}
