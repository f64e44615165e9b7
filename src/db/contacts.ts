import { eq, sql } from 'drizzle-orm'
import type { Connection } from './connection.ts'
import { contacts, phones } from './schema.ts'
import { insertInto, listOf } from './statements.ts'

export type Contact = typeof contacts.$inferSelect
export type Phone = typeof phones.$inferSelect

/** Telephone numbers, sealed: of those who ring from the field, and of people who asked for texts. */
export function contactsRepo(db: Connection) {
  const add = insertInto(db, contacts)
  const byId = db.orm
    .select()
    .from(contacts)
    .where(eq(contacts.id, sql.placeholder('id')))
    .prepare()
  const byDigest = db.orm
    .select()
    .from(contacts)
    .where(sql`${contacts.digest} in ${listOf('digests')}`)
    .limit(1)
    .prepare()
  const ofSource = db.orm
    .select()
    .from(contacts)
    .where(eq(contacts.sourceId, sql.placeholder('sourceId')))
    .prepare()
  const held = db.orm.select().from(contacts).where(sql`${contacts.sealed} is not null`).prepare()
  const phone = db.orm
    .select()
    .from(phones)
    .where(eq(phones.personId, sql.placeholder('personId')))
    .prepare()
  const phonesBy = db.orm
    .select()
    .from(phones)
    .where(sql`${phones.digest} in ${listOf('digests')}`)
    .prepare()
  const allPhones = db.orm.select().from(phones).prepare()
  const setPhone = db.raw.prepare(
    `insert into phones (person_id, digest, sealed, wrapped_key, key_id, set_at, wrong) values (?, ?, ?, ?, ?, ?, 0)
     on conflict (person_id) do update set digest = excluded.digest, sealed = excluded.sealed,
       wrapped_key = excluded.wrapped_key, key_id = excluded.key_id, set_at = excluded.set_at, wrong = 0, wrong_since = null`,
  )
  const removePhone = db.raw.prepare('delete from phones where person_id = ?')
  const wrong = db.raw.prepare('update phones set wrong = ?, wrong_since = ? where person_id = ?')
  const keyIds = db.raw
    .prepare<[], string>(
      `select key_id from contacts where key_id is not null union select key_id from phones
       union select key_id from inbound_messages where key_id is not null`,
    )
    .pluck()

  return {
    async insert(row: typeof contacts.$inferInsert): Promise<void> {
      add(row)
    },
    async byId(id: string): Promise<Contact | null> {
      return byId.get({ id }) ?? null
    },
    /** The number with one of these digests: of the vault's current key, or of one before. */
    async byDigest(digests: readonly string[]): Promise<Contact | null> {
      return byDigest.get({ digests: JSON.stringify(digests) }) ?? null
    },
    async ofSource(sourceId: string): Promise<Contact[]> {
      return ofSource.all({ sourceId })
    },
    async update(id: string, patch: Partial<typeof contacts.$inferInsert>): Promise<boolean> {
      return db.orm.update(contacts).set(patch).where(eq(contacts.id, id)).run().changes === 1
    },
    /** Every number that is not erased. */
    async held(): Promise<Contact[]> {
      return held.all()
    },
    async phone(personId: string): Promise<Phone | null> {
      return phone.get({ personId }) ?? null
    },
    /** People with this number: a duty telephone has several. */
    async phonesBy(digests: readonly string[]): Promise<Phone[]> {
      return phonesBy.all({ digests: JSON.stringify(digests) })
    },
    async phones(): Promise<Phone[]> {
      return allPhones.all()
    },
    /** Sets a person's number, in place of the one before. */
    async setPhone(row: Omit<Phone, 'wrong' | 'wrongSince'>): Promise<void> {
      setPhone.run(row.personId, row.digest, row.sealed, row.wrappedKey, row.keyId, row.setAt)
    },
    /** False where there was none. */
    async removePhone(personId: string): Promise<boolean> {
      return removePhone.run(personId).changes === 1
    },
    async setWrong(personId: string, count: number, since: number | null): Promise<void> {
      wrong.run(count, since, personId)
    },
    /** Which keys are needed to open all there is. */
    async keyIds(): Promise<string[]> {
      return keyIds.all()
    },
  }
}
