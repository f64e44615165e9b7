import { and, desc, eq, type SQL, sql } from 'drizzle-orm'
import type { Alert } from '../domain/alert.ts'
import type { Located } from '../domain/near.ts'
import type { Connection } from './connection.ts'
import { alerts } from './schema.ts'

/** What is asked of every alert around a new one: no more, since there may be hundreds of them for each. */
export type PlacedAlert = Located & Pick<Alert, 'id' | 'exercise' | 'lifecycle' | 'what' | 'raisedAt'>

/** Alerts by when they were raised, for finding those near one. */
export function alertsNear(db: Connection) {
  const { id, exercise, lifecycle, what, raisedAt, lat, lon, placeId, placeSaid, sector, threat } = alerts
  const placed = { id, exercise, lifecycle, what, raisedAt, lat, lon, placeId, placeSaid, sector, threat }
  const within = sql`${raisedAt} between ${sql.placeholder('from')} and ${sql.placeholder('to')}`
  const newest = (where: SQL | undefined) =>
    db.orm
      .select(placed)
      .from(alerts)
      .where(where)
      .orderBy(desc(raisedAt), desc(alerts.seq))
      .limit(sql.placeholder('limit'))
      .prepare()
  const openBetween = newest(and(eq(lifecycle, 'open'), within))
  const raisedBetween = newest(within)

  return {
    /** Alerts that have not ended and were raised within these times (epoch ms), newest first. */
    async openBetween(from: number, to: number, limit: number): Promise<PlacedAlert[]> {
      return openBetween.all({ from, to, limit })
    },
    /** Alerts raised within these times (epoch ms), whatever became of them, newest first. */
    async raisedBetween(from: number, to: number, limit: number): Promise<PlacedAlert[]> {
      return raisedBetween.all({ from, to, limit })
    },
  }
}
