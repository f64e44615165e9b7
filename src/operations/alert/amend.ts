import { type Alert, type AtRisk, isMoreUrgent } from '../../domain/alert.ts'
import { findTerm, type TaxonomyList, THREAT_SCOPES, type ThreatScope } from '../../domain/mission.ts'
import { isSensitivity, isTlp, type Sensitivity, type Tlp } from '../../domain/release.ts'
import { TocsinError } from '../../errors.ts'
import { type Ctx, inTransaction, type Open } from '../context.ts'
import { detectEarlyWarning } from '../early-warning/detect.ts'
import { actingPerson, registeredPerson, roleKey } from '../permission.ts'
import { knownEvent } from '../report.ts'
import { tellSubscribers } from '../subscription.ts'
import { optionalText, requiredText, textLimits } from '../text.ts'
import { factsNow, recordAct, type Said, settle } from './acts.ts'
import { requireKeeper, speakingRole } from './chain.ts'
import type { AlertFacts } from './facts.ts'
import { CONFIDENCES, SAID_BY } from './layers.ts'
import { knownSector, knownUrgency, type PlaceInput, resolvePlace } from './place.ts'
import { allegedFor, readOpenAlert } from './reading.ts'
import { askOwnersAgain, reroute } from './reroute.ts'
import { requireUnmarked } from './specialist.ts'
import { refreshCards, tellThread } from './tell.ts'

/** More people than this is a slip of the finger. */
const PEOPLE_MAX = 10_000_000

/**
 * Adds what somebody learnt to the alert's thread and record. Anybody the mission knows who may read the alert.
 *
 * @throws TocsinError `not_registered`, `not_found`, `already_ended`, `text_missing`, `text_too_long`.
 */
export async function addInformation(
  ctx: Ctx,
  input: { alertId: string; note: string },
): Promise<AlertFacts> {
  const person = actingPerson(ctx)
  const note = requiredText(input.note, 'note', textLimits.note)
  return inTransaction(ctx, async (repos, open) => {
    const facts = await readOpenAlert(open, input.alertId, repos)
    if (person.id !== facts.alert.raisedBy) registeredPerson(ctx)
    requireUnmarked(facts)
    await say(open, facts, facts, { kind: 'information', note })
    return settle(open, facts)
  })
}

/** What is left out stays as it is; null and nothing chosen take back what was known. */
export interface DetailsInput {
  alertId: string
  /** The version the person saw. */
  version: number
  threat?: string | null
  cameBy?: string | null
  atRisk?: AtRisk[] | null
  perpetrator?: string | null
  /** The group alleged, an id of the mission's list: kept in its own layer. Empty leaves what is there. */
  group?: string | null
  /** Who says that it is this group, and how surely. */
  saidBy?: string | null
  confidence?: string | null
  askedFor?: string[] | null
  /** When it happens or happened (epoch ms), and how closely that is known. */
  eventAt?: number | null
  eventPrecision?: string | null
  /** `physical` or `wider`, where it is otherwise than the mission file has it for the threat. */
  scope?: string | null
}

/**
 * Adds or changes what is known of the threat, how the warning came, who is at risk, who is alleged and what is
 * asked for. A threat that belongs to another ladder moves an owner that has not answered yet.
 *
 * @throws TocsinError `not_found`, `already_ended`, `not_allowed`, `stale` (what changed), `unknown_term`,
 *   `number_invalid`, `with_specialist`; `own_personnel` where the mission's own are alleged: nothing is stored.
 */
export async function addDetails(ctx: Ctx, input: DetailsInput): Promise<AlertFacts> {
  const person = actingPerson(ctx)
  const attribution = knownAttribution(ctx, input)
  const patch = given({
    threat: knownTerm(ctx, 'threats', input.threat, 'threat'),
    cameBy: knownTerm(ctx, 'came_by', input.cameBy, 'cameBy'),
    perpetrator: knownTerm(ctx, 'perpetrators', input.perpetrator, 'perpetrator'),
    askedFor: input.askedFor && knownTerms(ctx, 'asked_for', input.askedFor, 'askedFor'),
    atRisk: input.atRisk && knownAtRisk(ctx, input.atRisk),
    scope: knownScope(input.scope),
    ...(input.eventAt === undefined ? {} : knownEvent(input)),
  })
  return inTransaction(ctx, async (repos, open) => {
    const facts = await readOpenAlert(open, input.alertId, repos)
    requireKeeper(open, facts)
    requireUnmarked(facts)
    // An empty field says nothing where the person was never shown what stands in it.
    if (patch.perpetrator === null && allegedFor(open, facts) === null) delete patch.perpetrator
    const fields = await change(open, facts.alert, input.version, patch)
    if (attribution !== null) {
      const now = open.clock.now()
      await repos.alerts.setAttribution({
        alertId: facts.alert.id,
        ...attribution,
        recordedBy: person.id,
        recordedAt: now,
      })
      fields.push('group')
    }
    if (fields.length === 0) return facts
    const after = await factsNow(open, facts.alert)
    await say(open, facts, after, { kind: 'correct', reason: fields.join(',') })
    if (fields.includes('threat')) await reroute(open, facts, after)
    const settled = await settle(open, facts)
    await detectEarlyWarning(open, facts.alert)
    return settled
  })
}

