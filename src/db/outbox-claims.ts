import { and, eq, type SQL, sql } from 'drizzle-orm'
import type { Connection } from './connection.ts'
import { outbox } from './schema.ts'
import { given } from './statements.ts'

export type Entry = typeof outbox.$inferSelect

/** So many waiting entries are looked through for the edit of a card where no post may go. */
const EDITS_LOOKED_THROUGH = 200

const mayGoAs = (entry: 'o' | 'w') => {
  const o = sql.raw(entry)
  return sql`
  not exists (select 1 from outbox p where p.target = ${o}.target and p.record_id = ${o}.record_id
    and (p.state = 'waiting' or p.state = 'claimed') and (p.seq < ${o}.seq or p.state = 'claimed'))`
}
const mayGo = mayGoAs('o')

/**
 * The number of the entry that should be said next at `now`, targets in `exclude` (a JSON list) passed over.
 *
 * The conditions on `state` repeat those of the partial indexes: SQLite uses such an index only where it can see
 * them.
 */
export function nextCandidate(urgent: 0 | 1): SQL {
  return sql`
    (select o.seq from outbox o where o.state = 'waiting' and o.urgent = ${sql.raw(String(urgent))}
      and o.not_before <= ${sql.placeholder('now')} and ${mayGo}
      and o.target not in (select value from json_each(${sql.placeholder('exclude')}))
      order by o.not_before, o.seq limit 1)`
}

/**
 * Who says what next; part of the repository of the outbox.
 *
 * An entry may be claimed when it waits, is due, and nothing older for the same target and record is open, nor
 * anything of that pair claimed.
 */
export function outboxClaims(db: Connection) {
  const claiming = (which: SQL) =>
    db.orm
      .update(outbox)
      .set({ state: 'claimed', claimedAt: given<number>('now'), attempts: sql`${outbox.attempts} + 1` })
      .where(eq(outbox.seq, which))
      .returning()
      .prepare()
  const next = [claiming(nextCandidate(1)), claiming(nextCandidate(0))]
  const one = claiming(
    sql`(select o.seq from outbox o where o.id = ${sql.placeholder('id')} and o.state = 'waiting'
      and o.not_before <= ${sql.placeholder('now')} and ${mayGo})`,
  )
  const merge = db.orm
    .update(outbox)
    .set({ state: 'merged' })
    .where(
      and(
        eq(outbox.target, sql.placeholder('target')),
        eq(outbox.recordId, sql.placeholder('recordId')),
        sql`${outbox.state} = 'waiting'`,
        eq(outbox.kind, 'card'),
      ),
    )
    .prepare()

  const elsewhere = db.raw
    .prepare<[string], number>(
      `with recursive open (target) as (
         select min(target) from outbox where state = 'waiting' or state = 'claimed'
         union all
         select (select min(target) from outbox
           where (state = 'waiting' or state = 'claimed') and target > open.target)
         from open where target is not null)
       select exists (select 1 from open
         where target is not null and target not in (select value from json_each(?)))`,
    )
    .pluck()
  const editAt = (urgent: 0 | 1) =>
    claiming(
      sql`(select w.seq from (
          select o.* from outbox o where o.state = 'waiting' and o.urgent = ${sql.raw(String(urgent))}
            and o.not_before <= ${sql.placeholder('now')}
          order by o.not_before, o.seq limit ${sql.raw(String(EDITS_LOOKED_THROUGH))}) w
        join cards on cards.record_id = w.record_id and cards.target = w.target
        where w.kind = 'card' and ${mayGoAs('w')}
          and w.target in (select value from json_each(${sql.placeholder('targets')}))
        limit 1)`,
    )
  const edits = [editAt(1), editAt(0)]

  /** A card is rendered from the record as it is now, so the updates that wait behind it say nothing new. */
  const merged = (entry: Entry | undefined): Entry | null => {
    if (entry?.kind === 'card') merge.run({ target: entry.target, recordId: entry.recordId })
    return entry ?? null
  }

  return {
    /**
     * Takes what should be said next at `now` (epoch ms): urgent first, then what may go longest; null when nothing
     * is due. Claiming a card merges the other waiting cards of the same target and record into it.
     *
     * @param options.exclude targets to pass over, such as a channel that is being written to or answered 429.
     */
    async claimNext(now: number, options: { exclude?: readonly string[] } = {}): Promise<Entry | null> {
      const exclude = JSON.stringify(options.exclude ?? [])
      if (options.exclude?.length && !elsewhere.get(exclude)) return null
      for (const statement of next) {
        const entry = statement.get({ now, exclude })
        if (entry) return merged(entry)
      }
      return null
    },
    /** Takes the next edit of a card that stands at one of `targets`, where posts may not go at `now` (epoch ms). */
    async claimEdit(now: number, targets: readonly string[]): Promise<Entry | null> {
      for (const statement of edits) {
        const entry = statement.get({ now, targets: JSON.stringify(targets) })
        if (entry) return merged(entry)
      }
      return null
    },
    /** Takes this entry; null unless it waits, is due and nothing of its target and record goes before it. */
    async claim(id: string, now: number): Promise<Entry | null> {
      return merged(one.get({ id, now }))
    },
  }
}
