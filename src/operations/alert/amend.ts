import { type Act, type Alert, type AtRisk, slots } from '../../domain/alert.ts'
import { findTerm, routeFor, type TaxonomyList } from '../../domain/mission.ts'
import { TocsinError } from '../../errors.ts'
import { type Ctx, inTransaction, type Open } from '../context.ts'
import { actingPerson, registeredPerson, roleKey } from '../permission.ts'
import { optionalText, requiredText, textLimits } from '../text.ts'
import { recordAct, settle } from './answer.ts'
import { requireKeeper, speakingRole } from './chain.ts'
import { tellFrom } from './climb.ts'
import { type AlertFacts, alertFacts, ladderOf } from './facts.ts'
import { knownSector, knownUrgency, type PlaceInput, resolvePlace } from './raise.ts'
import { readOpenAlert } from './reading.ts'
import { tellPeople, tellThread } from './tell.ts'

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
    await addAct(open, facts, { kind: 'information', note })
    return settle(open, facts)
  })
}

export interface DetailsInput {
  alertId: string
  /** The version the person saw. */
  version: number
  threat?: string | null
  cameBy?: string | null
  atRisk?: AtRisk[] | null
  perpetrator?: string | null
  /** The group alleged by name: kept in its own layer. */
  group?: string | null
  askedFor?: string[] | null
}

/**
 * Adds or changes what is known of the threat, how the warning came, who is at risk, who is alleged and what is
 * asked for. A threat that belongs to another ladder moves an owner that has not answered yet.
 *
 * @throws TocsinError `not_found`, `already_ended`, `not_allowed`, `stale` (what changed), `unknown_term`, `number_invalid`.
 */
export async function addDetails(ctx: Ctx, input: DetailsInput): Promise<AlertFacts> {
  const person = actingPerson(ctx)
  const group = optionalText(input.group, 'group', textLimits.group)
  const patch = {
    threat: knownTerm(ctx, 'threats', input.threat, 'threat'),
    cameBy: knownTerm(ctx, 'came_by', input.cameBy, 'cameBy'),
    perpetrator: knownTerm(ctx, 'perpetrators', input.perpetrator, 'perpetrator'),
    askedFor: input.askedFor?.length
      ? input.askedFor.map(id => knownTerm(ctx, 'asked_for', id, 'askedFor') as string)
      : null,
    atRisk: input.atRisk?.length ? input.atRisk.map(row => knownAtRisk(ctx, row)) : null,
  }
  return inTransaction(ctx, async (repos, open) => {
    const facts = await readOpenAlert(open, input.alertId, repos)
    requireKeeper(open, facts)
    const fields = await change(open, facts.alert, input.version, patch)
    if (group !== null) {
      const now = open.clock.now()
      await repos.alerts.setAttribution({
        alertId: facts.alert.id,
        group,
        recordedBy: person.id,
        recordedAt: now,
      })
      fields.push('group')
    }
    if (fields.length === 0) return facts
    await addAct(open, facts, { kind: 'correct', reason: fields.join(',') })
    if (fields.includes('threat')) await reroute(open, facts, false)
    return settle(open, facts)
  })
}

export interface CorrectInput {
  alertId: string
  version: number
  place: PlaceInput
  how?: string | null
  urgency: string
  sector?: string | null
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
  const place = resolvePlace(ctx, input.place)
  const chosen = knownSector(ctx, input.sector)
  return inTransaction(ctx, async (repos, open) => {
    const { alert, ...rest } = await readOpenAlert(open, input.alertId, repos)
    const facts = { alert, ...rest }
    requireKeeper(open, facts)
    const samePlace = place.id === alert.placeId && place.said === alert.placeSaid
    const sector = chosen ?? (samePlace ? alert.sector : place.sector) ?? alert.sector
    const fields = await change(open, alert, input.version, {
      urgency,
      sector,
      triage: alert.triage && sector === null,
      placeId: place.id,
      placeSaid: place.said,
      lat: place.lat,
      lon: place.lon,
      placeHow: how,
    })
    if (fields.length === 0) return facts
    const shown = [...new Set(fields.map(field => placeFields[field] ?? field))].filter(
      field => field !== 'triage',
    )
    if (urgency !== alert.urgency) {
      await addAct(open, facts, { kind: 'urgency', reason: urgency, who: alert.urgency })
    }
    const others = shown.filter(field => field !== 'urgency')
    if (others.length > 0) {
      const triaged = alert.sector === null && sector !== null
      await addAct(open, facts, { kind: triaged ? 'triage' : 'correct', reason: others.join(',') })
    }
    if (sector !== alert.sector) await reroute(open, facts, true)
    return settle(open, facts)
  })
}

