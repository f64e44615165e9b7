import { and, asc, eq, getTableColumns, sql } from 'drizzle-orm'
import type { Connection } from './connection.ts'
import { accessLog } from './schema.ts'
import { insertInto } from './statements.ts'

export type Access = Omit<typeof accessLog.$inferSelect, 'id'>

const { id: _id, ...columns } = getTableColumns(accessLog)

/** Who was shown a restricted layer of a record. */
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

  return {
    async add({ at, personId, layer, recordKind, recordId }: Access): Promise<void> {
      add({ at, personId, layer, recordKind, recordId })
    },
    /** In the order of looking. */
    async ofRecord(recordKind: string, recordId: string): Promise<Access[]> {
      return ofRecord.all({ recordKind, recordId })
    },
  }
}
