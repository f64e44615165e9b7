import { setImmediate as breathe } from 'node:timers/promises'
import { asc, eq, gt, sql } from 'drizzle-orm'
import type { Connection } from './connection.ts'
import { detailDigest, eventHash, genesis, headKey, parseHead } from './events.ts'
import { eventDetails, events } from './schema.ts'

export interface ChainReport {
  ok: boolean
  /** Events that were checked and found sound. */
  count: number
  /** The number of the first event that is changed, missing or unexpected. */
  brokenAt?: number
  reason?: 'changed' | 'missing' | 'words changed' | 'words missing' | 'tail missing' | 'unexpected'
  /** The last link, worth writing down elsewhere: whoever can rewrite the whole database can rewrite the chain. */
  head: string
}

const pageSize = 500

/** Checking the trail; part of the repository of events. */
export function eventVerification(db: Pick<Connection, 'raw' | 'orm'>) {
  const head = db.raw.prepare<[string], string>('select value from meta where key = ?').pluck()
  const page = db.orm
    .select({ event: events, detail: eventDetails })
    .from(events)
    .leftJoin(eventDetails, eq(eventDetails.seq, events.seq))
    .where(gt(events.seq, sql.placeholder('after')))
    .orderBy(asc(events.seq))
    .limit(pageSize)
    .prepare()
  const read = db.raw.transaction((after: number) => ({
    rows: page.all({ after }),
    anchor: parseHead(head.get(headKey)),
  }))

  return {
    /** Recomputes every hash and the digest of all words that were not erased. Events added meanwhile are included. */
    async verify(): Promise<ChainReport> {
      let previous = genesis
      let count = 0
      const broken = (reason: ChainReport['reason']): ChainReport => ({
        ok: false,
        count,
        brokenAt: count + 1,
        reason,
        head: `${count}:${previous}`,
      })
      for (;;) {
        const { rows, anchor } = read(count)
        for (const { event, detail } of rows) {
          if (event.seq !== count + 1) return broken('missing')
          if (event.previous !== previous || eventHash(event) !== event.hash) return broken('changed')
          if (event.detail !== null && detail === null) return broken('words missing')
          if (detail?.body && detailDigest(detail.salt, detail.body) !== event.detail)
            return broken('words changed')
          previous = event.hash
          count = event.seq
        }
        if (rows.length === pageSize) {
          await breathe()
          continue
        }
        if (anchor.seq > count) return broken('tail missing')
        if (anchor.seq < count || anchor.hash !== previous) return broken('unexpected')
        return { ok: true, count, head: `${count}:${previous}` }
      }
    },
  }
}
