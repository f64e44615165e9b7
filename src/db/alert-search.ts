import { setImmediate as breathe } from 'node:timers/promises'
import { desc, getTableColumns, sql } from 'drizzle-orm'
import type { Alert } from '../domain/alert.ts'
import type { Connection } from './connection.ts'
import { alerts } from './schema.ts'
import { listOf } from './statements.ts'

/** Most searches end within the first look; a long one spares working the same words out again. */
const firstLook = 100
const longLook = 50_000
const pageSize = 100
const mostWords = 16

/** Finding alerts by their words; part of the repository of alerts. */
export function alertSearch(db: Connection) {
  const matching = db.raw
    .prepare<[string, number, number], number>(
      'select rowid from alerts_fts where alerts_fts match ? and rowid < ? order by rowid desc limit ?',
    )
    .pluck()
  const page = db.orm
    .select(getTableColumns(alerts))
    .from(alerts)
    .where(sql`${alerts.seq} in ${listOf('rows')}`)
    .orderBy(desc(alerts.seq))
    .prepare()

  return {
    /**
     * Alerts that hold all the words, or words that begin so, in what is happening, the place or how to find it;
     * newest first. Accents and case do not matter. Words without a letter or digit are passed over; when none is
     * left, nothing is found.
     *
     * @param words as typed; no character in them has a meaning of its own.
     * @param mayRead the sharing rule: what it refuses does not use up the limit.
     */
    async search(
      words: string,
      limit: number,
      mayRead: (alert: Alert) => boolean = () => true,
    ): Promise<Alert[]> {
      const match = toMatch(words)
      if (match === null) return []
      const found: Alert[] = []
      let before = Number.MAX_SAFE_INTEGER
      for (let look = firstLook; ; look = longLook) {
        const rows = matching.all(match, before, look)
        for (let at = 0; at < rows.length; at += pageSize) {
          if (at > 0) await breathe()
          for (const { seq, ...alert } of page.all({ rows: JSON.stringify(rows.slice(at, at + pageSize)) })) {
            if (mayRead(alert)) found.push(alert)
            if (found.length >= limit) return found
            before = seq
          }
        }
        if (rows.length < look) return found
      }
    },
  }
}

/** Each word quoted, so that FTS5 reads no operator in it, and open at its end. */
export function toMatch(words: string): string | null {
  const terms = words
    .replaceAll('\0', ' ')
    .split(/\s+/u)
    .filter(word => /[\p{L}\p{N}]/u.test(word))
    .slice(0, mostWords)
  return terms.length === 0 ? null : terms.map(term => `"${term.replaceAll('"', '""')}"*`).join(' ')
}
