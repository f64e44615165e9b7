import { and, asc, desc, eq, sql } from 'drizzle-orm'
import type { Connection } from './connection.ts'
import type { Person } from './people.ts'
import { closures, people, registrations } from './schema.ts'
import { given, insertInto } from './statements.ts'

export type Registration = typeof registrations.$inferSelect
export type Closure = typeof closures.$inferSelect

/** Who asked to join, what their side answered, and whose access was closed. */
export function registrationsRepo(db: Connection) {
  const add = insertInto(db, registrations)
  const addClosure = insertInto(db, closures)
  const id = eq(registrations.id, sql.placeholder('id'))
  const personId = sql.placeholder('personId')
  const isWaiting = sql`${registrations.state} = 'waiting'`
  const byId = db.orm.select().from(registrations).where(id).prepare()
  const waitingOf = db.orm
    .select()
    .from(registrations)
    .where(and(eq(registrations.personId, personId), isWaiting))
    .prepare()
  const last = db.orm
    .select()
    .from(registrations)
    .where(eq(registrations.personId, personId))
    .orderBy(desc(registrations.askedAt), desc(sql`rowid`))
    .limit(1)
    .prepare()
  const waiting = db.orm
    .select({ registration: registrations, person: people })
    .from(registrations)
    .innerJoin(people, eq(people.id, registrations.personId))
    .where(isWaiting)
    .orderBy(asc(registrations.askedAt), asc(registrations.id))
    .prepare()
  const decide = db.orm
    .update(registrations)
    .set({
      state: given<'confirmed' | 'refused'>('state'),
      decidedAt: given<number>('at'),
      decidedBy: given<string>('by'),
      reason: given<string | null>('reason'),
    })
    .where(and(id, isWaiting))
    .prepare()
  const supersede = db.orm
    .update(registrations)
    .set({ state: 'superseded', decidedAt: given<number>('at') })
    .where(and(eq(registrations.personId, personId), isWaiting))
    .prepare()
  const forget = db.orm
    .update(registrations)
    .set({ organisation: null, section: null, location: '' })
    .where(eq(registrations.personId, personId))
    .prepare()
  const lastClosure = db.orm
    .select()
    .from(closures)
    .where(eq(closures.personId, personId))
    .orderBy(desc(closures.at), desc(sql`rowid`))
    .limit(1)
    .prepare()

  return {
    /** @throws SqliteError when a request of this person waits already. */
    async insert(row: typeof registrations.$inferInsert): Promise<void> {
      add(row)
    },
    async byId(id: string): Promise<Registration | null> {
      return byId.get({ id }) ?? null
    },
    /** The request of a person that nobody has decided. */
    async waitingOf(personId: string): Promise<Registration | null> {
      return waitingOf.get({ personId }) ?? null
    },
    /** The last thing a person asked, whatever became of it. */
    async lastOf(personId: string): Promise<Registration | null> {
      return last.get({ personId }) ?? null
    },
    /** Requests nobody has decided, with who asks; longest waiting first. */
    async waiting(): Promise<{ registration: Registration; person: Person }[]> {
      return waiting.all()
    },
    /** Decides a request; false when somebody has decided it, or the person asked anew. */
    async decide(
      id: string,
      decision: { state: 'confirmed' | 'refused'; at: number; by: string; reason: string | null },
    ): Promise<boolean> {
      return decide.run({ id, ...decision }).changes === 1
    },
    /** What waits of this person is no longer to be decided. */
    async supersede(personId: string, at: number): Promise<void> {
      supersede.run({ personId, at })
    },
    /** Which organisation and where a person ever said to be of is no longer known. */
    async forgetWhere(personId: string): Promise<void> {
      forget.run({ personId })
    },
    async addClosure(row: Closure): Promise<void> {
      addClosure(row)
    },
    /** The last time this person's access was closed. */
    async lastClosure(personId: string): Promise<Closure | null> {
      return lastClosure.get({ personId }) ?? null
    },
  }
}
