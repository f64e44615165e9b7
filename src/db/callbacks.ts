import { and, asc, desc, eq, inArray, sql } from 'drizzle-orm'
import type { Connection } from './connection.ts'
import { callbacks, callbackTold, inboundMessages } from './schema.ts'
import { insertInto } from './statements.ts'

export type Callback = typeof callbacks.$inferSelect
export type NewCallback = typeof callbacks.$inferInsert
export type InboundMessage = typeof inboundMessages.$inferSelect
export type CallbackTold = typeof callbackTold.$inferSelect

/** Those who wait to be called back, what they sent, and who was told. */
export function callbacksRepo(db: Connection) {
  const add = insertInto(db, callbacks)
  const addMessage = insertInto(db, inboundMessages)
  const addTold = insertInto(db, callbackTold, 'do nothing')
  const byId = db.orm
    .select()
    .from(callbacks)
    .where(eq(callbacks.id, sql.placeholder('id')))
    .prepare()
  const byCode = db.orm
    .select()
    .from(callbacks)
    .where(eq(callbacks.code, sql.placeholder('code')))
    .prepare()
  const open = db.orm
    .select()
    .from(callbacks)
    .where(sql`${callbacks.state} = 'open'`)
    .orderBy(asc(callbacks.dueAt), asc(callbacks.id))
    .prepare()
  const openOf = db.orm
    .select()
    .from(callbacks)
    .where(and(eq(callbacks.contactId, sql.placeholder('contactId')), eq(callbacks.state, 'open')))
    .orderBy(desc(callbacks.receivedAt))
    .limit(1)
    .prepare()
  const raisedOf = db.orm
    .select()
    .from(callbacks)
    .where(
      and(
        eq(callbacks.contactId, sql.placeholder('contactId')),
        inArray(callbacks.state, ['raised', 'added']),
      ),
    )
    .orderBy(desc(callbacks.receivedAt))
    .limit(20)
    .prepare()
  const messages = db.orm
    .select()
    .from(inboundMessages)
    .where(eq(inboundMessages.callbackId, sql.placeholder('callbackId')))
    .orderBy(asc(inboundMessages.receivedAt), asc(inboundMessages.id))
    .prepare()
  const told = db.orm
    .select()
    .from(callbackTold)
    .where(eq(callbackTold.callbackId, sql.placeholder('callbackId')))
    .orderBy(asc(callbackTold.at), asc(callbackTold.rung))
    .prepare()
  const replied = db.raw.prepare('update inbound_messages set replied_at = ? where id = ?')
  const repliesSince = db.raw
    .prepare<[string, number], number>(
      `select count(*) from inbound_messages join callbacks on callbacks.id = inbound_messages.callback_id
       where callbacks.contact_id = ? and inbound_messages.replied_at > ?`,
    )
    .pluck()
  const see = db.raw.prepare('insert into inbound_seen (digest, at) values (?, ?) on conflict do nothing')
  const seen = db.raw.prepare('select 1 from inbound_seen where digest = ?')
  const sealedMessages = db.raw.prepare<[], Pick<InboundMessage, 'id' | 'sealed' | 'wrappedKey' | 'keyId'>>(
    `select id, sealed, wrapped_key as wrappedKey, key_id as keyId from inbound_messages where sealed is not null`,
  )
  const rewrapMessage = db.raw.prepare(
    'update inbound_messages set wrapped_key = ?, key_id = ? where id = ? and wrapped_key = ?',
  )
  const counts = db.raw.prepare<[], { open: number; unknown: number }>(
    `select count(*) as open, count(*) filter (where contacts.verdict = 'unknown' or contacts.verdict is null) as unknown
     from callbacks left join contacts on contacts.id = callbacks.contact_id where state = 'open'`,
  )

  return {
    /** @throws SqliteError when the code was given before. */
    async insert(row: NewCallback): Promise<void> {
      add(row)
    },
    async byId(id: string): Promise<Callback | null> {
      return byId.get({ id }) ?? null
    },
    async byCode(code: string): Promise<Callback | null> {
      return byCode.get({ code }) ?? null
    },
    /** Those nobody has decided about, next due first. */
    async open(): Promise<Callback[]> {
      return open.all()
    },
    /** How many wait, and how many of them came from a number nobody knows or from no number. */
    async counts(): Promise<{ open: number; unknown: number }> {
      return counts.get()!
    },
    /** The one this number waits for. */
    async openOf(contactId: string): Promise<Callback | null> {
      return openOf.get({ contactId }) ?? null
    },
    /** Those of this number that became part of an alert, the newest first. */
    async raisedOf(contactId: string): Promise<Callback[]> {
      return raisedOf.all({ contactId })
    },
    /** Changes fields of one that is still open; false when somebody decided meanwhile. */
    async update(id: string, patch: Partial<NewCallback>): Promise<boolean> {
      const still = and(eq(callbacks.id, id), eq(callbacks.state, 'open'))
      return db.orm.update(callbacks).set(patch).where(still).run().changes === 1
    },
    async addMessage(row: typeof inboundMessages.$inferInsert): Promise<void> {
      addMessage(row)
    },
    /** In the order of arrival. */
    async messages(callbackId: string): Promise<InboundMessage[]> {
      return messages.all({ callbackId })
    },
    /** False when the person was told before. */
    async addTold(row: CallbackTold): Promise<boolean> {
      return addTold(row).changes === 1
    },
    async told(callbackId: string): Promise<CallbackTold[]> {
      return told.all({ callbackId })
    },
    async replied(messageId: string, at: number): Promise<void> {
      replied.run(at, messageId)
    },
    /** How often this number was sent the mission's word since `since` (epoch ms). */
    async repliesSince(contactId: string, since: number): Promise<number> {
      return repliesSince.get(contactId, since) ?? 0
    },
    /** Whether any of these digests was seen before. */
    async seen(digests: readonly string[]): Promise<boolean> {
      return digests.some(digest => seen.get(digest) !== undefined)
    },
    async see(digests: readonly string[], at: number): Promise<void> {
      for (const digest of digests) see.run(digest, at)
    },
    /** Every message whose words are still there, for the change of the vault's key. */
    async sealedMessages(): Promise<Pick<InboundMessage, 'id' | 'sealed' | 'wrappedKey' | 'keyId'>[]> {
      return sealedMessages.all()
    },
    async rewrapMessage(
      id: string,
      from: string,
      to: { wrappedKey: string; keyId: string },
    ): Promise<boolean> {
      return rewrapMessage.run(to.wrappedKey, to.keyId, id, from).changes === 1
    },
  }
}
