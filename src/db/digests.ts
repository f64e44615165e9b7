import { and, desc, eq, sql } from 'drizzle-orm'
import type { DigestKind } from '../domain/digest.ts'
import type { Connection } from './connection.ts'
import { digestRuns } from './schema.ts'
import { insertInto } from './statements.ts'

export type DigestRun = typeof digestRuns.$inferSelect

/** Which digests went out: one per channel, kind and local day. */
export function digestsRepo(db: Connection) {
  const claim = insertInto(db, digestRuns, 'do nothing')
  const last = db.orm
    .select()
    .from(digestRuns)
    .where(
      and(
        eq(digestRuns.channelId, sql.placeholder('channelId')),
        eq(digestRuns.kind, sql.placeholder('kind')),
      ),
    )
    .orderBy(desc(digestRuns.day))
    .limit(1)
    .prepare()

  return {
    /** Takes the digest of a channel for a local day; false when it was taken before, whatever restarts happened. */
    async claim(run: DigestRun): Promise<boolean> {
      return claim(run).changes === 1
    },
    async last(channelId: string, kind: DigestKind): Promise<DigestRun | null> {
      return last.get({ channelId, kind }) ?? null
    },
  }
}
