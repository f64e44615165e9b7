import { and, asc, eq, isNull, sql } from 'drizzle-orm'
import type { Connection } from './connection.ts'
import { postureItems, postures } from './schema.ts'
import { given, insertInto } from './statements.ts'

export type Posture = typeof postures.$inferSelect
export type PostureItem = typeof postureItems.$inferSelect

/** Changes of the mission's posture, and the joint items that pause with them. */
export function posturesRepo(db: Connection) {
  const add = insertInto(db, postures)
  const addItem = insertInto(db, postureItems, 'do nothing')
  const by = (column: typeof postures.id | typeof postures.code | typeof postures.requestKey) =>
    db.orm
      .select()
      .from(postures)
      .where(eq(column, sql.placeholder('value')))
      .prepare()
  const byId = by(postures.id)
  const byCode = by(postures.code)
  const byRequestKey = by(postures.requestKey)
  const open = db.orm
    .select()
    .from(postures)
    .where(isNull(postures.endedAt))
    .orderBy(asc(postures.declaredAt))
    .prepare()
  const all = db.orm.select().from(postures).orderBy(asc(postures.declaredAt), asc(postures.id)).prepare()
  const end = db.orm
    .update(postures)
    .set({ endedAt: given<number>('at') })
    .where(and(eq(postures.id, sql.placeholder('id')), isNull(postures.endedAt)))
    .prepare()
  const items = (
    column:
      | typeof postureItems.id
      | typeof postureItems.postureId
      | typeof postureItems.recordId
      | typeof postureItems.asked,
  ) =>
    db.orm
      .select()
      .from(postureItems)
      .where(eq(column, sql.placeholder('value')))
      .orderBy(asc(postureItems.id))
      .prepare()
  const itemById = items(postureItems.id)
  const itemsOf = items(postureItems.postureId)
  const itemsOfRecord = items(postureItems.recordId)
  const itemsAsked = items(postureItems.asked)
  const answer = db.orm
    .update(postureItems)
    .set({ state: given<'confirmed' | 'ended'>('to'), answeredAt: given<number>('at') })
    .where(and(eq(postureItems.id, sql.placeholder('id')), eq(postureItems.state, 'paused')))
    .prepare()
  return {
    async insert(row: Posture): Promise<void> {
      add(row)
    },
    async byId(id: string): Promise<Posture | null> {
      return byId.get({ value: id }) ?? null
    },
    async byCode(code: string): Promise<Posture | null> {
      return byCode.get({ value: code }) ?? null
    },
    async byRequestKey(key: string): Promise<Posture | null> {
      return byRequestKey.get({ value: key }) ?? null
    },
    /** Those that stand, first declared first. */
    async open(): Promise<Posture[]> {
      return open.all()
    },
    /** Every one, first declared first. */
    async all(): Promise<Posture[]> {
      return all.all()
    },
    /** False when it was ended before. */
    async end(id: string, at: number): Promise<boolean> {
      return end.run({ id, at }).changes === 1
    },
    /** False when this posture has paused the record already. */
    async addItem(row: PostureItem): Promise<boolean> {
      return addItem(row).changes === 1
    },
    async item(id: string): Promise<PostureItem | null> {
      return itemById.get({ value: id }) ?? null
    },
    async items(postureId: string): Promise<PostureItem[]> {
      return itemsOf.all({ value: postureId })
    },
    /** Every pause of a record, past ones too. */
    async itemsOfRecord(recordKind: string, recordId: string): Promise<PostureItem[]> {
      return itemsOfRecord.all({ value: recordId }).filter(item => item.recordKind === recordKind)
    },
    /** What this person was asked. */
    async askedOf(personId: string): Promise<PostureItem[]> {
      return itemsAsked.all({ value: personId })
    },
    /** False when it was answered before. */
    async answer(id: string, to: 'confirmed' | 'ended', at: number): Promise<boolean> {
      return answer.run({ id, to, at }).changes === 1
    },
  }
}
