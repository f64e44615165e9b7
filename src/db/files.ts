import { and, asc, eq, sql } from 'drizzle-orm'
import type { Connection } from './connection.ts'
import { postedFiles } from './schema.ts'
import { insertInto } from './statements.ts'

export type PostedFile = typeof postedFiles.$inferSelect

/** Which of a record's files stand where in Slack. */
export function filesRepo(db: Connection) {
  const add = insertInto(db, postedFiles, 'do nothing')
  const at = db.orm
    .select()
    .from(postedFiles)
    .where(
      and(
        eq(postedFiles.recordId, sql.placeholder('recordId')),
        eq(postedFiles.target, sql.placeholder('target')),
      ),
    )
    .orderBy(asc(postedFiles.postedAt), asc(postedFiles.fileId))
    .prepare()
  const remove = db.raw.prepare('delete from posted_files where file_id = ?')

  return {
    /** A record's files at a target, oldest first. */
    async at(recordId: string, target: string): Promise<PostedFile[]> {
      return at.all({ recordId, target })
    },
    async add(file: PostedFile): Promise<void> {
      add(file)
    },
    async remove(fileId: string): Promise<void> {
      remove.run(fileId)
    },
  }
}
