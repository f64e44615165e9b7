/** What did happen to civilians: recording it, putting it right, linking it to the alerts before it. */
import { DateTime } from 'luxon'
import type { IncidentPatch } from '../db/incidents.ts'
import { type Alert, EVENT_PRECISIONS, type EventPrecision } from '../domain/alert.ts'
import {
  CANDIDATE_KM,
  CANDIDATE_MS,
  GROUPS_OF_PEOPLE,
  HARMS,
  type Harmed,
  type HarmedGroup,
  type Incident,
  isRestrictedKind,
  isSubType,
} from '../domain/incident.ts'
import { findTerm } from '../domain/mission.ts'
import { isNear, kmBetween } from '../domain/near.ts'
import { sideOf } from '../domain/side.ts'
import { TocsinError } from '../errors.ts'
import { knownAttribution } from './alert/amend.ts'
import { type AlertFacts, factsOfAll } from './alert/facts.ts'
import { knownSector, type PlaceInput, resolvePlace } from './alert/place.ts'
import { actorAsReader, mayReadAlert, readAlert } from './alert/reading.ts'
import { freeCode } from './code.ts'
import { type Ctx, inTransaction, type Open, type Person } from './context.ts'
import { alleged, type IncidentFacts, incidentFacts, mayReadIncident } from './incident/facts.ts'
import { heldRoles, registeredPerson, roleKey } from './permission.ts'
import { cardAt, note, personTarget } from './telling.ts'
import { optionalText, textLimits } from './text.ts'

export { type IncidentFacts, mayReadIncident } from './incident/facts.ts'

/** What the outbox and the files know a person's file of incidents as. */
export const INCIDENT_CSV = 'incident-csv'
/** Incidents a list shows at once. */
export const INCIDENT_PAGE = 10
const LOOKED_AT = 500
const OFFERED = 8
/** More people than this is a slip of the finger. */
const PEOPLE_MAX = 10_000_000
const incidentWords = 5_000

/** What is said of an incident. */
export interface IncidentInput {
  subType: string
  /** When it happened (epoch ms), and how closely that is known. */
  at: number
  precision: string
  place: PlaceInput
  sector?: string | null
  what?: string | null
  /** Class of the alleged perpetrators. */
  perpetrator?: string | null
  /** The group alleged, who says so and how surely: kept in the attribution layer. Empty leaves what is there. */
  group?: string | null
  saidBy?: string | null
  confidence?: string | null
  harm?: Partial<Harmed>
  /** By sex and age, where it is safe to say. */
  groups?: readonly HarmedGroup[]
}

/**
 * Records an incident, warned of or not. Anybody a side has confirmed may. Of a sexual attack no words are taken: it has
 * a district, a week and nothing closer.
 *
 * @param input.alertId the alert it was recorded from, which is linked to it.
 * @throws TocsinError `not_registered`, `not_found`, `unknown_term`, `own_personnel`, `number_invalid`,
 *   `groups_exceed`, `time_future`, `place_missing`, `text_missing`, `text_too_long`.
 */
export async function recordIncident(
  ctx: Ctx,
  input: IncidentInput & { alertId?: string | null; requestKey?: string | null },
): Promise<IncidentFacts> {
  const person = incidentRecorder(ctx)
  const said = checked(ctx, input)
  const attribution = knownAttribution(ctx, input)
  return inTransaction(ctx, async (repos, open) => {
    const earlier = input.requestKey ? await repos.incidents.byRequestKey(input.requestKey) : null
    if (earlier) return incidentFacts(open, earlier)
    const from = input.alertId ? (await readAlert(open, input.alertId, repos)).alert : null
    const role = heldRoles(open)[0] ?? null
    const incident: Incident = {
      ...said,
      id: open.ids.id(),
      code: await freeCode(open.ids, 'N', code => open.tx.incidents.byCode(code)),
      version: 1,
      exercise: from?.exercise ?? false,
      holder: person.constituency,
      audience: [...open.mission.audiences.alert],
      recordedBy: person.id,
      recordedAt: open.clock.now(),
      role: role && roleKey(role),
    }
    await repos.incidents.insert({ ...incident, requestKey: input.requestKey ?? null })
    if (from) await repos.incidents.link(incident.id, [from.id])
    await attribute(open, incident, attribution)
    const { code, subType, at, precision, sector, exercise } = incident
    await note(
      open,
      of(incident),
      'incident.recorded',
      { code, sub_type: subType, at, precision, sector, exercise, alert: from?.id ?? null },
      incident.what === '' ? {} : { what: incident.what },
    )
    await show(open, incident)
    return incidentFacts(open, incident)
  })
}

