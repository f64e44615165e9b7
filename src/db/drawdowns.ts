import { and, asc, eq, isNull, sql } from 'drizzle-orm'
import type { ItemState } from '../domain/drawdown.ts'
import type { Connection } from './connection.ts'
import { drawdownItems, drawdowns } from './schema.ts'
import { given, insertInto } from './statements.ts'

export type Drawdown = typeof drawdowns.$inferSelect
export type DrawdownItem = typeof drawdownItems.$inferSelect

/** Rotations, closures and transitions with their items. */
export function drawdownsRepo(db: Connection) {
  const add = insertInto(db, drawdowns)
  const addItem = insertInto(db, drawdownItems, 'do nothing')
  const by = (column: typeof drawdowns.id | typeof drawdowns.code | typeof drawdowns.requestKey) =>
    db.orm
      .select()
      .from(drawdowns)
      .where(eq(column, sql.placeholder('value')))
      .prepare()
  const byId = by(drawdowns.id)
  const byCode = by(drawdowns.code)
  const byRequestKey = by(drawdowns.requestKey)
  const all = db.orm.select().from(drawdowns).orderBy(asc(drawdowns.at), asc(drawdowns.id)).prepare()
  const itemById = db.orm
    .select()
    .from(drawdownItems)
    .where(eq(drawdownItems.id, sql.placeholder('id')))
    .prepare()
  const itemsOf = db.orm
    .select()
    .from(drawdownItems)
    .where(eq(drawdownItems.drawdownId, sql.placeholder('id')))
    .orderBy(asc(drawdownItems.kind), asc(drawdownItems.id))
    .prepare()
  const offeredTo = db.orm
    .select()
    .from(drawdownItems)
    .where(and(eq(drawdownItems.receiver, sql.placeholder('person')), eq(drawdownItems.state, 'offered')))
    .prepare()
  const close = db.orm
    .update(drawdowns)
    .set({ closedBy: given<string>('by'), closedAt: given<number>('at') })
    .where(and(eq(drawdowns.id, sql.placeholder('id')), isNull(drawdowns.closedAt)))
    .prepare()
  return {
    async insert(row: Drawdown): Promise<void> {
      add(row)
    },
    async byId(id: string): Promise<Drawdown | null> {
      return byId.get({ value: id }) ?? null
    },
    async byCode(code: string): Promise<Drawdown | null> {
      return byCode.get({ value: code }) ?? null
    },
    async byRequestKey(key: string): Promise<Drawdown | null> {
      return byRequestKey.get({ value: key }) ?? null
    },
    /** Every one, first declared first. */
    async all(): Promise<Drawdown[]> {
      return all.all()
    },
    /** False when it was closed before. */
    async close(id: string, by: string, at: number): Promise<boolean> {
      return close.run({ id, by, at }).changes === 1
    },
    /** False when the thing is listed already. */
    async addItem(row: DrawdownItem): Promise<boolean> {
      return addItem(row).changes === 1
    },
    async item(id: string): Promise<DrawdownItem | null> {
      return itemById.get({ id }) ?? null
    },
    async items(drawdownId: string): Promise<DrawdownItem[]> {
      return itemsOf.all({ id: drawdownId })
    },
    /** Every item offered to somebody who has not answered. */
    async offeredTo(personId: string): Promise<DrawdownItem[]> {
      return offeredTo.all({ person: personId })
    },
    /** Changes fields of an item; with `from`, only while it is in that state. False where it is not. */
    async updateItem(
      id: string,
      patch: Partial<Omit<DrawdownItem, 'id' | 'drawdownId' | 'kind' | 'ref'>>,
      from?: ItemState,
    ): Promise<boolean> {
      const which = eq(drawdownItems.id, id)
      const where = from === undefined ? which : and(which, eq(drawdownItems.state, from))
      return db.orm.update(drawdownItems).set(patch).where(where).run().changes === 1
    },
  }
}
