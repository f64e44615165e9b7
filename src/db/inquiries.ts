import { and, asc, eq, sql } from 'drizzle-orm'
import type { InquiryAnswer } from '../domain/inquiry.ts'
import type { Connection } from './connection.ts'
import { inquiries } from './schema.ts'
import { given, insertInto } from './statements.ts'

export type Inquiry = typeof inquiries.$inferSelect

/** What one side asked the other to be told. */
export function inquiriesRepo(db: Connection) {
  const add = insertInto(db, inquiries)
  const by = (column: typeof inquiries.id | typeof inquiries.code | typeof inquiries.requestKey) =>
    db.orm
      .select()
      .from(inquiries)
      .where(eq(column, sql.placeholder('value')))
      .prepare()
  const byId = by(inquiries.id)
  const byCode = by(inquiries.code)
  const byRequestKey = by(inquiries.requestKey)
  const all = db.orm.select().from(inquiries).orderBy(asc(inquiries.askedAt), asc(inquiries.id)).prepare()
  const answer = db.orm
    .update(inquiries)
    .set({
      state: given<InquiryAnswer>('state'),
      answeredBy: given<string>('by'),
      answeredAt: given<number>('at'),
      reason: given<string | null>('reason'),
      releaseId: given<string | null>('releaseId'),
    })
    .where(and(eq(inquiries.id, sql.placeholder('id')), eq(inquiries.state, 'open')))
    .prepare()

  return {
    /** @throws SqliteError when the code or the form was stored before. */
    async insert(row: Inquiry): Promise<void> {
      add(row)
    },
    async byId(id: string): Promise<Inquiry | null> {
      return byId.get({ value: id }) ?? null
    },
    async byCode(code: string): Promise<Inquiry | null> {
      return byCode.get({ value: code }) ?? null
    },
    /** The request a submitted form became. */
    async byRequestKey(key: string): Promise<Inquiry | null> {
      return byRequestKey.get({ value: key }) ?? null
    },
    /** Every request, first asked first. */
    async all(): Promise<Inquiry[]> {
      return all.all()
    },
    /** False when it was answered meanwhile. */
    async answer(
      id: string,
      given: {
        state: InquiryAnswer
        by: string
        at: number
        reason: string | null
        releaseId: string | null
      },
    ): Promise<boolean> {
      return answer.run({ ...given, id }).changes === 1
    },
  }
}