export interface CorrectInput {
  alertId: string
  version: number
  place: PlaceInput
  how?: string | null
  urgency: string
  sector?: string | null
  /** Left out or null: as it was. */
  tlp?: string | null
  sensitivity?: string | null
}

/**
 * Corrects place, urgency or sector. Another sector has other owners: they are told and their clocks start anew;
 * another urgency re-arms both clocks from now. Saying the sector of a place that had none is the operations
 * centre's triage, and stands on record as such.
 *
 * @throws TocsinError `not_found`, `already_ended`, `not_allowed`, `stale`, `place_missing`, `unknown_term`.
 */
export async function correct(ctx: Ctx, input: CorrectInput): Promise<AlertFacts> {
  actingPerson(ctx)
  const urgency = knownUrgency(input.urgency)
  const how = optionalText(input.how, 'how', textLimits.how)
  const chosen = knownSector(ctx, input.sector)
  return inTransaction(ctx, async (repos, open) => {
    const facts = await readOpenAlert(open, input.alertId, repos)
    const { alert } = facts
    requireKeeper(open, facts)
    const marked = facts.specialist.length > 0
    const place = marked ? placeOf(alert) : resolvePlace(ctx, input.place)
    const sector = chosenSector(alert, place, chosen)
    const fields = await change(open, alert, input.version, {
      urgency,
      sector,
      triage: alert.triage && sector === null,
      placeId: place.id,
      placeSaid: place.said,
      lat: place.lat,
      lon: place.lon,
      precision: place.precision,
      placeHow: marked ? alert.placeHow : how,
      ...knownMarks(ctx, alert, input),
    })
    if (fields.length === 0) return facts
    if (urgency !== alert.urgency) {
      await say(open, facts, facts, { kind: 'urgency', reason: urgency, who: alert.urgency })
    }
    const after = await factsNow(open, alert)
    await refreshCards(open, after.alert)
    const others = shown(fields).filter(field => field !== 'urgency')
    if (others.length > 0) {
      const triaged = alert.sector === null && sector !== null
      await say(open, facts, after, { kind: triaged ? 'triage' : 'correct', reason: others.join(',') })
    }
    if (sector !== alert.sector) await reroute(open, facts, after)
    else if (isMoreUrgent(urgency, alert.urgency)) await askOwnersAgain(open, after)
    const settled = await settle(open, facts)
    await detectEarlyWarning(open, alert)
    if (urgency !== alert.urgency) await tellSubscribers(open, await factsNow(open, alert))
    return settled
  })
}

/**
 * Puts the place of an alert right and leaves all else as it is: the answer to whoever named one that disagrees with
 * the position given with it.
 *
 * @throws TocsinError as {@link correct}.
 */
export async function takePlace(
  ctx: Ctx,
  input: { alertId: string; version: number; place: PlaceInput },
): Promise<AlertFacts> {
  actingPerson(ctx)
  const { alertId, version, place } = input
  return inTransaction(ctx, async (repos, open) => {
    const { alert } = await readOpenAlert(open, alertId, repos)
    const { sector } = resolvePlace(open, place)
    const { urgency, placeHow: how } = alert
    return correct(open, { alertId, version, place, how, urgency, sector: sector ?? alert.sector })
  })
}

/** The place as it stands: that of an alert marked for a specialist is not told any closer. */
function placeOf({ placeId: id, placeSaid: said, lat, lon, precision }: Alert) {
  return { id, said, lat, lon, precision, sector: null }
}

/** The marks chosen; one that stays as the mission has it is not written down as chosen. */
function knownMarks({ mission }: Ctx, alert: Alert, { tlp, sensitivity }: CorrectInput): Partial<Alert> {
  if (tlp && !isTlp(tlp)) throw new TocsinError('unknown_term', { field: 'tlp', details: { value: tlp } })
  if (sensitivity && !isSensitivity(sensitivity))
    throw new TocsinError('unknown_term', { field: 'sensitivity', details: { value: sensitivity } })
  return {
    ...(tlp && tlp !== (alert.tlp ?? mission.marks.tlp) ? { tlp: tlp as Tlp } : {}),
    ...(sensitivity && sensitivity !== (alert.sensitivity ?? mission.marks.sensitivity)
      ? { sensitivity: sensitivity as Sensitivity }
      : {}),
  }
}

/** A sector newly chosen, else that of a place newly named, else the one there was. */
function chosenSector(
  alert: Alert,
  place: { id: string | null; said: string; sector: string | null },
  chosen: string | null,
): string | null {
  if (chosen !== null && chosen !== alert.sector) return chosen
  const samePlace = place.id === alert.placeId && place.said === alert.placeSaid
  return (samePlace ? null : place.sector) ?? alert.sector
}

