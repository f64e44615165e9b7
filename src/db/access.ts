import { and, asc, eq, getTableColumns, gte, lt, sql } from 'drizzle-orm'
import type { Connection } from './connection.ts'
import { accessLog } from './schema.ts'
import { insertInto } from './statements.ts'

export type Access = Omit<typeof accessLog.$inferSelect, 'id'>
export type NewAccess = Omit<Access, 'reason'> & { reason?: string | null }

const { id: _id, ...columns } = getTableColumns(accessLog)

/** Who was shown a restricted layer of a record, a source, a release or an export. */
export function accessRepo(db: Connection) {
  const add = insertInto(db, accessLog)
  const ofRecord = db.orm
    .select(columns)
    .from(accessLog)
    .where(
      and(
        eq(accessLog.recordKind, sql.placeholder('recordKind')),
        eq(accessLog.recordId, sql.placeholder('recordId')),
      ),
    )
    .orderBy(asc(accessLog.id))
    .prepare()
  const ofPerson = db.orm
    .select(columns)
    .from(accessLog)
    .where(eq(accessLog.personId, sql.placeholder('personId')))
    .orderBy(asc(accessLog.id))
    .prepare()
  const between = db.orm
    .select(columns)
    .from(accessLog)
    .where(and(gte(accessLog.at, sql.placeholder('from')), lt(accessLog.at, sql.placeholder('to'))))
    .orderBy(asc(accessLog.id))
    .prepare()

  return {
    async add({ at, personId, layer, recordKind, recordId, reason = null }: NewAccess): Promise<void> {
      add({ at, personId, layer, recordKind, recordId, reason })
    },
    /** In the order of looking. */
    async ofRecord(recordKind: string, recordId: string): Promise<Access[]> {
      return ofRecord.all({ recordKind, recordId })
    },
    /** What this person was shown, in the order of looking. */
    async ofPerson(personId: string): Promise<Access[]> {
      return ofPerson.all({ personId })
    },
    /** What was looked at in [from, to) (epoch ms), in the order of looking. */
    async between(from: number, to: number): Promise<Access[]> {
      return between.all({ from, to })
    },
  }
}
