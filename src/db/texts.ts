import { and, asc, eq, isNotNull, isNull, type SQL, sql } from 'drizzle-orm'
import type { Connection } from './connection.ts'
import { texts } from './schema.ts'
import { insertInto } from './statements.ts'

export type Text = typeof texts.$inferSelect

/** Texts to owners: which, when, what became of them. Never their words, numbers or codes. */
export function textsRepo(db: Connection) {
  const add = insertInto(db, texts)
  const byId = db.orm
    .select()
    .from(texts)
    .where(eq(texts.id, sql.placeholder('id')))
    .prepare()
  const counting = (...also: SQL[]) =>
    db.orm
      .select()
      .from(texts)
      .where(
        and(
          eq(texts.personId, sql.placeholder('personId')),
          sql`${texts.expiresAt} > ${sql.placeholder('now')}`,
          ...also,
        ),
      )
      .orderBy(asc(texts.createdAt))
      .prepare()
  const open = counting(isNull(texts.usedAt), eq(texts.asks, true))
  const used = counting(isNotNull(texts.usedAt))
  const ofAlert = db.orm
    .select()
    .from(texts)
    .where(eq(texts.alertId, sql.placeholder('alertId')))
    .orderBy(asc(texts.createdAt), asc(texts.id))
    .prepare()
  const use = db.raw.prepare('update texts set used_at = ? where id = ? and used_at is null')
  const sent = db.raw.prepare('update texts set sent_at = ?, gateway_id = ?, status = ? where id = ?')
  const status = db.raw.prepare(`update texts set status = ? where gateway_id = ?`)

  return {
    async insert(row: typeof texts.$inferInsert): Promise<void> {
      add(row)
    },
    async byId(id: string): Promise<Text | null> {
      return byId.get({ id }) ?? null
    },
    /** Texts to a person whose code still counts at `now` (epoch ms), oldest first. */
    async open(personId: string, now: number): Promise<Text[]> {
      return open.all({ personId, now })
    },
    /** Texts to a person whose code was used and would count at `now` (epoch ms) if it had not been. */
    async used(personId: string, now: number): Promise<Text[]> {
      return used.all({ personId, now })
    },
    async ofAlert(alertId: string): Promise<Text[]> {
      return ofAlert.all({ alertId })
    },
    /** Uses the code of a text up; false when it was used before. */
    async use(id: string, at: number): Promise<boolean> {
      return use.run(at, id).changes === 1
    },
    async sent(id: string, gatewayId: string, at: number): Promise<void> {
      sent.run(at, gatewayId, 'sent', id)
    },
    /** What the gateway says became of a text; false for one that is not ours. */
    async report(gatewayId: string, what: string): Promise<boolean> {
      return status.run(what, gatewayId).changes === 1
    },
  }
}
