import { desc, eq, sql } from 'drizzle-orm'
import type { Connection } from './connection.ts'
import { digestRuns } from './schema.ts'
import { insertInto } from './statements.ts'

export type DigestRun = typeof digestRuns.$inferSelect

/** Which digests went out: one per channel and local day. */
export function digestsRepo(db: Connection) {
  const claim = insertInto(db, digestRuns, 'do nothing')
  const last = db.orm
    .select()
    .from(digestRuns)
    .where(eq(digestRuns.channelId, sql.placeholder('channelId')))
    .orderBy(desc(digestRuns.day))
    .limit(1)
    .prepare()

  return {
    /**
     * Takes the digest of a channel for a day; false when it was taken before, whatever restarts happened.
     *
     * @param day the local day as `YYYY-MM-DD`.
     * @param dueAt when it should have gone, `at` when it is taken; epoch milliseconds UTC.
     */
    async claim(channelId: string, day: string, dueAt: number, at: number, late: boolean): Promise<boolean> {
      return claim({ channelId, day, dueAt, at, late }).changes === 1
    },
    async last(channelId: string): Promise<DigestRun | null> {
      return last.get({ channelId }) ?? null
    },
  }
}
