import { type Alert, type AtRisk, isMoreUrgent } from '../../domain/alert.ts'
import { type Ctx, inTransaction, type Open } from '../context.ts'
import { detectEarlyWarning } from '../early-warning/detect.ts'
import { actingPerson, registeredPerson, roleKey } from '../permission.ts'
import { knownEvent } from '../report.ts'
import { tellSubscribers } from '../subscription.ts'
import { optionalText, requiredText, textLimits } from '../text.ts'
import { factsNow, recordAct, type Said, settle } from './acts.ts'
import { requireKeeper, speakingRole } from './chain.ts'
import { change, shown } from './change.ts'
import type { AlertFacts } from './facts.ts'
import { knownAtRisk, knownAttribution, knownMarks, knownScope, knownTerm, knownTerms } from './known.ts'
import { knownSector, knownUrgency, type PlaceInput, resolvePlace } from './place.ts'
import { allegedFor, readOpenAlert } from './reading.ts'
import { askOwnersAgain, reroute } from './reroute.ts'
import { requireUnmarked } from './specialist.ts'
import { refreshCards, tellThread } from './tell.ts'

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
    if (fields.includes('threat')) await tellSubscribers(open, await factsNow(open, facts.alert))
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
    if (urgency !== alert.urgency || sector !== alert.sector)
      await tellSubscribers(open, await factsNow(open, alert))
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

/** Without what was left out. */
function given<T extends object>(patch: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(patch).filter(([, value]) => value !== undefined)) as never
}
