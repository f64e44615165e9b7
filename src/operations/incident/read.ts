/** Incidents as somebody may read them: one, a page, all of them as a file, and the alerts that may have warned of one. */
import type { Alert } from '../../domain/alert.ts'
import { CANDIDATE_KM, CANDIDATE_MS, type Incident } from '../../domain/incident.ts'
import { isNear, kmBetween } from '../../domain/near.ts'
import { TocsinError } from '../../errors.ts'
import { type AlertFacts, factsOfAll } from '../alert/facts.ts'
import { actorAsReader, mayReadAlert } from '../alert/reading.ts'
import { type Ctx, inTransaction } from '../context.ts'
import { registeredPerson } from '../permission.ts'
import { personTarget } from '../telling.ts'
import {
  factsOfIncidents,
  type IncidentFacts,
  incidentFacts,
  incidentSeenBy,
  mayReadIncident,
} from './facts.ts'

/** What the outbox and the files know a person's file of incidents as. */
export const INCIDENT_CSV = 'incident-csv'
/** Incidents a list shows at once. */
export const INCIDENT_PAGE = 10
const LOOKED_AT = 500
const OFFERED = 8

/**
 * An incident as the acting person may read it, by row.
 *
 * @throws TocsinError `not_registered`, `not_found`: one that is not theirs to see is not told from one that is not.
 */
export async function readIncident(ctx: Ctx, incidentId: string): Promise<IncidentFacts> {
  registeredPerson(ctx)
  const incident = await (ctx.tx ?? ctx.store.read).incidents.byId(incidentId)
  const facts = incident && (await incidentFacts(ctx, incident))
  const reader = actorAsReader(ctx)
  if (!facts || !reader || !mayReadIncident(ctx, facts, 'record', reader)) throw new TocsinError('not_found')
  return incidentSeenBy(ctx, facts, reader)
}

/**
 * Incidents the acting person may read, newest first: a page and whether there are more.
 *
 * @throws TocsinError `not_registered`.
 */
export async function listIncidents(
  ctx: Ctx,
  page = 0,
): Promise<{ rows: IncidentFacts[]; page: number; more: boolean }> {
  registeredPerson(ctx)
  const skip = page * INCIDENT_PAGE
  const rows: IncidentFacts[] = []
  let seen = 0
  for await (const facts of readable(ctx)) {
    if (seen++ >= skip) rows.push(facts)
    if (rows.length > INCIDENT_PAGE) break
  }
  return { rows: rows.slice(0, INCIDENT_PAGE), page, more: rows.length > INCIDENT_PAGE }
}

/**
 * Every incident the acting person may read, newest first, for their file.
 *
 * @throws TocsinError `not_registered`.
 */
export async function allIncidents(ctx: Ctx): Promise<AsyncIterable<IncidentFacts>> {
  registeredPerson(ctx)
  return readable(ctx)
}

/**
 * Alerts that may have warned of an incident and that the acting person may read: raised within 30 days before it was
 * over, near in place or in its sector where a position is missing. Those linked come first, then the nearest.
 *
 * @throws TocsinError `not_registered`, `not_found`.
 */
export async function incidentCandidates(ctx: Ctx, incidentId: string): Promise<AlertFacts[]> {
  const { incident, alerts: linked } = await readIncident(ctx, incidentId)
  const reader = actorAsReader(ctx)
  const { read } = ctx.store
  const until = incident.at + (incident.precision === 'exact' ? 0 : 7 * 86_400_000)
  const ids = await read.incidents.alertsRaised(incident.at - CANDIDATE_MS, until, LOOKED_AT)
  const known = new Set(linked.map(({ alert }) => alert.id))
  const near = (await read.alerts.byIds(ids.filter(id => !known.has(id))))
    .filter(alert => alert.exercise === incident.exercise && fits(incident, alert))
    .sort((a, b) => apart(incident, a) - apart(incident, b) || b.raisedAt - a.raisedAt)
    .slice(0, OFFERED * 3)
  const facts = await factsOfAll(read, ctx.mission, ctx.clock.now(), near)
  return [...linked, ...facts]
    .filter(each => reader !== null && mayReadAlert(ctx, each, 'record', reader))
    .slice(0, OFFERED)
}

/**
 * Sends the acting person the incidents they may read as a file in the mission's own template, by direct message; it
 * takes the place of their last one. The access log says so.
 *
 * @throws TocsinError `not_registered`.
 */
export async function requestIncidentCsv(ctx: Ctx): Promise<void> {
  const person = registeredPerson(ctx)
  await inTransaction(ctx, async (repos, open) => {
    await repos.access.add({
      at: open.clock.now(),
      personId: person.id,
      layer: 'export',
      recordKind: 'incidents',
      recordId: INCIDENT_CSV,
    })
    await repos.outbox.add({
      id: open.ids.id(),
      kind: 'incident.csv',
      recordId: INCIDENT_CSV,
      target: personTarget(person.id),
      data: {},
      urgent: false,
    })
  })
}

async function* readable(ctx: Ctx): AsyncGenerator<IncidentFacts> {
  const reader = actorAsReader(ctx)
  if (!reader) return
  const { read } = ctx.store
  const batch = 50
  for (let offset = 0; ; offset += batch) {
    const rows = await read.incidents.newest(batch, offset)
    for (const facts of await factsOfIncidents(ctx, rows))
      if (mayReadIncident(ctx, facts, 'record', reader)) yield incidentSeenBy(ctx, facts, reader)
    if (rows.length < batch) return
  }
}

function fits(incident: Incident, alert: Alert): boolean {
  const { lat, lon, placeId, placeSaid, sector } = incident
  if (lat === null || lon === null || alert.lat === null) return sector !== null && alert.sector === sector
  return isNear({ lat, lon, placeId, placeSaid, sector, threat: null }, alert, CANDIDATE_KM)
}

const apart = (incident: Incident, alert: Alert): number => kmBetween(incident, alert) ?? CANDIDATE_KM
