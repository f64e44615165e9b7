/** What did happen to civilians: recording it, putting it right, linking it to the alerts before it. */
import { DateTime } from 'luxon'
import type { IncidentPatch } from '../db/incidents.ts'
import { EVENT_PRECISIONS, type EventPrecision } from '../domain/alert.ts'
import {
  GROUPS_OF_PEOPLE,
  HARMS,
  type Harmed,
  type HarmedGroup,
  type Incident,
  isRestrictedKind,
  isSubType,
} from '../domain/incident.ts'
import { findTerm, shownRole } from '../domain/mission.ts'
import { sideOf } from '../domain/side.ts'
import { TocsinError } from '../errors.ts'
import { knownAttribution } from './alert/known.ts'
import { knownSector, type PlaceInput, resolvePlace } from './alert/place.ts'
import { actorAsReader, mayReadAlert, readAlert } from './alert/reading.ts'
import { freeCode } from './code.ts'
import { type Ctx, inTransaction, type Open, type Person } from './context.ts'
import { alleged, type IncidentFacts, incidentFacts } from './incident/facts.ts'
import { heldRoles, registeredPerson, roleKey } from './permission.ts'
import { cardAt, note } from './telling.ts'
import { optionalText, textLimits } from './text.ts'

export { type IncidentFacts, mayReadIncident } from './incident/facts.ts'

import { readIncident } from './incident/read.ts'

export { findIncidents } from './incident/find.ts'
export {
  allIncidents,
  INCIDENT_CSV,
  INCIDENT_PAGE,
  incidentCandidates,
  listIncidents,
  readIncident,
  requestIncidentCsv,
} from './incident/read.ts'

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
    const role = shownRole(open.mission, heldRoles(open))
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

const unknown = (field: string, value: string) =>
  new TocsinError('unknown_term', { field, details: { value } })

const of = ({ id }: Pick<Incident, 'id'>) => ({ kind: 'incident', id })

export const incidentLimits = { what: Math.min(incidentWords, 3_000), how: textLimits.how } as const
