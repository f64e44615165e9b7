import { and, asc, eq, inArray, lt, ne, sql } from 'drizzle-orm'
import type { Connection } from './connection.ts'
import { type Entry, outboxClaims } from './outbox-claims.ts'
import { outbox } from './schema.ts'
import { given } from './statements.ts'

export type { Entry }

export interface NewEntry {
  id: string
  /** `card` for a card, which is posted or edited; anything else is said once. */
  kind: string
  recordId: string
  /** A Slack channel id, or `person:<people.id>`. */
  target: string
  /** Ids and codes only: texts are read from the record at delivery. */
  data: Record<string, unknown>
  urgent: boolean
  /** Epoch milliseconds; not delivered before. Left out: at once. */
  notBefore?: number
}

export interface OutboxCounts {
  waiting: number
  claimed: number
  parked: number
  /** When the oldest waiting entry was added, epoch milliseconds; null when nothing waits. */
  oldestWaiting: number | null
}

/** What must be said, in order per target and record. */
export function outboxRepo(db: Connection) {
  const id = eq(outbox.id, sql.placeholder('id'))
  const isClaimed = and(id, eq(outbox.state, 'claimed'))
  const isOpen = and(id, inArray(outbox.state, ['waiting', 'claimed']))
  const error = given<string>('code')

  const insert = db.raw.prepare<[number, string]>(
    `insert into outbox (id, kind, record_id, target, data, urgent, state, attempts, not_before, created_at)
     select value ->> 0, value ->> 1, value ->> 2, value ->> 3, value ->> 4, value ->> 5, 'waiting', 0, value ->> 6, ?
     from json_each(?) order by key`,
  )
  const hurry = db.raw.prepare(
    `update outbox set urgent = 1 where target = ? and record_id = ? and state = 'waiting' and urgent = 0`,
  )
  const sent = db.orm
    .update(outbox)
    .set({
      state: 'sent',
      sentAt: given<number>('at'),
      channel: given<string>('channel'),
      ts: given<string>('ts'),
      error: null,
    })
    .where(and(id, ne(outbox.state, 'sent')))
    .prepare()
  const later = db.orm
    .update(outbox)
    .set({ state: 'waiting', notBefore: given<number>('notBefore'), error })
    .where(isClaimed)
    .prepare()
  const park = db.orm.update(outbox).set({ state: 'parked', error }).where(isOpen).prepare()
  const drop = db.orm
    .update(outbox)
    .set({ state: 'dropped', error })
    .where(and(id, inArray(outbox.state, ['waiting', 'claimed', 'parked'])))
    .prepare()
  const release = db.orm
    .update(outbox)
    .set({ state: 'waiting' })
    .where(and(sql`${outbox.state} = 'claimed'`, lt(outbox.claimedAt, sql.placeholder('before'))))
    .prepare()
  const retry = db.orm
    .update(outbox)
    .set({ state: 'waiting', notBefore: given<number>('now') })
    .where(and(id, inArray(outbox.state, ['waiting', 'parked'])))
    .prepare()
  const mark = db.raw.prepare(
    `update outbox set attempts = 1 where (state = 'waiting' or state = 'claimed') and attempts = 0`,
  )
  const byId = db.orm.select().from(outbox).where(id).prepare()
  const open = db.orm
    .select()
    .from(outbox)
    .where(sql`(${outbox.state} = 'waiting' or ${outbox.state} = 'claimed')`)
    .orderBy(asc(outbox.seq))
    .limit(sql.placeholder('limit'))
    .prepare()
  const parked = db.orm
    .select()
    .from(outbox)
    .where(sql`${outbox.state} = 'parked'`)
    .orderBy(asc(outbox.seq))
    .prepare()
  const counts = db.raw.prepare<[], OutboxCounts>(
    `select (select count(*) from outbox where state = 'waiting') as waiting,
            (select count(*) from outbox where state = 'claimed') as claimed,
            (select count(*) from outbox where state = 'parked') as parked,
            (select min(created_at) from outbox where state = 'waiting') as oldestWaiting`,
  )
  const nextDue = db.raw
    .prepare<[number, number], number | null>(
      `select min(t) from (
         select min(not_before) as t from outbox where state = 'waiting' and urgent = 1 and not_before > ?
         union all
         select min(not_before) from outbox where state = 'waiting' and urgent = 0 and not_before > ?)`,
    )
    .pluck()
  const purge = db.raw.prepare(
    `delete from outbox where state in ('sent', 'merged', 'dropped') and created_at < ?`,
  )

  const changed = (changes: number): boolean => {
    db.touched.outbox ||= changes > 0
    return changes > 0
  }

  return {
    ...outboxClaims(db),

    /**
     * Queues entries, in their order, behind what waits already for the same target and record. An urgent entry makes
     * those ahead of it urgent too: otherwise what is not urgent would hold it up.
     */
    async add(...entries: NewEntry[]): Promise<void> {
      if (entries.length === 0) return
      const now = db.clock.now()
      const rows = entries.map(({ id, kind, recordId, target, data, urgent, notBefore }) => [
        id,
        kind,
        recordId,
        target,
        JSON.stringify(data),
        Number(urgent),
        notBefore ?? now,
      ])
      insert.run(now, JSON.stringify(rows))
      for (const { target, recordId, urgent } of entries) if (urgent) hurry.run(target, recordId)
      changed(1)
    },
    /** It stands in Slack. True also for an entry that was released meanwhile: what was posted was posted. */
    async sent(id: string, posted: { channel: string; ts: string; at: number }): Promise<boolean> {
      return changed(sent.run({ id, ...posted }).changes)
    },
    /** Try again at `notBefore` (epoch ms); what follows for the same target and record waits behind it. */
    async later(id: string, notBefore: number, code: string): Promise<boolean> {
      return changed(later.run({ id, notBefore, code }).changes)
    },
    /** It can never succeed as it is: kept for the health page; what follows no longer waits for it. */
    async park(id: string, code: string): Promise<boolean> {
      return changed(park.run({ id, code }).changes)
    },
    /** It need not be said any more. */
    async drop(id: string, code: string): Promise<boolean> {
      return changed(drop.run({ id, code }).changes)
    },
    /** Opens again what was claimed before `before` (epoch ms) by a bot that died; tells how many. */
    async release(before: number): Promise<number> {
      const { changes } = release.run({ before })
      changed(changes)
      return changes
    },
    /** Tries a parked or waiting entry at once. */
    async retry(id: string): Promise<boolean> {
      return changed(retry.run({ id, now: db.clock.now() }).changes)
    },
    /** Marks all open entries as perhaps posted already, for a store that was restored from a backup. */
    async distrust(): Promise<number> {
      return mark.run().changes
    },
    async byId(id: string): Promise<Entry | null> {
      return byId.get({ id }) ?? null
    },
    /** Waiting and claimed entries, oldest first. */
    async open(limit: number): Promise<Entry[]> {
      return open.all({ limit })
    },
    /** When the next of those that may not go yet at `now` may (epoch ms); null when there is none. */
    async nextDue(now: number): Promise<number | null> {
      return nextDue.get(now, now) ?? null
    },
    async parked(): Promise<Entry[]> {
      return parked.all()
    },
    async counts(): Promise<OutboxCounts> {
      return counts.get()!
    },
    /** Removes what is settled and was added before `before` (epoch ms); tells how many. */
    async purge(before: number): Promise<number> {
      return purge.run(before).changes
    },
  }
}
