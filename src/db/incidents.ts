import { and, asc, desc, eq, getTableColumns, gte, lte, sql } from 'drizzle-orm'
import type { Incident } from '../domain/incident.ts'
import type { Connection } from './connection.ts'
import { alerts, incidentAlerts, incidentAttributions, incidents } from './schema.ts'
import { insertInto, listOf } from './statements.ts'

export type IncidentAttribution = typeof incidentAttributions.$inferSelect

/** What of an incident may be put right. */
export type IncidentPatch = Partial<
  Omit<Incident, 'id' | 'code' | 'version' | 'holder' | 'exercise' | 'recordedBy' | 'recordedAt' | 'role'>
>

const { requestKey: _key, ...columns } = getTableColumns(incidents)

/** What did happen to civilians. */
export function incidentsRepo(db: Connection) {
  const add = insertInto(db, incidents)
  const addLink = insertInto(db, incidentAlerts, 'do nothing')
  const select = () => db.orm.select(columns).from(incidents)
  const byId = select()
    .where(eq(incidents.id, sql.placeholder('value')))
    .prepare()
  const byIds = select()
    .where(sql`${incidents.id} in ${listOf('ids')}`)
    .prepare()
  const byCode = select()
    .where(eq(incidents.code, sql.placeholder('value')))
    .prepare()
  const byRequestKey = select()
    .where(eq(incidents.requestKey, sql.placeholder('value')))
    .prepare()
  const newest = select()
    .orderBy(desc(incidents.at), desc(incidents.id))
    .limit(sql.placeholder('limit'))
    .offset(sql.placeholder('offset'))
    .prepare()
  const since = select()
    .where(gte(incidents.at, sql.placeholder('t')))
    .orderBy(asc(incidents.at))
    .prepare()
  const links = db.orm
    .select()
    .from(incidentAlerts)
    .where(sql`${incidentAlerts.incidentId} in ${listOf('ids')}`)
    .prepare()
  const ofAlert = select()
    .innerJoin(incidentAlerts, eq(incidentAlerts.incidentId, incidents.id))
    .where(eq(incidentAlerts.alertId, sql.placeholder('value')))
    .orderBy(asc(incidents.at))
    .prepare()
  const unlink = db.raw.prepare('delete from incident_alerts where incident_id = ?')
  const attributions = db.orm
    .select()
    .from(incidentAttributions)
    .where(sql`${incidentAttributions.incidentId} in ${listOf('ids')}`)
    .prepare()
  const raised = db.orm
    .select({ id: alerts.id })
    .from(alerts)
    .where(and(gte(alerts.raisedAt, sql.placeholder('from')), lte(alerts.raisedAt, sql.placeholder('to'))))
    .orderBy(desc(alerts.raisedAt))
    .limit(sql.placeholder('limit'))
    .prepare()
  const due = db.raw
    .prepare<[number], string>(
      `select id from incidents where recorded_at < ? and (what <> '' or request_key is not null
         or (place_id is null and sub_type <> 'sexual_violence' and place_said <> '')
         or id in (select incident_id from incident_attributions)) order by recorded_at`,
    )
    .pluck()
  const heldBy = select()
    .where(eq(incidents.holder, sql.placeholder('value')))
    .orderBy(asc(incidents.recordedAt), asc(incidents.id))
    .prepare()
  const forget = [
    `delete from incident_attributions where incident_id in (select id from incidents where recorded_at < ?)`,
    `update event_details set body = null, salt = '' where body is not null and seq in (
       select events.seq from events join incidents on incidents.id = events.record_id
       where events.record_kind = 'incident' and incidents.recorded_at < ?)`,
    // The district of a restricted incident is all that was ever said of its place.
    `update incidents set what = '', request_key = null,
       place_said = iif(place_id is null and sub_type <> 'sexual_violence', '', place_said),
       lat = iif(place_id is null, null, lat), lon = iif(place_id is null, null, lon)
     where recorded_at < ?`,
  ].map(each => db.raw.prepare<[number]>(each))

  return {
    /** @throws SqliteError when the code or the form was stored before. */
    async insert(row: Incident & { requestKey: string | null }): Promise<void> {
      add(row)
    },
    async byId(id: string): Promise<Incident | null> {
      return byId.get({ value: id }) ?? null
    },
    async byIds(ids: readonly string[]): Promise<Incident[]> {
      return byIds.all({ ids: JSON.stringify(ids) })
    },
    async byCode(code: string): Promise<Incident | null> {
      return byCode.get({ value: code }) ?? null
    },
    /** The incident a submitted form became. */
    async byRequestKey(key: string): Promise<Incident | null> {
      return byRequestKey.get({ value: key }) ?? null
    },
    /** Newest first. */
    async newest(limit: number, offset = 0): Promise<Incident[]> {
      return newest.all({ limit, offset })
    },
    /** Those at or after `t` (epoch ms), oldest first. */
    async since(t: number): Promise<Incident[]> {
      return since.all({ t })
    },
    /** Changes fields when the incident still has the version the person saw, and counts the version up. */
    async update(id: string, expectedVersion: number, patch: IncidentPatch): Promise<boolean> {
      return (
        db.orm
          .update(incidents)
          .set({ ...patch, version: sql`${incidents.version} + 1` })
          .where(and(eq(incidents.id, id), eq(incidents.version, expectedVersion)))
          .run().changes === 1
      )
    },
    /** Ids of the alerts before each of these incidents. */
    async linksOf(ids: readonly string[]): Promise<{ incidentId: string; alertId: string }[]> {
      return links.all({ ids: JSON.stringify(ids) })
    },
    /** Incidents an alert came before, oldest first. */
    async ofAlert(alertId: string): Promise<Incident[]> {
      return ofAlert.all({ value: alertId })
    },
    /** The alerts before an incident, in place of those that were linked. */
    async link(incidentId: string, alertIds: readonly string[]): Promise<void> {
      unlink.run(incidentId)
      for (const alertId of alertIds) addLink({ incidentId, alertId })
    },
    /** The attribution layer: only for whom `domain/sharing.ts` lets read it. */
    async attributionsOf(ids: readonly string[]): Promise<IncidentAttribution[]> {
      return attributions.all({ ids: JSON.stringify(ids) })
    },
    async setAttribution(row: IncidentAttribution): Promise<void> {
      const { incidentId: _, ...rest } = row
      db.orm
        .insert(incidentAttributions)
        .values(row)
        .onConflictDoUpdate({ target: incidentAttributions.incidentId, set: rest })
        .run()
    },
    /** Ids of alerts raised in a time, newest first. */
    async alertsRaised(from: number, to: number, limit: number): Promise<string[]> {
      return raised.all({ from, to, limit }).map(({ id }) => id)
    },
    /** Those a constituency holds, first recorded first. */
    async heldBy(holder: string): Promise<Incident[]> {
      return heldBy.all({ value: holder })
    },
    /** Ids of those recorded before `t` (epoch ms) that still have words or a group alleged, oldest first. */
    async withWordsBefore(t: number): Promise<string[]> {
      return due.all(t)
    },
    /** Forgets the words of incidents recorded before `t` (epoch ms), and who was alleged by name. */
    async forgetWords(t: number): Promise<void> {
      for (const statement of forget) statement.run(t)
    },
  }
}
