import type { Constituency } from '../domain/mission.ts'
import type { Connection } from './connection.ts'

/** What a holder owns, for taking it along. */
export function exportsRepo(db: Connection) {
  const alerts = db.raw
    .prepare<[string], string>('select id from alerts where holder = ? order by seq')
    .pluck()

  const taskings = db.raw
    .prepare<[string], string>('select id from taskings where holder = ? order by seq')
    .pluck()

  const touched = db.raw
    .prepare<{ id: string }, string>(
      `select id from alerts where raised_by = $id
         or id in (select alert_id from alert_acts where by_person = $id)
         or id in (select first_alert_id from reports where recorded_by = $id)
         or id in (select alert_id from alert_responses where recorded_by = $id)
         or id in (select alert_id from quotes where author_id = $id)
         or id in (select alert_id from releases where proposed_by = $id) order by seq`,
    )
    .pluck()

  const ofOthers = (table: 'reports' | 'alert_responses', alert: string) =>
    db.raw
      .prepare<{ holder: string }, string>(
        `select id from ${table} where holder = $holder and ${alert} not in (select id from alerts where holder = $holder)
         order by seq`,
      )
      .pluck()
  const elsewhere = {
    reports: ofOthers('reports', 'first_alert_id'),
    responses: ofOthers('alert_responses', 'alert_id'),
    quotes: db.raw
      .prepare<{ holder: string }, string>(
        `select id from quotes where constituency = $holder
           and ((alert_id is not null and alert_id not in (select id from alerts where holder = $holder))
             or team_id is not null and team_id not in (select id from teams where holder = $holder))
         order by said_at, id`,
      )
      .pluck(),
  }

  return {
    /** Ids of what a constituency's people gave to alerts and teams of others, in the order of storing. */
    async givenElsewhere(kind: keyof typeof elsewhere, holder: Constituency): Promise<string[]> {
      return elsewhere[kind].all({ holder })
    },
    /** Ids of the alerts a person raised, acted on or proposed to release, in the order of storing. */
    async alertsTouchedBy(id: string): Promise<string[]> {
      return touched.all({ id })
    },
    /** Ids of the taskings and requests a constituency holds, in the order of storing. */
    async taskingsHeldBy(holder: Constituency): Promise<string[]> {
      return taskings.all(holder)
    },
    /** Ids of the alerts a constituency holds, in the order of storing. */
    async alertsHeldBy(holder: Constituency): Promise<string[]> {
      return alerts.all(holder)
    },
  }
}
