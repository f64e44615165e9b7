import { and, asc, eq, isNull, sql } from 'drizzle-orm'
import type { Connection } from './connection.ts'
import { postings } from './schema.ts'
import { insertInto } from './statements.ts'

export type Posting = typeof postings.$inferSelect
export type NewPosting = Omit<Posting, 'withdrawnAt' | 'removedAt'>

/** Where each message of the bot stands in Slack, and which of them were taken back. */
export function postingsRepo(db: Connection) {
  const add = insertInto(db, postings, 'do nothing')
  const holding = db.raw.prepare<[string, string, string]>(
    'update postings set holds = ? where channel = ? and ts = ?',
  )
  const stands = isNull(postings.withdrawnAt)
  const ofTarget = db.orm
    .select()
    .from(postings)
    .where(and(eq(postings.target, sql.placeholder('target')), stands))
    .orderBy(asc(postings.postedAt), asc(postings.ts))
    .prepare()
  const ofRecord = db.orm
    .select()
    .from(postings)
    .where(and(eq(postings.recordId, sql.placeholder('recordId')), stands))
    .orderBy(asc(postings.postedAt), asc(postings.ts))
    .prepare()
  const withdraw = db.raw.prepare(
    'update postings set withdrawn_at = ? where channel = ? and ts = ? and withdrawn_at is null',
  )
  const removed = db.raw.prepare('update postings set removed_at = ? where channel = ? and ts = ?')

  return {
    /** Remembers a message; of one known already, which was edited, what it holds now. */
    async add(posting: NewPosting): Promise<void> {
      if (add(posting).changes === 0) holding.run(JSON.stringify(posting.holds), posting.channel, posting.ts)
    },
    /** What stands at an outbox target, oldest first. */
    async standingAt(target: string): Promise<Posting[]> {
      return ofTarget.all({ target })
    },
    /** What stands of the entries of a record, wherever it was said, oldest first. */
    async standingOf(recordId: string): Promise<Posting[]> {
      return ofRecord.all({ recordId })
    },
    /** Its removal was asked for at `at` (epoch ms); false where that was so already. */
    async withdraw({ channel, ts }: Pick<Posting, 'channel' | 'ts'>, at: number): Promise<boolean> {
      return withdraw.run(at, channel, ts).changes === 1
    },
    /** Slack has removed it, or had no such message any more. */
    async removed({ channel, ts }: Pick<Posting, 'channel' | 'ts'>, at: number): Promise<void> {
      removed.run(at, channel, ts)
    },
  }
}