/**
 * Puts an incident right. Whoever recorded it, and anybody of the mission who may read it.
 *
 * @param input.version the version the person saw.
 * @throws TocsinError as {@link recordIncident}, and `not_allowed`, `stale`.
 */
export async function amendIncident(
  ctx: Ctx,
  input: IncidentInput & { incidentId: string; version: number },
): Promise<IncidentFacts> {
  incidentRecorder(ctx)
  const said = checked(ctx, input)
  const attribution = knownAttribution(ctx, input)
  return inTransaction(ctx, async (repos, open) => {
    const before = await readToChange(open, input.incidentId)
    const { incident } = before
    const patch: IncidentPatch = { ...said }
    // An empty field says nothing where the person was never shown what stands in it.
    const shown = alleged(open, before)
    if (patch.perpetrator === null && shown === null) delete patch.perpetrator
    if (!(await repos.incidents.update(incident.id, input.version, patch)))
      throw new TocsinError('stale', { details: { code: incident.code, changed: [] } })
    const after = (await repos.incidents.byId(incident.id)) as Incident
    await attribute(open, after, attribution)
    const fields = Object.keys(patch).filter(
      field =>
        JSON.stringify(incident[field as keyof Incident]) !== JSON.stringify(after[field as keyof Incident]),
    )
    await note(
      open,
      of(after),
      'incident.changed',
      { fields, version: after.version },
      after.what === '' ? {} : { what: after.what },
    )
    await show(open, after)
    return incidentFacts(open, after)
  })
}

/**
 * Says which alerts came before an incident, of those the acting person may read; links to others stay as they are.
 *
 * @throws TocsinError `not_registered`, `not_found` (incident or alert), `not_allowed`.
 */
export async function linkIncident(
  ctx: Ctx,
  input: { incidentId: string; alertIds: readonly string[] },
): Promise<IncidentFacts> {
  incidentRecorder(ctx)
  return inTransaction(ctx, async (repos, open) => {
    const { incident, alerts } = await readToChange(open, input.incidentId)
    const reader = actorAsReader(open)
    const unseen = alerts.filter(facts => !reader || !mayReadAlert(open, facts, 'record', reader))
    for (const alertId of input.alertIds) await readAlert(open, alertId, repos)
    const linked = [...new Set([...unseen.map(({ alert }) => alert.id), ...input.alertIds])]
    await repos.incidents.link(incident.id, linked)
    await note(open, of(incident), 'incident.linked', { alerts: linked })
    await show(open, incident)
    return incidentFacts(open, incident)
  })
}

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
  return facts
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
    for (const row of rows) {
      const facts = await incidentFacts(ctx, row)
      if (mayReadIncident(ctx, facts, 'record', reader)) yield facts
    }
    if (rows.length < batch) return
  }
}

/** Somebody of the mission or of the humanitarian side; forces and offices of the host State record nothing here. */
function incidentRecorder(ctx: Ctx): Person & { constituency: NonNullable<Person['constituency']> } {
  const person = registeredPerson(ctx)
  const { constituency } = person
  if (constituency === null || sideOf(constituency) === null) throw new TocsinError('not_allowed')
  return { ...person, constituency }
}

async function readToChange(open: Open, id: string): Promise<IncidentFacts> {
  const facts = await readIncident(open, id)
  const person = registeredPerson(open)
  const own = facts.incident.recordedBy === person.id
  const missions = person.constituency !== null && sideOf(person.constituency) === 'mission'
  const humanitarian = sideOf(facts.incident.holder) === 'humanitarian'
  if (!own && (!missions || humanitarian))
    throw new TocsinError('not_allowed', { details: { code: facts.incident.code } })
  return facts
}

type Checked = Omit<
  Incident,
  'id' | 'code' | 'version' | 'exercise' | 'holder' | 'audience' | 'recordedBy' | 'recordedAt' | 'role'
>

