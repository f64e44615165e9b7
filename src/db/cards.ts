import { and, asc, eq, sql } from 'drizzle-orm'
import type { Connection } from './connection.ts'
import { cards } from './schema.ts'

export type Card = typeof cards.$inferSelect

/** Where the card of a record stands in Slack: one per record and target. */
export function cardsRepo(db: Connection) {
  const where = and(
    eq(cards.recordId, sql.placeholder('recordId')),
    eq(cards.target, sql.placeholder('target')),
  )
  const get = db.orm.select().from(cards).where(where).prepare()
  const byMessage = db.orm
    .select()
    .from(cards)
    .where(and(eq(cards.channel, sql.placeholder('channel')), eq(cards.ts, sql.placeholder('ts'))))
    .prepare()
  const ofRecord = db.orm
    .select()
    .from(cards)
    .where(eq(cards.recordId, sql.placeholder('recordId')))
    .orderBy(asc(cards.postedAt), asc(cards.target))
    .prepare()
  const remove = db.orm.delete(cards).where(where).prepare()
  const removeMessage = db.raw.prepare('delete from cards where channel = ? and ts = ?')
  const put = db.raw.prepare(
    `insert into cards (record_id, target, channel, ts, posted_at) values (?, ?, ?, ?, ?)
     on conflict (record_id, target) do update set channel = excluded.channel, ts = excluded.ts,
       posted_at = excluded.posted_at`,
  )

  return {
    async get(recordId: string, target: string): Promise<Card | null> {
      return get.get({ recordId, target }) ?? null
    },
    /** Remembers where the card stands, in place of where it stood. */
    async put({ recordId, target, channel, ts, postedAt }: Card): Promise<void> {
      put.run(recordId, target, channel, ts, postedAt)
    },
    /** The record a Slack message is the card of. */
    async byMessage(channel: string, ts: string): Promise<Card | null> {
      return byMessage.get({ channel, ts }) ?? null
    },
    /** All cards of a record, first posted first. */
    async ofRecord(recordId: string): Promise<Card[]> {
      return ofRecord.all({ recordId })
    },
    /** Forgets a card that was taken out of Slack. */
    async removeMessage({ channel, ts }: Pick<Card, 'channel' | 'ts'>): Promise<void> {
      removeMessage.run(channel, ts)
    },
    async remove(recordId: string, target: string): Promise<boolean> {
      return remove.run({ recordId, target }).changes === 1
    },
  }
}
