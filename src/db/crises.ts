import { and, asc, eq, sql } from 'drizzle-orm'
import type { CallAnswer } from '../domain/forum.ts'
import type { Connection } from './connection.ts'
import { crises, crisisCalls, crisisLessons, crisisShifts } from './schema.ts'
import { insertInto } from './statements.ts'

export type Crisis = typeof crises.$inferSelect
export type CrisisCall = typeof crisisCalls.$inferSelect
export type CrisisShift = typeof crisisShifts.$inferSelect
export type CrisisLesson = typeof crisisLessons.$inferSelect

/** Crisis forums beside what every group has: the call-in, the shift, the review. */
export function crisesRepo(db: Connection) {
  const add = insertInto(db, crises)
  const addCall = insertInto(db, crisisCalls, 'do nothing')
  const addShift = insertInto(db, crisisShifts)
  const addLesson = insertInto(db, crisisLessons)
  const byForum = db.orm
    .select()
    .from(crises)
    .where(eq(crises.forumId, sql.placeholder('id')))
    .prepare()
  const callsOf = db.orm
    .select()
    .from(crisisCalls)
    .where(eq(crisisCalls.forumId, sql.placeholder('id')))
    .orderBy(asc(crisisCalls.calledAt), asc(crisisCalls.post))
    .prepare()
  const shiftsOf = db.orm
    .select()
    .from(crisisShifts)
    .where(eq(crisisShifts.forumId, sql.placeholder('id')))
    .orderBy(asc(crisisShifts.at))
    .prepare()
  const lessonsOf = db.orm
    .select()
    .from(crisisLessons)
    .where(eq(crisisLessons.forumId, sql.placeholder('id')))
    .orderBy(asc(crisisLessons.dueAt), asc(crisisLessons.id))
    .prepare()

  return {
    async insert(row: Crisis): Promise<void> {
      add(row)
    },
    async byForum(id: string): Promise<Crisis | null> {
      return byForum.get({ id }) ?? null
    },
    async update(id: string, patch: Partial<Omit<Crisis, 'forumId'>>): Promise<void> {
      db.orm.update(crises).set(patch).where(eq(crises.forumId, id)).run()
    },
    /** Calls a post in, once. */
    async call(row: CrisisCall): Promise<void> {
      addCall(row)
    },
    /** Writes down how a post answered; it may answer anew. */
    async answer(
      forumId: string,
      post: string,
      given: { answer: CallAnswer; answeredAt: number; answeredBy: string },
    ): Promise<void> {
      db.orm
        .update(crisisCalls)
        .set(given)
        .where(and(eq(crisisCalls.forumId, forumId), eq(crisisCalls.post, post)))
        .run()
    },
    async callsOf(id: string): Promise<CrisisCall[]> {
      return callsOf.all({ id })
    },
    async addShift(row: CrisisShift): Promise<void> {
      addShift(row)
    },
    async shiftsOf(id: string): Promise<CrisisShift[]> {
      return shiftsOf.all({ id })
    },
    async addLesson(row: CrisisLesson): Promise<void> {
      addLesson(row)
    },
    async lessonsOf(id: string): Promise<CrisisLesson[]> {
      return lessonsOf.all({ id })
    },
  }
}
