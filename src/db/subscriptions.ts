import { and, asc, eq, isNull, sql } from 'drizzle-orm'
import type { Subscription } from '../domain/subscription.ts'
import type { Connection } from './connection.ts'
import { subscriptions, subscriptionTold } from './schema.ts'
import { insertInto } from './statements.ts'

export type SubscriptionTold = typeof subscriptionTold.$inferSelect

/** Who asked to hear of alerts beyond their own duty. */
export function subscriptionsRepo(db: Connection) {
  const add = insertInto(db, subscriptions)
  const addTold = insertInto(db, subscriptionTold, 'do nothing')
  const byId = db.orm
    .select()
    .from(subscriptions)
    .where(eq(subscriptions.id, sql.placeholder('id')))
    .prepare()
  const ofPerson = db.orm
    .select()
    .from(subscriptions)
    .where(and(eq(subscriptions.personId, sql.placeholder('id')), isNull(subscriptions.endedAt)))
    .orderBy(asc(subscriptions.createdAt), asc(subscriptions.id))
    .prepare()
  const standing = db.orm
    .select()
    .from(subscriptions)
    .where(isNull(subscriptions.endedAt))
    .orderBy(asc(subscriptions.createdAt), asc(subscriptions.id))
    .prepare()
  const end = db.raw.prepare('update subscriptions set ended_at = ? where id = ? and ended_at is null')
  const waiting = db.orm
    .select()
    .from(subscriptionTold)
    .where(
      and(
        eq(subscriptionTold.personId, sql.placeholder('id')),
        eq(subscriptionTold.means, 'digest'),
        isNull(subscriptionTold.listedAt),
      ),
    )
    .orderBy(asc(subscriptionTold.at))
    .prepare()
  const listed = db.raw.prepare(
    `update subscription_told set listed_at = ? where person_id = ? and means = 'digest' and listed_at is null`,
  )

  return {
    async insert(row: Subscription): Promise<void> {
      add(row)
    },
    async byId(id: string): Promise<Subscription | null> {
      return byId.get({ id }) ?? null
    },
    /** Those that stand, first made first. */
    async ofPerson(id: string): Promise<Subscription[]> {
      return ofPerson.all({ id })
    },
    /** Everybody's that stand. */
    async standing(): Promise<Subscription[]> {
      return standing.all()
    },
    /** False when it had ended before. */
    async end(id: string, at: number): Promise<boolean> {
      return end.run(at, id).changes === 1
    },
    /** False, and nothing stored, where this person was told of this alert at this urgency before. */
    async tell(row: SubscriptionTold): Promise<boolean> {
      return addTold(row).changes === 1
    },
    /** What waits for a person's next list, oldest first. */
    async waiting(personId: string): Promise<SubscriptionTold[]> {
      return waiting.all({ id: personId })
    },
    async listed(personId: string, at: number): Promise<void> {
      listed.run(at, personId)
    },
  }
}
