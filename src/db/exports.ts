import type { Constituency } from '../domain/mission.ts'
import type { Connection } from './connection.ts'

/** What a holder owns, for taking it along. */
export function exportsRepo(db: Connection) {
  const alerts = db.raw
    .prepare<[string], string>('select id from alerts where holder = ? order by seq')
    .pluck()

  return {
    /** Ids of the alerts a constituency holds, in the order of storing. */
    async alertsHeldBy(holder: Constituency): Promise<string[]> {
      return alerts.all(holder)
    },
  }
}
