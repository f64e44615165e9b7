import { asc, gte, sql } from 'drizzle-orm'
import type { Connection } from './connection.ts'
import { outages } from './schema.ts'

export type Outage = typeof outages.$inferSelect

/** Small facts of the store itself, and the times the bot was away. */
export function metaRepo(db: Connection) {
  const get = db.raw.prepare<[string], string>('select value from meta where key = ?').pluck()
  const set = db.raw.prepare(
    'insert into meta (key, value) values (?, ?) on conflict (key) do update set value = excluded.value',
  )
  const remove = db.raw.prepare('delete from meta where key = ?')
  const addOutage = db.raw.prepare('insert into outages (from_at, to_at) values (?, ?)')
  const since = db.orm
    .select()
    .from(outages)
    .where(gte(outages.toAt, sql.placeholder('t')))
    .orderBy(asc(outages.fromAt))
    .prepare()

  return {
    async get(key: string): Promise<string | null> {
      return get.get(key) ?? null
    },
    async set(key: string, value: string): Promise<void> {
      set.run(key, value)
    },
    async remove(key: string): Promise<void> {
      remove.run(key)
    },
    /** The bot was away from `from` to `to` (epoch ms). */
    async addOutage(from: number, to: number): Promise<void> {
      addOutage.run(from, to)
    },
    /** Outages that ended at or after `t` (epoch ms), oldest first. */
    async outagesSince(t: number): Promise<Outage[]> {
      return since.all({ t })
    },
  }
}
