import { and, asc, desc, eq, isNull, lte, sql } from 'drizzle-orm'
import type { Connection } from './connection.ts'
import type { Person } from './people.ts'
import { people, reachChecks } from './schema.ts'
import { given, insertInto } from './statements.ts'

export type ReachCheck = typeof reachChecks.$inferSelect

/** Whether people answered when they were last asked if they can still be reached. */
export function reachRepo(db: Connection) {
  const add = insertInto(db, reachChecks, 'do nothing')
  const byId = db.orm
    .select()
    .from(reachChecks)
    .where(eq(reachChecks.id, sql.placeholder('id')))
    .prepare()
  const waitingOf = db.orm
    .select()
    .from(reachChecks)
    .where(and(eq(reachChecks.personId, sql.placeholder('personId')), isNull(reachChecks.answeredAt)))
    .orderBy(desc(reachChecks.askedAt))
    .limit(1)
    .prepare()
  const answer = db.orm
    .update(reachChecks)
    .set({ answeredAt: given<number>('at') })
    .where(and(eq(reachChecks.id, sql.placeholder('id')), isNull(reachChecks.answeredAt)))
    .prepare()
  const stale = db.orm
    .select({ check: reachChecks, person: people })
    .from(reachChecks)
    .innerJoin(people, eq(people.id, reachChecks.personId))
    .where(
      and(
        isNull(reachChecks.answeredAt),
        lte(reachChecks.dueAt, sql.placeholder('now')),
        sql`${reachChecks.askedAt} = (select max(asked_at) from reach_checks r where r.person_id = ${reachChecks.personId})`,
      ),
    )
    .orderBy(asc(reachChecks.askedAt), asc(reachChecks.personId))
    .prepare()

  return {
    /** False when this person was asked at that moment already. */
    async insert(row: typeof reachChecks.$inferInsert): Promise<boolean> {
      return add(row).changes === 1
    },
    async byId(id: string): Promise<ReachCheck | null> {
      return byId.get({ id }) ?? null
    },
    /** What this person was last asked and has not answered. */
    async waitingOf(personId: string): Promise<ReachCheck | null> {
      return waitingOf.get({ personId }) ?? null
    },
    /** False when it was answered before. */
    async answer(id: string, at: number): Promise<boolean> {
      return answer.run({ id, at }).changes === 1
    },
    /** Those who did not answer in time the last time they were asked, longest ago first. `now` in epoch ms. */
    async stale(now: number): Promise<{ check: ReachCheck; person: Person }[]> {
      return stale.all({ now })
    },
  }
}
