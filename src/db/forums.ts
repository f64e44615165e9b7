import { and, asc, eq, isNull, sql } from 'drizzle-orm'
import type { Connection } from './connection.ts'
import { forumHostings, forumInvites, forums } from './schema.ts'
import { insertInto, listOf } from './statements.ts'

export type Forum = typeof forums.$inferSelect
export type ForumInvite = typeof forumInvites.$inferSelect
export type ForumHosting = typeof forumHostings.$inferSelect

/** Groups, who was invited into them, and which does the work of another. */
export function forumsRepo(db: Connection) {
  const add = insertInto(db, forums)
  const addHosting = insertInto(db, forumHostings)
  const by = (column: typeof forums.id | typeof forums.code | typeof forums.requestKey) =>
    db.orm
      .select()
      .from(forums)
      .where(eq(column, sql.placeholder('value')))
      .prepare()
  const byId = by(forums.id)
  const byCode = by(forums.code)
  const byRequestKey = by(forums.requestKey)
  const byIds = db.orm
    .select()
    .from(forums)
    .where(sql`${forums.id} in ${listOf('ids')}`)
    .orderBy(asc(forums.createdAt), asc(forums.id))
    .prepare()
  const all = db.orm.select().from(forums).orderBy(asc(forums.createdAt), asc(forums.id)).prepare()
  const invitesOf = db.orm
    .select()
    .from(forumInvites)
    .where(sql`${forumInvites.forumId} in ${listOf('ids')}`)
    .orderBy(asc(forumInvites.who))
    .prepare()
  const invite = db.raw.prepare<[string, string, string, number]>(
    `insert into forum_invites (forum_id, who, state, at) values (?, ?, ?, ?)
     on conflict (forum_id, who) do update set state = excluded.state, at = excluded.at`,
  )
  const hostings = db.orm
    .select()
    .from(forumHostings)
    .orderBy(asc(forumHostings.since), asc(forumHostings.id))
    .prepare()

  return {
    /** @throws SqliteError when the code or the form was stored before. */
    async insert(row: Forum): Promise<void> {
      add(row)
    },
    async byId(id: string): Promise<Forum | null> {
      return byId.get({ value: id }) ?? null
    },
    async byIds(ids: readonly string[]): Promise<Forum[]> {
      return ids.length === 0 ? [] : byIds.all({ ids: JSON.stringify(ids) })
    },
    async byCode(code: string): Promise<Forum | null> {
      return byCode.get({ value: code }) ?? null
    },
    /** The group a submitted form became. */
    async byRequestKey(key: string): Promise<Forum | null> {
      return byRequestKey.get({ value: key }) ?? null
    },
    /** Every group, first made first. */
    async all(): Promise<Forum[]> {
      return all.all()
    },
    async update(id: string, patch: Partial<Omit<Forum, 'id' | 'code'>>): Promise<void> {
      db.orm.update(forums).set(patch).where(eq(forums.id, id)).run()
    },
    async invitesOf(ids: readonly string[]): Promise<ForumInvite[]> {
      return ids.length === 0 ? [] : invitesOf.all({ ids: JSON.stringify(ids) })
    },
    /** Invites, or writes down how they answered. */
    async invite({ forumId, who, state, at }: ForumInvite): Promise<void> {
      invite.run(forumId, who, state, at)
    },
    async host(row: ForumHosting): Promise<void> {
      addHosting(row)
    },
    /** Ends the hosting of a group at a time (epoch ms); false where none runs. */
    async endHosting(forumId: string, at: number, by: string): Promise<boolean> {
      const { changes } = db.orm
        .update(forumHostings)
        .set({ backAt: at, backBy: by })
        .where(and(eq(forumHostings.forumId, forumId), isNull(forumHostings.backAt)))
        .run()
      return changes === 1
    },
    /** Every hosting, past ones too, first begun first. */
    async hostings(): Promise<ForumHosting[]> {
      return hostings.all()
    },
  }
}
