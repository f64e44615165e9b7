import { and, asc, eq, isNull, sql } from 'drizzle-orm'
import type { Connection } from './connection.ts'
import { notices } from './schema.ts'
import { given, insertInto } from './statements.ts'

export type Notice = typeof notices.$inferSelect

/** That something humanitarian is notified in a district. */
export function noticesRepo(db: Connection) {
  const add = insertInto(db, notices)
  const by = (column: typeof notices.id | typeof notices.code | typeof notices.requestKey) =>
    db.orm
      .select()
      .from(notices)
      .where(eq(column, sql.placeholder('value')))
      .prepare()
  const byId = by(notices.id)
  const byCode = by(notices.code)
  const byRequestKey = by(notices.requestKey)
  const open = db.orm
    .select()
    .from(notices)
    .where(isNull(notices.endedAt))
    .orderBy(asc(notices.fromDay), asc(notices.at))
    .prepare()
  const all = db.orm.select().from(notices).orderBy(asc(notices.at), asc(notices.id)).prepare()
  const end = db.orm
    .update(notices)
    .set({ endedAt: given<number>('at') })
    .where(and(eq(notices.id, sql.placeholder('id')), isNull(notices.endedAt)))
    .prepare()
  return {
    async insert(row: Notice): Promise<void> {
      add(row)
    },
    async byId(id: string): Promise<Notice | null> {
      return byId.get({ value: id }) ?? null
    },
    async byCode(code: string): Promise<Notice | null> {
      return byCode.get({ value: code }) ?? null
    },
    async byRequestKey(key: string): Promise<Notice | null> {
      return byRequestKey.get({ value: key }) ?? null
    },
    /** Those that were not ended, first valid first; their validity may be over. */
    async open(): Promise<Notice[]> {
      return open.all()
    },
    /** Every one, first given first. */
    async all(): Promise<Notice[]> {
      return all.all()
    },
    /** False when it was ended before. */
    async end(id: string, at: number): Promise<boolean> {
      return end.run({ id, at }).changes === 1
    },
  }
}
