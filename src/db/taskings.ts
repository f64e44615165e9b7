import { and, asc, eq, getTableColumns, sql } from 'drizzle-orm'
import { TASKING_STATES, type TaskingState } from '../domain/tasking.ts'
import type { Connection } from './connection.ts'
import { taskingActs, taskingSteps, taskings } from './schema.ts'
import { insertInto, listOf } from './statements.ts'

const { seq: _seq, ...columns } = getTableColumns(taskings)
const { seq: _actSeq, ...actColumns } = getTableColumns(taskingActs)

export type Tasking = Omit<typeof taskings.$inferSelect, 'seq'>
export type TaskingAct = Omit<typeof taskingActs.$inferSelect, 'seq'>
export type TaskingStep = typeof taskingSteps.$inferSelect

/** What an act, or an edit, changes of a tasking. */
export type TaskingPatch = Partial<Omit<Tasking, 'id' | 'code' | 'version' | 'requestKey'>>

const ENDED = [
  'done',
  'cancelled',
  'not_taken_on',
] as const satisfies readonly (typeof TASKING_STATES)[number][]

/** Taskings and requests, their steps and what was done about them. */
export function taskingsRepo(db: Connection) {
  const add = insertInto(db, taskings)
  const addAct = insertInto(db, taskingActs)
  const addStep = insertInto(db, taskingSteps)
  const select = () => db.orm.select(columns).from(taskings)
  const by = (column: typeof taskings.id | typeof taskings.code | typeof taskings.requestKey) =>
    select()
      .where(eq(column, sql.placeholder('value')))
      .prepare()
  const byId = by(taskings.id)
  const byCode = by(taskings.code)
  const byRequestKey = by(taskings.requestKey)
  const byIds = select()
    .where(sql`${taskings.id} in ${listOf('ids')}`)
    .orderBy(asc(taskings.seq))
    .prepare()
  const ofOrigins = select()
    .where(
      and(eq(taskings.originKind, sql.placeholder('kind')), sql`${taskings.originId} in ${listOf('ids')}`),
    )
    .orderBy(asc(taskings.seq))
    .prepare()
  const open = select()
    .where(
      sql`${taskings.state} in ${listOf('states')} and not (${taskings.kind} = 'request' and ${taskings.state} = 'declined')`,
    )
    .orderBy(asc(taskings.dueAt), asc(taskings.seq))
    .prepare()
  const countOpen = db.raw
    .prepare<[string], number>(
      'select count(*) from taskings where state in (select value from json_each(?))',
    )
    .pluck()
  const openStates: TaskingState[] = TASKING_STATES.filter(
    state => !(ENDED as readonly TaskingState[]).includes(state),
  )
  const since = select()
    .where(
      sql`${taskings.seq} in (
        select seq from taskings where asked_at >= ${sql.placeholder('t')}
        union all
        select taskings.seq from tasking_acts join taskings on taskings.id = tasking_acts.tasking_id
        where tasking_acts.recorded_at >= ${sql.placeholder('t')})`,
    )
    .orderBy(asc(taskings.seq))
    .prepare()
  const newest = select().orderBy(sql`${taskings.seq} desc`).limit(sql.placeholder('limit')).prepare()
  const acts = db.orm
    .select(actColumns)
    .from(taskingActs)
    .where(sql`${taskingActs.taskingId} in ${listOf('ids')}`)
    .orderBy(asc(taskingActs.seq))
    .prepare()
  const steps = db.orm
    .select()
    .from(taskingSteps)
    .where(sql`${taskingSteps.taskingId} in ${listOf('ids')}`)
    .orderBy(asc(taskingSteps.taskingId), asc(taskingSteps.position))
    .prepare()
  const stepDone = db.raw.prepare(
    'update tasking_steps set done_at = ?, done_by = ? where tasking_id = ? and position = ? and done_at is null',
  )
  const clearSteps = db.raw.prepare('delete from tasking_steps where tasking_id = ?')

  return {
    /** @throws SqliteError when the code or the form was stored before. */
    async insert(
      row: Tasking,
      rows: readonly Pick<TaskingStep, 'position' | 'what' | 'after'>[] = [],
    ): Promise<void> {
      add(row)
      for (const step of rows) addStep({ taskingId: row.id, ...step })
    },
    async byId(id: string): Promise<Tasking | null> {
      return byId.get({ value: id }) ?? null
    },
    /** By its code as stored, such as `T-7K4Q`. */
    async byCode(code: string): Promise<Tasking | null> {
      return byCode.get({ value: code }) ?? null
    },
    /** The tasking a submitted form became. */
    async byRequestKey(key: string): Promise<Tasking | null> {
      return byRequestKey.get({ value: key }) ?? null
    },
    /** Those that exist, first asked first. */
    async byIds(ids: readonly string[]): Promise<Tasking[]> {
      return byIds.all({ ids: JSON.stringify(ids) })
    },
    /** What comes from these records of one kind, first asked first. */
    async ofOrigins(kind: string, ids: readonly string[]): Promise<Tasking[]> {
      return ofOrigins.all({ kind, ids: JSON.stringify(ids) })
    },
    /** What has not ended, next due first. */
    async open(): Promise<Tasking[]> {
      return open.all({ states: JSON.stringify(openStates) })
    },
    async countOpen(): Promise<number> {
      return countOpen.get(JSON.stringify(openStates)) ?? 0
    },
    /** What was asked, or about which something was done, at or after `t` (epoch ms); first asked first. */
    async touchedSince(t: number): Promise<Tasking[]> {
      return since.all({ t })
    },
    /** The newest of all, at most `limit`. */
    async newest(limit: number): Promise<Tasking[]> {
      return newest.all({ limit })
    },
    /**
     * Changes fields where the tasking still has this version, and counts the version up; false where somebody was
     * first.
     */
    async update(id: string, expectedVersion: number, patch: TaskingPatch): Promise<boolean> {
      return (
        db.orm
          .update(taskings)
          .set({ ...patch, version: sql`${taskings.version} + 1` })
          .where(and(eq(taskings.id, id), eq(taskings.version, expectedVersion)))
          .run().changes === 1
      )
    },
    async addAct(act: TaskingAct): Promise<void> {
      addAct(act)
    },
    /** What was done about these, in the order of recording. */
    async actsOf(ids: readonly string[]): Promise<TaskingAct[]> {
      return acts.all({ ids: JSON.stringify(ids) })
    },
    /** The steps of these, in their order. */
    async stepsOf(ids: readonly string[]): Promise<TaskingStep[]> {
      return steps.all({ ids: JSON.stringify(ids) })
    },
    /** False where the step was done before, or there is none. */
    async stepDone(id: string, position: number, at: number, by: string): Promise<boolean> {
      return stepDone.run(at, by, id, position).changes === 1
    },
    /** Puts other steps in place of those there were. */
    async replaceSteps(
      id: string,
      rows: readonly Pick<TaskingStep, 'position' | 'what' | 'after' | 'doneAt' | 'doneBy'>[],
    ): Promise<void> {
      clearSteps.run(id)
      for (const step of rows) addStep({ taskingId: id, ...step })
    },
  }
}