function checked(ctx: Ctx, input: IncidentInput): Checked {
  const { subType, perpetrator } = input
  if (!isSubType(subType)) throw unknown('subType', subType)
  const precision = EVENT_PRECISIONS.find(each => each === input.precision)
  if (!precision) throw unknown('precision', input.precision)
  if (!(input.at <= ctx.clock.now())) throw new TocsinError('time_future', { field: 'at' })
  if (perpetrator && !findTerm(ctx.mission, 'perpetrators', perpetrator))
    throw unknown('perpetrator', perpetrator)
  const place = resolvePlace(ctx, input.place)
  const sector = place.sector ?? knownSector(ctx, input.sector)
  const restricted = isRestrictedKind({ subType })
  const harm = knownHarm(input.harm ?? {})
  const common = { subType, sector, perpetrator: perpetrator || null, harm }
  if (restricted)
    return {
      ...common,
      ...{ precision: 'week', at: startOf(ctx, input.at, 'week'), what: '', groups: [] },
      ...{ placeId: null, placeSaid: districtOf(ctx, place.id), lat: null, lon: null },
    }
  return {
    ...common,
    precision,
    at: startOf(ctx, input.at, precision),
    placeId: place.id,
    placeSaid: place.said,
    lat: place.lat,
    lon: place.lon,
    what: optionalText(input.what, 'what', incidentWords) ?? '',
    groups: knownGroups(input.groups ?? [], harm),
  }
}

/** The beginning of the hour, day or week in the mission's zone in which something happened. */
function startOf({ mission }: Ctx, at: number, precision: EventPrecision): number {
  if (precision === 'exact') return at
  return DateTime.fromMillis(at, { zone: mission.zone }).startOf(precision).toMillis()
}

function districtOf({ gazetteer }: Ctx, placeId: string | null): string {
  return (placeId && gazetteer.byId(placeId)?.district) || ''
}

function knownHarm(given: Partial<Harmed>): Harmed {
  return Object.fromEntries(HARMS.map(harm => [harm, people(harm, given[harm] ?? null)])) as Harmed
}

function knownGroups(given: readonly HarmedGroup[], harm: Harmed): HarmedGroup[] {
  const rows = given.filter(
    row =>
      HARMS.includes(row.harm) &&
      GROUPS_OF_PEOPLE.includes(row.group) &&
      people(`${row.harm}_${row.group}`, row.count) !== null,
  )
  for (const each of HARMS) {
    const sum = rows.filter(row => row.harm === each).reduce((total, { count }) => total + count, 0)
    if (sum > (harm[each] ?? 0)) throw new TocsinError('groups_exceed', { field: each })
  }
  return rows.filter(({ count }) => count > 0)
}

function people(field: string, count: number | null): number | null {
  if (count !== null && !(Number.isInteger(count) && count >= 0 && count <= PEOPLE_MAX))
    throw new TocsinError('number_invalid', { field, details: { max: PEOPLE_MAX } })
  return count
}

async function attribute(
  open: Open,
  { id: incidentId }: Incident,
  attribution: ReturnType<typeof knownAttribution>,
): Promise<void> {
  if (attribution === null) return
  await open.tx.incidents.setAttribution({
    incidentId,
    ...attribution,
    recordedBy: registeredPerson(open).id,
    recordedAt: open.clock.now(),
  })
}

/** Its card where the sector's and the operations centre's alerts stand, and wherever it stands already. */
async function show(open: Open, incident: Incident): Promise<void> {
  const { channels, cards } = open.tx
  const sector = incident.sector ? await channels.byPurpose('sector', incident.sector) : []
  const places = [...sector, ...(await channels.byPurpose('operations_centre'))].map(({ id }) => id)
  const posted = (await cards.ofRecord(incident.id)).map(({ target }) => target)
  for (const target of new Set([...places, ...posted])) await cardAt(open, of(incident), target)
}

function fits(incident: Incident, alert: Alert): boolean {
  const { lat, lon, placeId, placeSaid, sector } = incident
  if (lat === null || lon === null || alert.lat === null) return sector !== null && alert.sector === sector
  return isNear({ lat, lon, placeId, placeSaid, sector, threat: null }, alert, CANDIDATE_KM)
}

const apart = (incident: Incident, alert: Alert): number => kmBetween(incident, alert) ?? CANDIDATE_KM

const unknown = (field: string, value: string) =>
  new TocsinError('unknown_term', { field, details: { value } })

const of = ({ id }: Pick<Incident, 'id'>) => ({ kind: 'incident', id })

export const incidentLimits = { what: Math.min(incidentWords, 3_000), how: textLimits.how } as const