const placeFields: Record<string, string> = {
  placeId: 'place',
  placeSaid: 'place',
  lat: 'place',
  lon: 'place',
  placeHow: 'how',
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
  return [...new Set(fields.map(field => placeFields[field] ?? field))].filter(field => field !== 'triage')
}

/**
 * Gives owners the ladders their sector and threat now route to. An owner that has answered keeps the alert unless
 * the sector itself changed (`always`): it may still say *Can't take it*.
 */
async function reroute(open: Open, before: AlertFacts, always: boolean): Promise<void> {
  const now = open.clock.now()
  const alert = (await open.tx.alerts.byId(before.alert.id)) ?? before.alert
  const route = routeFor(open.mission, alert)
  for (const slot of slots) {
    const owner = before.owners.find(candidate => candidate.owner.slot === slot)
    if (!owner) continue
    const answered = owner.state.acknowledged !== null || owner.state.decision !== null
    const changes = owner.owner.ladder !== route[slot].id
    if (!always && (!changes || answered)) continue
    await open.tx.alerts.setOwnerLadder(alert.id, slot, route[slot].id)
    await addAct(open, before, { kind: 'moved', slot, quiet: true })
    const facts = await alertFacts(open.tx, open.mission, now, alert)
    const moved = facts.owners.find(candidate => candidate.owner.slot === slot)
    if (!moved || ladderOf(open.mission, moved.owner).id !== route[slot].id) continue
    const told = await tellFrom(open, moved, 0, { step: 'acknowledge', round: moved.state.round, dueAt: now })
    const line = {
      line: 'escalated',
      slot,
      step: 'acknowledge',
      round: moved.state.round,
      rungs: told.rungs,
    } as const
    await tellThread(open, alert, line)
    await tellPeople(open, alert, told.people, line)
  }
}

async function addAct(
  open: Open,
  facts: AlertFacts,
  input: Pick<Act, 'kind'> & Partial<Pick<Act, 'reason' | 'note' | 'who' | 'slot'>> & { quiet?: boolean },
): Promise<void> {
  const now = open.clock.now()
  const role = speakingRole(open, facts)
  const id = open.ids.id()
  await recordAct(open, {
    id,
    alertId: facts.alert.id,
    slot: input.slot ?? null,
    kind: input.kind,
    at: now,
    recordedAt: now,
    byPerson: actingPerson(open).id,
    role: role ? roleKey(role) : null,
    means: 'slack',
    reason: input.reason ?? null,
    until: null,
    who: input.who ?? null,
    note: input.note ?? null,
  })
  if (!input.quiet) await tellThread(open, facts.alert, { line: 'act', act: id })
}

function knownTerm(
  ctx: Ctx,
  list: TaxonomyList,
  value: string | null | undefined,
  field: string,
): string | null {
  if (!value) return null
  if (!findTerm(ctx.mission, list as 'at_risk', value))
    throw new TocsinError('unknown_term', { field, details: { value } })
  return value
}

function knownAtRisk(ctx: Ctx, row: AtRisk): AtRisk {
  const kind = knownTerm(ctx, 'at_risk', row.kind, 'atRisk') as string
  const { count } = row
  if (count !== null && (!Number.isInteger(count) || count < 0 || count > PEOPLE_MAX)) {
    throw new TocsinError('number_invalid', { field: `count_${kind}`, details: { max: PEOPLE_MAX } })
  }
  return { kind, count }
}
