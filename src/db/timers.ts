import { and, asc, eq, lte, sql } from 'drizzle-orm'
import type { Connection } from './connection.ts'
import { timers } from './schema.ts'
import { given } from './statements.ts'

export type Timer = typeof timers.$inferSelect

export interface NewTimer {
  /** What the timer is for, unique: arming the same key again moves it. */
  key: string
  kind: string
  recordId: string
  slot?: string | null
  /** Epoch milliseconds UTC. */
  dueAt: number
}

/** What is due. The rows are the truth; queued jobs only wake somebody who claims them. */
export function timersRepo(db: Connection) {
  const armed = eq(timers.state, 'armed')
  const isArmed = sql`${timers.state} = 'armed'`
  type Row = [string, string, string, string | null, number]
  const arming = `insert into timers (key, kind, record_id, slot, due_at, arming, state) values (?, ?, ?, ?, ?, 1, 'armed')
     on conflict (key) do update set kind = excluded.kind, record_id = excluded.record_id, slot = excluded.slot,
       due_at = excluded.due_at, arming = arming + 1, state = 'armed', fired_at = null`
  const arm = db.raw.prepare<Row, { id: number; arming: number }>(`${arming} returning id, arming`)
  const ensure = db.raw.prepare<Row>(`${arming} where state <> 'armed' or due_at <> excluded.due_at`)
  const cancel = db.orm
    .update(timers)
    .set({ state: 'cancelled' })
    .where(and(eq(timers.key, sql.placeholder('key')), armed))
    .prepare()
  const claim = db.orm
    .update(timers)
    .set({ state: 'fired', firedAt: given<number>('now') })
    .where(
      and(
        eq(timers.id, sql.placeholder('id')),
        eq(timers.arming, sql.placeholder('arming')),
        armed,
        lte(timers.dueAt, sql.placeholder('now')),
      ),
    )
    .returning()
    .prepare()
  const byKey = db.orm
    .select()
    .from(timers)
    .where(eq(timers.key, sql.placeholder('key')))
    .prepare()
  const due = db.orm
    .select()
    .from(timers)
    .where(and(isArmed, lte(timers.dueAt, sql.placeholder('now'))))
    .orderBy(asc(timers.dueAt), asc(timers.id))
    .limit(sql.placeholder('limit'))
    .prepare()
  const waiting = db.orm
    .select()
    .from(timers)
    .where(isArmed)
    .orderBy(asc(timers.dueAt), asc(timers.id))
    .limit(sql.placeholder('limit'))
    .prepare()

  return {
    /** Sets a timer, or moves the one of the same key; every arming makes jobs of earlier ones stale. */
    async arm({ key, kind, recordId, slot, dueAt }: NewTimer): Promise<{ id: number; arming: number }> {
      db.touched.timers = true
      return arm.get(key, kind, recordId, slot ?? null, dueAt)!
    },
    /** As `arm`, but leaves a timer as it is that is armed for this moment already. */
    async ensure({ key, kind, recordId, slot, dueAt }: NewTimer): Promise<void> {
      const { changes } = ensure.run(key, kind, recordId, slot ?? null, dueAt)
      db.touched.timers ||= changes > 0
    },
    /** False when nothing was armed under this key. */
    async cancel(key: string): Promise<boolean> {
      const done = cancel.run({ key }).changes === 1
      db.touched.timers ||= done
      return done
    },
    /** Takes a timer that is armed, due at `now` (epoch ms) and still of this arming; null when somebody else did. */
    async claim(id: number, arming: number, now: number): Promise<Timer | null> {
      return claim.get({ id, arming, now }) ?? null
    },
    async byKey(key: string): Promise<Timer | null> {
      return byKey.get({ key }) ?? null
    },
    /** Armed timers due at `now` (epoch ms), longest overdue first. */
    async due(now: number, limit: number): Promise<Timer[]> {
      return due.all({ now, limit })
    },
    /** Armed timers, next due first. */
    async armed(limit: number): Promise<Timer[]> {
      return waiting.all({ limit })
    },
    /** When the next armed timer falls due (epoch ms); null when none is armed. */
    async next(): Promise<number | null> {
      return waiting.get({ limit: 1 })?.dueAt ?? null
    },
  }
}
