import { and, asc, desc, eq, getTableColumns, sql } from 'drizzle-orm'
import type { Alert, AlertOwner, Lifecycle } from '../domain/alert.ts'
import type { Slot } from '../domain/mission.ts'
import { alertActsRepo } from './alert-acts.ts'
import { alertLayersRepo } from './alert-layers.ts'
import { alertList } from './alert-list.ts'
import { alertsNear } from './alert-near.ts'
import { alertSearch } from './alert-search.ts'
import type { Connection } from './connection.ts'
import { alertOwners, alerts } from './schema.ts'
import { insertInto, listOf } from './statements.ts'

export type { AlertLayer, Attribution } from './alert-layers.ts'

/** The fields of an alert that people may correct; where it stands is set by `setState` alone. */
export type AlertPatch = Partial<
  Omit<Alert, 'id' | 'code' | 'version' | 'lifecycle' | 'outcome' | 'requestKey' | 'mergedInto'>
>

export const { seq: _seq, ...alertColumns } = getTableColumns(alerts)

/** Alerts, their owners, what was done about them and who was told. */
export function alertsRepo(db: Connection) {
  const add = insertInto(db, alerts)
  const addOwner = insertInto(db, alertOwners)
  const select = () => db.orm.select(alertColumns).from(alerts)
  const byId = select()
    .where(eq(alerts.id, sql.placeholder('id')))
    .prepare()
  const byCode = select()
    .where(eq(alerts.code, sql.placeholder('code')))
    .prepare()
  const byCodeBegun = select()
    .where(sql`${alerts.code} >= ${sql.placeholder('from')} and ${alerts.code} < ${sql.placeholder('to')}`)
    .orderBy(desc(alerts.seq))
    .limit(sql.placeholder('limit'))
    .prepare()
  const byRequestKey = select()
    .where(eq(alerts.requestKey, sql.placeholder('key')))
    .prepare()
  const byIds = select()
    .where(sql`${alerts.id} in ${listOf('ids')}`)
    .orderBy(asc(alerts.seq))
    .prepare()
  const open = select()
    .where(eq(alerts.lifecycle, 'open'))
    .orderBy(desc(alerts.raisedAt), desc(alerts.seq))
    .prepare()
  const countOpen = db.raw.prepare<[], number>("select count(*) from alerts where lifecycle = 'open'").pluck()
  const warningsSince = select()
    .where(
      and(
        eq(alerts.threat, sql.placeholder('threat')),
        sql`${alerts.raisedAt} >= ${sql.placeholder('t')}`,
        sql`${alerts.urgency} in ('within_72h', 'tension')`,
      ),
    )
    .orderBy(desc(alerts.raisedAt), desc(alerts.seq))
    .limit(sql.placeholder('limit'))
    .prepare()
  // `union all`, for a union is merged by seq, for which every alert there ever was would be read.
  const since = select()
    .where(
      sql`${alerts.seq} in (
        select seq from alerts where raised_at >= ${sql.placeholder('t')}
        union all
        select alerts.seq from alert_acts join alerts on alerts.id = alert_acts.alert_id
        where alert_acts.recorded_at >= ${sql.placeholder('t')} and alert_acts.kind in ('close', 'withdraw'))`,
    )
    .orderBy(asc(alerts.seq))
    .prepare()
  const owners = db.orm
    .select()
    .from(alertOwners)
    .where(sql`${alertOwners.alertId} in ${listOf('ids')}`)
    .orderBy(asc(alertOwners.alertId), asc(alertOwners.slot))
    .prepare()
  const setRung = db.raw.prepare('update alert_owners set rung = ? where alert_id = ? and slot = ?')
  const setLadder = db.raw.prepare(
    'update alert_owners set ladder = ?, rung = 0 where alert_id = ? and slot = ?',
  )
  const setState = db.raw.prepare(
    'update alerts set lifecycle = ?, outcome = ?, version = version + 1 where id = ?',
  )
  const setUrgency = db.raw.prepare('update alerts set urgency = ?, version = version + 1 where id = ?')
  const setMerged = db.raw.prepare(
    `update alerts set lifecycle = iif($into is null, 'open', 'merged'), merged_into = $into, version = version + 1
     where id = $id`,
  )
  const under = db.raw.prepare<[string], { root: string; id: string }>(
    `with recursive tree (root, id) as (
       select value, value from json_each(?)
       union select tree.root, alerts.id from tree join alerts on alerts.merged_into = tree.id)
     select root, id from tree where root <> id`,
  )
  const total = db.raw.prepare<[], number>('select count(*) from alerts').pluck()

  return {
    ...alertActsRepo(db),
    ...alertLayersRepo(db),
    ...alertSearch(db),
    ...alertList(db),
    ...alertsNear(db),

    /**
     * Stores a new alert with its owners.
     *
     * @throws SqliteError when the code or the form was stored before: `isTaken(error, 'alerts.code')`,
     *   `isTaken(error, 'alerts.request_key')`. The transaction may go on.
     */
    async insert(alert: Alert, slots: readonly AlertOwner[]): Promise<void> {
      add(alert)
      for (const owner of slots) addOwner(owner)
    },
    async byId(id: string): Promise<Alert | null> {
      return byId.get({ id }) ?? null
    },
    /** By its code as stored, such as `A-7K4Q`. */
    async byCode(code: string): Promise<Alert | null> {
      return byCode.get({ code }) ?? null
    },
    /** Alerts whose code begins so, newest first. */
    async byCodeBegun(begun: string, limit: number): Promise<Alert[]> {
      return byCodeBegun.all({ from: begun, to: `${begun}~`, limit })
    },
    /** The alert a submitted form became. */
    async byRequestKey(key: string): Promise<Alert | null> {
      return byRequestKey.get({ key }) ?? null
    },
    /** Those that exist, oldest first. */
    async byIds(ids: readonly string[]): Promise<Alert[]> {
      return byIds.all({ ids: JSON.stringify(ids) })
    },
    /** The same in the order asked for. */
    async inOrder(ids: readonly string[]): Promise<Alert[]> {
      const rows = new Map(byIds.all({ ids: JSON.stringify(ids) }).map(row => [row.id, row]))
      return ids.flatMap(id => rows.get(id) ?? [])
    },
    /** Changes fields when the alert still has the version the person saw, and counts the version up. */
    async update(id: string, expectedVersion: number, patch: AlertPatch): Promise<boolean> {
      return (
        db.orm
          .update(alerts)
          .set({ ...patch, version: sql`${alerts.version} + 1` })
          .where(and(eq(alerts.id, id), eq(alerts.version, expectedVersion)))
          .run().changes === 1
      )
    },
    /** Ends the alert, or opens it again; counts the version up. */
    async setState(id: string, state: { lifecycle: Lifecycle; outcome: string | null }): Promise<void> {
      setState.run(state.lifecycle, state.outcome, id)
    },
    /** Another urgency, whatever version somebody saw; counts the version up. */
    async setUrgency(id: string, urgency: Alert['urgency']): Promise<void> {
      setUrgency.run(urgency, id)
    },
    /** Joins the alert to another, or lets it stand open by itself again (null); counts the version up. */
    async setMerged(id: string, into: string | null): Promise<void> {
      setMerged.run({ id, into })
    },
    /** Every alert that was joined to one of these, or to one that was: `root` is the one of these. */
    async joinedTo(ids: readonly string[]): Promise<{ root: string; id: string }[]> {
      return under.all(JSON.stringify(ids))
    },
    /** Civilian first, then uniformed. */
    async owners(id: string): Promise<AlertOwner[]> {
      return owners.all({ ids: JSON.stringify([id]) })
    },
    async ownersOf(ids: readonly string[]): Promise<AlertOwner[]> {
      return owners.all({ ids: JSON.stringify(ids) })
    },
    async setOwnerRung(id: string, slot: Slot, rung: number): Promise<void> {
      setRung.run(rung, id, slot)
    },
    /** Moves an owner to another ladder, at its lowest rung. */
    async setOwnerLadder(id: string, slot: Slot, ladder: string): Promise<void> {
      setLadder.run(ladder, id, slot)
    },
    /** Alerts that have not ended, newest first. */
    async open(): Promise<Alert[]> {
      return open.all()
    },
    async countOpen(): Promise<number> {
      return countOpen.get() ?? 0
    },
    /** Warnings of a threat, not yet imminent, raised at or after `t` (epoch ms), newest first. */
    async warningsSince(threat: string, t: number, limit: number): Promise<Alert[]> {
      return warningsSince.all({ threat, t, limit })
    },
    /** Alerts raised, or closed or withdrawn, at or after `t` (epoch ms), in the order of storing. */
    async raisedOrEndedSince(t: number): Promise<Alert[]> {
      return since.all({ t })
    },
    async count(): Promise<number> {
      return total.get() ?? 0
    },
  }
}
