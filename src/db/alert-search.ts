import { desc, getTableColumns, sql } from 'drizzle-orm'
import type { Alert } from '../domain/alert.ts'
import type { Connection } from './connection.ts'
import { alerts } from './schema.ts'

const pageSize = 200
const mostWords = 16

/** Finding alerts by their words; part of the repository of alerts. */
export function alertSearch(db: Connection) {
  const page = db.orm
    .select(getTableColumns(alerts))
    .from(alerts)
    .where(
      sql`${alerts.seq} in (select rowid from alerts_fts where alerts_fts match ${sql.placeholder('match')}
        and rowid < ${sql.placeholder('before')} order by rowid desc limit ${sql.placeholder('limit')})`,
    )
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
      const found: Alert[] = []
      let before = Number.MAX_SAFE_INTEGER
      while (match !== null && found.length < limit) {
        const size = Math.min(pageSize, Math.max(limit, 20))
        const rows = page.all({ match, before, limit: size })
        for (const { seq, ...alert } of rows) {
          before = seq
          if (found.length < limit && mayRead(alert)) found.push(alert)
        }
        if (rows.length < size) break
      }
      return found
    },
  }
}

/** Each word quoted, so that FTS5 reads no operator in it, and open at its end. */
function toMatch(words: string): string | null {
  const terms = words
    .replaceAll('\0', ' ')
    .split(/\s+/u)
    .filter(word => /[\p{L}\p{N}]/u.test(word))
    .slice(0, mostWords)
  return terms.length === 0 ? null : terms.map(term => `"${term.replaceAll('"', '""')}"*`).join(' ')
}