const placeFields: Record<string, string> = {
  placeId: 'place',
  placeSaid: 'place',
  lat: 'place',
  lon: 'place',
  precision: 'place',
  placeHow: 'how',
}

/** Fields by the names people know them by. */
function shown(fields: readonly string[]): string[] {
  return [...new Set(fields.map(field => placeFields[field] ?? field))].filter(field => field !== 'triage')
}

/** Compare-and-set of an alert's fields; returns the names of those that changed, none when nothing did. */
async function change(open: Open, alert: Alert, version: number, patch: Partial<Alert>): Promise<string[]> {
  const fields = Object.entries(patch)
    .filter(([field, value]) => JSON.stringify(alert[field as keyof Alert]) !== JSON.stringify(value))
    .map(([field]) => field)
  if (fields.length === 0) return []
  if (!(await open.tx.alerts.update(alert.id, version, patch))) {
    throw new TocsinError('stale', {
      details: { code: alert.code, changed: await changedSince(open, alert.id, version) },
    })
  }
  const now = open.clock.now()
  await open.tx.events.append({
    at: now,
    recordedAt: now,
    actor: actingPerson(open).id,
    kind: 'alert.changed',
    recordKind: 'alert',
    recordId: alert.id,
    data: { fields, version: version + 1 },
    words: {
      before: Object.fromEntries(fields.map(field => [field, alert[field as keyof Alert]])),
      after: Object.fromEntries(fields.map(field => [field, patch[field as keyof Alert]])),
    },
  })
  return fields
}

async function changedSince(open: Open, alertId: string, version: number): Promise<string[]> {
  const events = await open.tx.events.ofRecord('alert', alertId)
  const fields = events
    .filter(event => event.kind === 'alert.changed' && Number(event.data.version) > version)
    .flatMap(event => event.data.fields as string[])
  return shown(fields)
}

/** Writes an act on the alert as a whole and says so in its thread, also where that was kept `before`. */
async function say(
  open: Open,
  before: AlertFacts,
  after: AlertFacts,
  said: Pick<Said, 'kind'> & Partial<Said>,
): Promise<void> {
  const role = speakingRole(open, before)
  const act = await recordAct(open, after.alert, { slot: null, role: role && roleKey(role), ...said })
  await tellThread(open, after.alert, { line: 'act', act }, before.alert)
}

function knownScope(value: string | null | undefined): ThreatScope | null | undefined {
  if (!value) return value === undefined ? undefined : null
  const scope = THREAT_SCOPES.find(candidate => candidate === value)
  if (!scope) throw new TocsinError('unknown_term', { field: 'scope', details: { value } })
  return scope
}

/** Without what was left out. */
function given<T extends object>(patch: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(patch).filter(([, value]) => value !== undefined)) as never
}

/**
 * Who is alleged by name, who says so and how surely; null where nobody is.
 *
 * @throws TocsinError `unknown_term`, `own_personnel`.
 */
export function knownAttribution(
  { mission }: Pick<Ctx, 'mission'>,
  { group, saidBy, confidence }: Pick<DetailsInput, 'group' | 'saidBy' | 'confidence'>,
): { group: string; saidBy: string | null; confidence: string | null } | null {
  if (!group) return null
  const found = mission.groups.find(({ id }) => id === group)
  if (!found) throw new TocsinError('unknown_term', { field: 'group', details: { value: group } })
  if (found.class === 'un') throw new TocsinError('own_personnel')
  const known = <T extends string>(list: readonly T[], field: string, value: string | null | undefined) => {
    const term = list.find(candidate => candidate === value) ?? null
    if (value && !term) throw new TocsinError('unknown_term', { field, details: { value } })
    return term
  }
  return {
    group,
    saidBy: known(SAID_BY, 'saidBy', saidBy),
    confidence: known(CONFIDENCES, 'confidence', confidence),
  }
}

function knownTerm(
  ctx: Ctx,
  list: TaxonomyList,
  value: string | null | undefined,
  field: string,
): string | null | undefined {
  if (value === undefined) return undefined
  return value ? (knownTerms(ctx, list, [value], field)?.[0] ?? null) : null
}

/** Null for none. */
function knownTerms(ctx: Ctx, list: TaxonomyList, values: readonly string[], field: string): string[] | null {
  for (const value of values) {
    if (!findTerm(ctx.mission, list, value))
      throw new TocsinError('unknown_term', { field, details: { value } })
  }
  return values.length > 0 ? [...values] : null
}

function knownAtRisk(ctx: Ctx, rows: readonly AtRisk[]): AtRisk[] | null {
  const kinds = rows.map(({ kind }) => kind)
  if (!knownTerms(ctx, 'at_risk', kinds, 'atRisk')) return null
  for (const { kind, count } of rows) {
    if (count !== null && (!Number.isInteger(count) || count < 0 || count > PEOPLE_MAX)) {
      throw new TocsinError('number_invalid', { field: `count_${kind}`, details: { max: PEOPLE_MAX } })
    }
  }
  return rows.map(({ kind, count }) => ({ kind, count }))
}
