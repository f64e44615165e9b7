import type { IncidentAttribution } from '../../db/incidents.ts'
import { type Incident, isRestrictedKind, type WarningRecord, warningRecord } from '../../domain/incident.ts'
import { findTerm } from '../../domain/mission.ts'
import type { Responder } from '../../domain/response.ts'
import type { Layer, Reader, Shared } from '../../domain/sharing.ts'
import { type AlertFacts, factsOfAll } from '../alert/facts.ts'
import { actorAsReader, asReadBy, mayReadAlert, placeSeenBy } from '../alert/reading.ts'
import { mayBeShown } from '../channel.ts'
import type { Ctx, Person } from '../context.ts'
import type { FindShared } from '../shared-records.ts'

/** An incident with what surrounds it. */
export interface IncidentFacts {
  incident: Incident
  /** The alerts before it, whoever may read them: {@link warnedAs} says what a reader may know. */
  alerts: AlertFacts[]
  /** The attribution layer: only for whom {@link mayReadIncident} lets read it. */
  attribution: IncidentAttribution | null
  /** Whether forces of the host State, or aligned with it, are alleged. */
  namesState: boolean
  recorder: Person | null
}

/** Reads what surrounds an incident; the sharing rule is for the caller to ask. */
export async function incidentFacts(ctx: Ctx, incident: Incident): Promise<IncidentFacts> {
  const [facts] = await factsOfIncidents(ctx, [incident])
  return facts as IncidentFacts
}

/** The same for several incidents, in their order. */
export async function factsOfIncidents(ctx: Ctx, rows: readonly Incident[]): Promise<IncidentFacts[]> {
  const repos = ctx.tx ?? ctx.store.read
  const ids = rows.map(({ id }) => id)
  const links = Map.groupBy(await repos.incidents.linksOf(ids), ({ incidentId }) => incidentId)
  const linked = [...new Set([...links.values()].flat().map(({ alertId }) => alertId))]
  const alerts = await repos.alerts.byIds(linked)
  const facts = await factsOfAll(repos, ctx.mission, ctx.clock.now(), alerts)
  const attributions = await repos.incidents.attributionsOf(ids)
  const recorders = await Promise.all(
    [...new Set(rows.map(({ recordedBy }) => recordedBy))].map(id => repos.people.byId(id)),
  )
  return rows.map(incident => {
    const own = new Set(links.get(incident.id)?.map(({ alertId }) => alertId))
    const attribution = attributions.find(({ incidentId }) => incidentId === incident.id) ?? null
    const group = ctx.mission.groups.find(({ id }) => id === attribution?.group)
    const { perpetrator, recordedBy } = incident
    const alleged = perpetrator && findTerm(ctx.mission, 'perpetrators', perpetrator)?.class
    return {
      incident,
      alerts: facts.filter(({ alert }) => own.has(alert.id)),
      attribution,
      namesState: group?.class === 'state' || group?.class === 'state_aligned' || alleged === 'state_forces',
      recorder: recorders.find(each => each?.id === recordedBy) ?? null,
    }
  })
}

/** Whether `reader` may be shown a layer of an incident at this moment. */
export function mayReadIncident(ctx: Ctx, facts: IncidentFacts, layer: Layer, reader: Reader): boolean {
  return mayBeShown(ctx, sharedOf(facts), layer, reader)
}

/** The incident with its place as closely as a reader may know it: whole to the mission's own and to whoever recorded it. */
export function incidentSeenBy(ctx: Ctx, facts: IncidentFacts, reader: Reader): IncidentFacts {
  const { incident } = facts
  // It has a district and nothing closer as it is.
  if (isRestrictedKind(incident)) return facts
  const { placeId, placeSaid, lat, lon, recordedBy } = incident
  const known = { placeId, placeSaid, placeHow: null, lat, lon, precision: null }
  const seen = placeSeenBy(ctx, known, [recordedBy], reader)
  return seen === known
    ? facts
    : {
        ...facts,
        incident: {
          ...incident,
          placeId: seen.placeId,
          placeSaid: seen.placeSaid,
          lat: seen.lat,
          lon: seen.lon,
        },
      }
}

const sharedOf = ({ incident, namesState }: IncidentFacts): Shared => ({
  holder: incident.holder,
  audience: incident.audience,
  named: [incident.recordedBy],
  namesState,
})

/** The class of alleged perpetrators as the acting person may read it. */
export function alleged(ctx: Ctx, facts: IncidentFacts): string | null {
  const { perpetrator } = facts.incident
  const restricted = perpetrator !== null && findTerm(ctx.mission, 'perpetrators', perpetrator)?.restricted
  if (!restricted) return perpetrator
  const reader = actorAsReader(ctx)
  return reader && mayReadIncident(ctx, facts, 'attribution', reader) ? perpetrator : null
}

/** Whether an incident had been warned of, and the alerts before it, as far as a reader may know of both. */
export interface Warned {
  alerts: AlertFacts[]
  /** Null where an alert before it is not this reader's to know: then what is left would say something untrue. */
  record: WarningRecord | null
  by: Responder[]
}

export function warnedAs(ctx: Ctx, { incident, alerts }: IncidentFacts, reader: Reader): Warned {
  const known = alerts
    .filter(facts => mayReadAlert(ctx, facts, 'record', reader))
    .map(facts => asReadBy(ctx, facts, reader))
    .map(facts => {
      const { into } = facts
      return into?.readable
        ? { ...facts, into: { ...into, facts: asReadBy(ctx, into.facts, reader) } }
        : facts
    })
  if (known.length < alerts.length) return { alerts: known, record: null, by: [] }
  if (known.some(({ into }) => into && !into.readable)) return { alerts: known, record: null, by: [] }
  return { alerts: known, ...recordOf(incident, known) }
}

/** The record of an incident from the alerts before it as given; alerts that were joined answer for each other. */
export function recordOf(
  incident: Incident,
  alerts: readonly AlertFacts[],
): ReturnType<typeof warningRecord> {
  return warningRecord(
    incident,
    alerts.map(facts => {
      const { alert, joined, into } = facts
      const family = [facts, ...joined, ...(into ? [into.facts] : [])]
      return {
        raisedAt: alert.raisedAt,
        exercise: alert.exercise,
        lifecycle: alert.lifecycle,
        urgency: alert.urgency,
        responses: family.flatMap(({ responses }) => responses),
        onSite: family.some(({ owners }) => owners.some(({ state }) => state.onSite !== null)),
      }
    }),
  )
}

/** For channels that now hold somebody who may not read what stands there. */
export const incidentsShared: FindShared = async (ctx, repos, ids) => {
  const rows = await repos.incidents.byIds(ids)
  const facts = await Promise.all(rows.map(row => incidentFacts(ctx, row)))
  return facts.map(each => ({
    kind: 'incident',
    id: each.incident.id,
    code: each.incident.code,
    shared: sharedOf(each),
  }))
}
