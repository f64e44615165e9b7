import { and, asc, eq, inArray, sql } from 'drizzle-orm'
import type { Connection } from './connection.ts'
import { handoverItems, handovers } from './schema.ts'
import { given, insertInto, listOf } from './statements.ts'

export type Handover = typeof handovers.$inferSelect
export type HandoverItem = typeof handoverItems.$inferSelect

/** What people who leave hand over, to whom, and what became of it. */
export function handoversRepo(db: Connection) {
  const add = insertInto(db, handovers)
  const addItem = insertInto(db, handoverItems)
  const byId = db.orm
    .select()
    .from(handovers)
    .where(eq(handovers.id, sql.placeholder('id')))
    .prepare()
  const openOf = db.orm
    .select()
    .from(handovers)
    .where(and(eq(handovers.personId, sql.placeholder('personId')), sql`${handovers.state} = 'open'`))
    .prepare()
  const items = db.orm
    .select()
    .from(handoverItems)
    .where(eq(handoverItems.handoverId, sql.placeholder('handoverId')))
    .orderBy(sql`rowid`)
    .prepare()
  const item = db.orm
    .select()
    .from(handoverItems)
    .where(eq(handoverItems.id, sql.placeholder('id')))
    .prepare()
  const offeredTo = db.orm
    .select()
    .from(handoverItems)
    .where(and(eq(handoverItems.successor, sql.placeholder('personId')), eq(handoverItems.state, 'offered')))
    .orderBy(asc(handoverItems.id))
    .prepare()
  const answer = db.orm
    .update(handoverItems)
    .set({ state: given<'accepted' | 'declined'>('state'), answeredAt: given<number>('at') })
    .where(and(eq(handoverItems.id, sql.placeholder('id')), eq(handoverItems.state, 'offered')))
    .prepare()
  const name = db.orm
    .update(handoverItems)
    .set({
      successor: given<string | null>('successor'),
      state: given<'unnamed' | 'offered'>('state'),
      answeredAt: null,
    })
    .where(
      and(
        eq(handoverItems.id, sql.placeholder('id')),
        inArray(handoverItems.state, ['unnamed', 'offered', 'declined']),
      ),
    )
    .prepare()
  const end = db.orm
    .update(handovers)
    .set({ state: given<'done' | 'reported'>('state'), endedAt: given<number>('at') })
    .where(and(eq(handovers.id, sql.placeholder('id')), eq(handovers.state, 'open')))
    .prepare()
  const followers = db.orm
    .select({ alertId: handoverItems.ref, personId: sql<string>`${handoverItems.successor}` })
    .from(handoverItems)
    .where(
      and(
        eq(handoverItems.kind, 'alert'),
        sql`${handoverItems.state} = 'accepted'`,
        sql`${handoverItems.ref} in ${listOf('ids')}`,
      ),
    )
    .prepare()

  const followed = db.orm
    .select({ alertId: handoverItems.ref })
    .from(handoverItems)
    .where(
      and(
        eq(handoverItems.successor, sql.placeholder('personId')),
        eq(handoverItems.state, 'accepted'),
        eq(handoverItems.kind, 'alert'),
      ),
    )
    .prepare()

  return {
    /** @throws SqliteError when a handover of this person goes on already. */
    async insert(row: typeof handovers.$inferInsert): Promise<void> {
      add(row)
    },
    async insertItem(row: typeof handoverItems.$inferInsert): Promise<void> {
      addItem(row)
    },
    async byId(id: string): Promise<Handover | null> {
      return byId.get({ id }) ?? null
    },
    async openOf(personId: string): Promise<Handover | null> {
      return openOf.get({ personId }) ?? null
    },
    /** In the order of listing. */
    async items(handoverId: string): Promise<HandoverItem[]> {
      return items.all({ handoverId })
    },
    async item(id: string): Promise<HandoverItem | null> {
      return item.get({ id }) ?? null
    },
    /** What this person was asked to take over and has not answered. */
    async offeredTo(personId: string): Promise<HandoverItem[]> {
      return offeredTo.all({ personId })
    },
    /** False when it was answered, or offered to somebody else, meanwhile. */
    async answer(id: string, state: 'accepted' | 'declined', at: number): Promise<boolean> {
      return answer.run({ id, state, at }).changes === 1
    },
    /** Names another successor, or none; false when it was accepted already. */
    async name(id: string, successor: string | null): Promise<boolean> {
      return name.run({ id, successor, state: successor === null ? 'unnamed' : 'offered' }).changes === 1
    },
    /** False when it had ended. */
    async end(id: string, state: 'done' | 'reported', at: number): Promise<boolean> {
      return end.run({ id, state, at }).changes === 1
    },
    /** Alerts this person took over following. */
    async followedBy(personId: string): Promise<string[]> {
      return followed.all({ personId }).map(({ alertId }) => alertId)
    },
    /** Who took over following alerts that their authors raised. */
    async followersOf(alertIds: readonly string[]): Promise<{ alertId: string; personId: string }[]> {
      return followers.all({ ids: JSON.stringify(alertIds) })
    },
  }
}
