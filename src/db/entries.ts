import { asc, eq, sql } from 'drizzle-orm'
import type { Connection } from './connection.ts'
import { entries, entryVersions } from './schema.ts'
import { given, insertInto, listOf } from './statements.ts'

export type Entry = typeof entries.$inferSelect
export type EntryVersion = typeof entryVersions.$inferSelect

/** What is said of alerts in voices of their own. */
export function entriesRepo(db: Connection) {
  const add = insertInto(db, entries)
  const addVersion = insertInto(db, entryVersions)
  const by = (column: typeof entries.id | typeof entries.code | typeof entries.requestKey) =>
    db.orm
      .select()
      .from(entries)
      .where(eq(column, sql.placeholder('value')))
      .prepare()
  const byId = by(entries.id)
  const byCode = by(entries.code)
  const byRequestKey = by(entries.requestKey)
  const ofAlert = db.orm
    .select()
    .from(entries)
    .where(eq(entries.alertId, sql.placeholder('alertId')))
    .orderBy(asc(entries.at), asc(entries.id))
    .prepare()
  const all = db.orm.select().from(entries).orderBy(asc(entries.at), asc(entries.id)).prepare()
  const versions = db.orm
    .select()
    .from(entryVersions)
    .where(sql`${entryVersions.entryId} in ${listOf('ids')}`)
    .orderBy(asc(entryVersions.entryId), asc(entryVersions.version))
    .prepare()
  const withdraw = db.orm
    .update(entries)
    .set({ withdrawnAt: given<number>('at') })
    .where(sql`${entries.id} = ${sql.placeholder('id')} and ${entries.withdrawnAt} is null`)
    .prepare()

  return {
    /** @throws SqliteError when the code or the form was stored before. */
    async insert(row: Entry): Promise<void> {
      add(row)
    },
    /** @throws SqliteError when this version stands already. */
    async addVersion(row: EntryVersion): Promise<void> {
      addVersion(row)
    },
    async byId(id: string): Promise<Entry | null> {
      return byId.get({ value: id }) ?? null
    },
    async byCode(code: string): Promise<Entry | null> {
      return byCode.get({ value: code }) ?? null
    },
    async byRequestKey(key: string): Promise<Entry | null> {
      return byRequestKey.get({ value: key }) ?? null
    },
    /** Of one alert, first written first, those withdrawn among them. */
    async ofAlert(alertId: string): Promise<Entry[]> {
      return ofAlert.all({ alertId })
    },
    async all(): Promise<Entry[]> {
      return all.all()
    },
    /** Every version of these entries, oldest first. */
    async versionsOf(ids: readonly string[]): Promise<EntryVersion[]> {
      return versions.all({ ids: JSON.stringify(ids) })
    },
    /** False where it was withdrawn before. */
    async withdraw(id: string, at: number): Promise<boolean> {
      return withdraw.run({ id, at }).changes === 1
    },
  }
}
