import { and, count, eq, sql } from 'drizzle-orm'
import type { Connection } from './connection.ts'
import { people } from './schema.ts'
import { insertInto } from './statements.ts'

export type Person = typeof people.$inferSelect
export type NewPerson = typeof people.$inferInsert

/** Who uses the bot. */
export function peopleRepo(db: Connection) {
  const add = insertInto(db, people)
  const byId = db.orm
    .select()
    .from(people)
    .where(eq(people.id, sql.placeholder('id')))
    .prepare()
  const byUser = db.orm
    .select()
    .from(people)
    .where(and(eq(people.teamId, sql.placeholder('teamId')), eq(people.userId, sql.placeholder('userId'))))
    .prepare()
  const ofUser = db.orm
    .select()
    .from(people)
    .where(eq(people.userId, sql.placeholder('userId')))
    .orderBy(people.createdAt, people.id)
    .prepare()
  const all = db.orm.select().from(people).orderBy(people.createdAt, people.id).prepare()
  const counted = db.orm.select({ n: count() }).from(people).prepare()

  return {
    async byId(id: string): Promise<Person | null> {
      return db.kept.get(`person:${id}`, () => byId.get({ id }) ?? null)
    },
    /** By Slack's workspace and user id. */
    async byUser(teamId: string, userId: string): Promise<Person | null> {
      return byUser.get({ teamId, userId }) ?? null
    },
    /** Whoever has this user id in any workspace, longest known first: a mention does not say the workspace. */
    async ofUser(userId: string): Promise<Person[]> {
      return ofUser.all({ userId })
    },
    /** @throws SqliteError when the Slack user has a row already; see `isTaken(error, 'people.team_id')`. */
    async insert(person: NewPerson): Promise<void> {
      add(person)
      db.kept.forget()
    },
    /** Changes the fields given; false when there is no such person. */
    async update(id: string, patch: Partial<Omit<Person, 'id'>>): Promise<boolean> {
      const { changes } = db.orm.update(people).set(patch).where(eq(people.id, id)).run()
      db.kept.forget()
      return changes === 1
    },
    /** Everybody, longest known first. */
    async all(): Promise<Person[]> {
      return all.all()
    },
    async count(): Promise<number> {
      return counted.get()?.n ?? 0
    },
  }
}
