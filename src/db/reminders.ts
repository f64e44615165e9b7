import { and, asc, eq, sql } from 'drizzle-orm'
import type { Connection } from './connection.ts'
import { reminders } from './schema.ts'
import { insertInto } from './statements.ts'

export type Reminder = typeof reminders.$inferSelect
export type ReminderPatch = Partial<Omit<Reminder, 'id' | 'recordKind' | 'recordId' | 'personId'>>

/** Whom the bot reminds of which record, and when next. */
export function remindersRepo(db: Connection) {
  const add = insertInto(db, reminders)
  const byId = db.orm
    .select()
    .from(reminders)
    .where(eq(reminders.id, sql.placeholder('id')))
    .prepare()
  const ofRecord = db.orm
    .select()
    .from(reminders)
    .where(
      and(
        eq(reminders.recordKind, sql.placeholder('kind')),
        eq(reminders.recordId, sql.placeholder('recordId')),
      ),
    )
    .orderBy(asc(reminders.id))
    .prepare()
  const dueOf = db.orm
    .select()
    .from(reminders)
    .where(
      sql`${reminders.personId} = ${sql.placeholder('personId')} and ${reminders.active} = 1
        and ${reminders.nextDueAt} <= ${sql.placeholder('now')}`,
    )
    .orderBy(asc(reminders.nextDueAt), asc(reminders.id))
    .prepare()

  return {
    /** @throws SqliteError where the person is reminded of the record already. */
    async insert(row: Reminder): Promise<void> {
      add(row)
    },
    async byId(id: string): Promise<Reminder | null> {
      return byId.get({ id }) ?? null
    },
    /** Everybody who is or was reminded of a record. */
    async ofRecord(kind: string, recordId: string): Promise<Reminder[]> {
      return ofRecord.all({ kind, recordId })
    },
    /** What is to be said to a person by `now` (epoch ms), longest due first. */
    async dueOf(personId: string, now: number): Promise<Reminder[]> {
      return dueOf.all({ personId, now })
    },
    async update(id: string, patch: ReminderPatch): Promise<boolean> {
      return db.orm.update(reminders).set(patch).where(eq(reminders.id, id)).run().changes === 1
    },
  }
}
