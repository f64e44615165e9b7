import { and, asc, eq, sql } from 'drizzle-orm'
import type { Quote } from '../domain/quote.ts'
import type { Connection } from './connection.ts'
import { quotes } from './schema.ts'
import { insertInto, listOf } from './statements.ts'

/** Messages of Slack put on the record of an alert or of a team. */
export function quotesRepo(db: Connection) {
  const add = insertInto(db, quotes)
  const byId = db.orm
    .select()
    .from(quotes)
    .where(eq(quotes.id, sql.placeholder('id')))
    .prepare()
  const byMessage = db.orm
    .select()
    .from(quotes)
    .where(and(eq(quotes.channel, sql.placeholder('channel')), eq(quotes.ts, sql.placeholder('ts'))))
    .prepare()
  const ofAlerts = db.orm
    .select()
    .from(quotes)
    .where(sql`${quotes.alertId} in ${listOf('ids')}`)
    .orderBy(asc(quotes.saidAt), asc(quotes.ts))
    .prepare()
  const ofTeams = db.orm
    .select()
    .from(quotes)
    .where(sql`${quotes.teamId} in ${listOf('ids')}`)
    .orderBy(asc(quotes.saidAt), asc(quotes.ts))
    .prepare()
  const asked = db.orm
    .select()
    .from(quotes)
    .where(and(eq(quotes.authorId, sql.placeholder('authorId')), eq(quotes.state, 'asked')))
    .orderBy(asc(quotes.putAt), asc(quotes.id))
    .prepare()
  const forget = db.raw.prepare<[string]>('update quotes set text = null where alert_id = ?')

  return {
    /** @throws SqliteError when the message stands on a record already. */
    async insert(row: Quote): Promise<void> {
      add(row)
    },
    async byId(id: string): Promise<Quote | null> {
      return byId.get({ id }) ?? null
    },
    async byMessage(channel: string, ts: string): Promise<Quote | null> {
      return byMessage.get({ channel, ts }) ?? null
    },
    /** In the order in which they were written. */
    async ofAlerts(ids: readonly string[]): Promise<Quote[]> {
      return ofAlerts.all({ ids: JSON.stringify(ids) })
    },
    /** The same of teams. */
    async ofTeams(ids: readonly string[]): Promise<Quote[]> {
      return ofTeams.all({ ids: JSON.stringify(ids) })
    },
    /** Those this person was asked about and has not answered. */
    async askedOf(authorId: string): Promise<Quote[]> {
      return asked.all({ authorId })
    },
    async update(
      id: string,
      patch: Partial<Omit<Quote, 'id' | 'channel' | 'ts' | 'authorId'>>,
    ): Promise<void> {
      db.orm.update(quotes).set(patch).where(eq(quotes.id, id)).run()
    },
    /** Forgets the words of every message on an alert's record. */
    async forgetWords(alertId: string): Promise<void> {
      forget.run(alertId)
    },
  }
}
