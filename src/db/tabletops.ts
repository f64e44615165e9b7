import { and, asc, eq, sql } from 'drizzle-orm'
import type { Connection } from './connection.ts'
import { exerciseAnswers, exerciseEvents, exerciseLessons, exercises } from './schema.ts'
import { insertInto } from './statements.ts'

export type Exercise = typeof exercises.$inferSelect
export type ExerciseEvent = typeof exerciseEvents.$inferSelect
export type ExerciseAnswer = typeof exerciseAnswers.$inferSelect
export type ExerciseLesson = typeof exerciseLessons.$inferSelect

/** Table-top exercises with their script, answers and lessons. */
export function exercisesRepo(db: Connection) {
  const add = insertInto(db, exercises)
  const addEvent = insertInto(db, exerciseEvents)
  const addAnswer = insertInto(db, exerciseAnswers, 'do nothing')
  const addLesson = insertInto(db, exerciseLessons)
  const by = (column: typeof exercises.id | typeof exercises.code | typeof exercises.requestKey) =>
    db.orm
      .select()
      .from(exercises)
      .where(eq(column, sql.placeholder('value')))
      .prepare()
  const byId = by(exercises.id)
  const byCode = by(exercises.code)
  const byRequestKey = by(exercises.requestKey)
  const all = db.orm.select().from(exercises).orderBy(asc(exercises.madeAt), asc(exercises.id)).prepare()
  const eventsOf = db.orm
    .select()
    .from(exerciseEvents)
    .where(eq(exerciseEvents.exerciseId, sql.placeholder('id')))
    .orderBy(asc(exerciseEvents.position))
    .prepare()
  const answersOf = db.orm
    .select()
    .from(exerciseAnswers)
    .where(eq(exerciseAnswers.exerciseId, sql.placeholder('id')))
    .orderBy(asc(exerciseAnswers.at), asc(exerciseAnswers.post))
    .prepare()
  const lessonsOf = db.orm
    .select()
    .from(exerciseLessons)
    .where(eq(exerciseLessons.exerciseId, sql.placeholder('id')))
    .orderBy(asc(exerciseLessons.dueAt), asc(exerciseLessons.id))
    .prepare()

  return {
    /** @throws SqliteError when the code or the form was stored before. */
    async insert(row: Exercise): Promise<void> {
      add(row)
    },
    async byId(id: string): Promise<Exercise | null> {
      return byId.get({ value: id }) ?? null
    },
    async byCode(code: string): Promise<Exercise | null> {
      return byCode.get({ value: code }) ?? null
    },
    /** The exercise a submitted form became. */
    async byRequestKey(key: string): Promise<Exercise | null> {
      return byRequestKey.get({ value: key }) ?? null
    },
    /** Every exercise, first made first. */
    async all(): Promise<Exercise[]> {
      return all.all()
    },
    async update(id: string, patch: Partial<Omit<Exercise, 'id' | 'code'>>): Promise<void> {
      db.orm.update(exercises).set(patch).where(eq(exercises.id, id)).run()
    },
    async addEvent(row: ExerciseEvent): Promise<void> {
      addEvent(row)
    },
    async sent(
      id: string,
      position: number,
      patch: Pick<ExerciseEvent, 'sentAt' | 'alertId'>,
    ): Promise<void> {
      const which = and(eq(exerciseEvents.exerciseId, id), eq(exerciseEvents.position, position))
      db.orm.update(exerciseEvents).set(patch).where(which).run()
    },
    /** The script, in order. */
    async eventsOf(id: string): Promise<ExerciseEvent[]> {
      return eventsOf.all({ id })
    },
    /** Writes down a post's first answer to an event; a later one changes nothing. */
    async answer(row: ExerciseAnswer): Promise<void> {
      addAnswer(row)
    },
    async answersOf(id: string): Promise<ExerciseAnswer[]> {
      return answersOf.all({ id })
    },
    async addLesson(row: ExerciseLesson): Promise<void> {
      addLesson(row)
    },
    async lessonsOf(id: string): Promise<ExerciseLesson[]> {
      return lessonsOf.all({ id })
    },
  }
}
