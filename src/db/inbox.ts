import { asc, eq, sql } from 'drizzle-orm'
import type { Connection } from './connection.ts'
import { inbox } from './schema.ts'
import { insertInto } from './statements.ts'

export type InboxItem = typeof inbox.$inferSelect

export interface NewInboxItem {
  /** Slack's own id, so that a retry finds its row. */
  id: string
  kind: string
  body: Record<string, unknown>
  /** Epoch milliseconds UTC. */
  receivedAt: number
}

/** An item that fails this often is set aside. */
export const mostAttempts = 3

/** What Slack sent, stored before it is acknowledged. */
export function inboxRepo(db: Connection) {
  const add = insertInto(db, inbox, 'do nothing')
  const next = db.orm
    .select()
    .from(inbox)
    .where(sql`${inbox.state} = 'waiting'`)
    .orderBy(asc(inbox.receivedAt), asc(sql`rowid`))
    .limit(sql.placeholder('limit'))
    .prepare()
  const done = db.orm
    .update(inbox)
    .set({ state: 'done', body: null })
    .where(eq(inbox.id, sql.placeholder('id')))
    .prepare()
  const failed = db.raw.prepare<[number, string, string], { state: 'waiting' | 'failed' }>(
    `update inbox set attempts = attempts + 1, state = iif(attempts + 1 >= ?, 'failed', 'waiting'), error = ?
     where id = ? and state = 'waiting' returning state`,
  )
  const purge = db.raw.prepare(`delete from inbox where state <> 'waiting' and received_at < ?`)

  return {
    /** False, and nothing stored, when this id was seen before. */
    async add({ id, kind, body, receivedAt }: NewInboxItem): Promise<boolean> {
      const isNew = add({ id, kind, body, receivedAt, state: 'waiting' }).changes === 1
      db.touched.inbox ||= isNew
      return isNew
    },
    /** What waits to be worked off, longest waiting first. */
    async next(limit: number): Promise<InboxItem[]> {
      return next.all({ limit })
    },
    /** Worked off: the body is erased, the id stays to recognise a retry. */
    async done(id: string): Promise<void> {
      done.run({ id })
    },
    /** Counts a failed attempt; after {@link mostAttempts} the item is set aside as `failed`. */
    async failed(id: string, error: string): Promise<'waiting' | 'failed' | null> {
      return failed.get(mostAttempts, error, id)?.state ?? null
    },
    /** Removes what is done or failed and was received before `before` (epoch ms); tells how many. */
    async purge(before: number): Promise<number> {
      return purge.run(before).changes
    },
  }
}
