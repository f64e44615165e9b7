import type { HotspotPatch, HotspotRow } from '../../db/hotspots.ts'
import type { AtRisk } from '../../domain/alert.ts'
import {
  CAPACITIES,
  COVERAGES,
  HOTSPOT_KINDS,
  type HotspotKind,
  INTENTS,
  PHASES,
} from '../../domain/hotspot.ts'
import { findTerm, type TaxonomyList } from '../../domain/mission.ts'
import { TocsinError } from '../../errors.ts'
import { knownSector, type PlaceInput, resolvePlace } from '../alert/place.ts'
import { readAlert } from '../alert/reading.ts'
import { freeCode } from '../code.ts'
import { type Ctx, inTransaction, type Open } from '../context.ts'
import { heldRoles, registeredPerson } from '../permission.ts'
import { note } from '../telling.ts'
import { requiredText } from '../text.ts'
import type { HotspotFacts } from './facts.ts'
import { layersFor, mayKeepHotspot, readHotspot } from './reading.ts'
import { showHotspot } from './tell.ts'

/** How long words may be, in code points, and how large an area. */
export const hotspotLimits = {
  name: 100,
  reason: 1_000,
  post: 150,
  radiusKm: 100,
  peopleMax: 10_000_000,
} as const

export interface HotspotInput {
  name: string
  place: PlaceInput
  kind: string
  radiusKm?: number | null
  sector?: string | null
  /** Months 1 to 12; both or neither. */
  seasonFrom?: number | null
  seasonTo?: number | null
  threats: string[]
  atRisk?: AtRisk[] | null
  perpetrators?: string[]
  vulnerability?: number | null
  capacity?: string | null
  intent?: string | null
  phase?: string | null
}

/**
 * Puts a place on the list of hotspots: any confirmed person of either side may, for joint mapping rests on what all of
 * them know. It is ranked by the next round.
 *
 * @param input.fromAlert the alert it was made from; it is linked.
 * @param input.requestKey Slack's view id: the same form submitted twice is one hotspot.
 * @throws TocsinError `not_registered`, `text_missing`, `text_too_long`, `place_missing`, `unknown_term`,
 *   `number_range`, `season_half`, `not_found` (the alert).
 */
export async function createHotspot(
  ctx: Ctx,
  input: HotspotInput & { fromAlert?: string | null; requestKey?: string | null },
): Promise<HotspotFacts> {
  const person = registeredPerson(ctx)
  const given = checked(ctx, input)
  return inTransaction(ctx, async (repos, open) => {
    const earlier = input.requestKey ? await repos.hotspots.byRequestKey(input.requestKey) : null
    if (earlier) return readHotspot(open, earlier.id, repos)
    const row: HotspotRow = {
      id: open.ids.id(),
      code: await freeCode(open.ids, 'H', code => open.tx.hotspots.byCode(code)),
      version: 1,
      exercise: false,
      holder: person.constituency ?? 'mission_civilian',
      audience: [...ctx.mission.audiences.hotspot],
      ...given,
      state: 'listed',
      createdBy: person.id,
      createdAt: ctx.clock.now(),
      requestKey: input.requestKey ?? null,
    }
    await repos.hotspots.insert(row)
    await note(
      open,
      { kind: 'hotspot', id: row.id },
      'hotspot.listed',
      { code: row.code, kind: row.kind, sector: row.sector, place: row.placeId },
      { name: row.name, place: row.placeSaid },
    )
    if (input.fromAlert) await link(open, row.id, input.fromAlert, null)
    await showHotspot(open, row)
    return readHotspot(open, row.id, repos)
  })
}

/**
 * Changes what is known of a place. Its phase changes only with a reason, for how a place is called has effects.
 *
 * @throws TocsinError as {@link createHotspot}, `not_allowed`, `stale` with the fields that changed meanwhile.
 */
export async function amendHotspot(
  ctx: Ctx,
  input: HotspotInput & { hotspotId: string; version: number; reason?: string | null },
): Promise<HotspotFacts> {
  registeredPerson(ctx)
  return inTransaction(ctx, async (repos, open) => {
    const facts = await readHotspot(open, input.hotspotId, repos)
    const { hotspot } = facts
    requireKept(open, facts)
    const patch = checked(ctx, input)
    // An empty field says nothing where the person was never shown what stands in it.
    if (!layersFor(open, facts).attribution)
      patch.perpetrators = [
        ...new Set([...patch.perpetrators, ...hotspot.perpetrators.filter(id => isRestricted(ctx, id))]),
      ]
    const fields = changedFields(hotspot, patch)
    if (fields.length === 0) return facts
    const reason = fields.includes('phase')
      ? requiredText(input.reason, 'reason', hotspotLimits.reason)
      : input.reason?.trim() || null
    if (!(await repos.hotspots.update(hotspot.id, input.version, patch)))
      throw new TocsinError('stale', { details: { code: hotspot.code, changed: [] } })
    await note(
      open,
      { kind: 'hotspot', id: hotspot.id },
      'hotspot.changed',
      { code: hotspot.code, fields },
      { ...(reason ? { reason } : {}), before: pick(hotspot, fields), after: pick(patch, fields) },
    )
    const after = await readHotspot(open, hotspot.id, repos)
    await showHotspot(open, after.hotspot)
    return after
  })
}

/**
 * Takes a place off the list, or puts it back, with a reason; rounds under way say that it is gone.
 *
 * @throws TocsinError `not_registered`, `not_found`, `not_allowed`, `already_done`, `text_missing`.
 */
export async function moveHotspot(
  ctx: Ctx,
  input: { hotspotId: string; to: 'removed' | 'listed'; reason: string },
): Promise<HotspotFacts> {
  registeredPerson(ctx)
  const reason = requiredText(input.reason, 'reason', hotspotLimits.reason)
  return inTransaction(ctx, async (repos, open) => {
    const facts = await readHotspot(open, input.hotspotId, repos)
    requireKept(open, facts)
    const { id, code, version, state } = facts.hotspot
    if (state === input.to) throw new TocsinError('already_done', { details: { code } })
    await repos.hotspots.update(id, version, { state: input.to })
    await note(open, { kind: 'hotspot', id }, `hotspot.${input.to}`, { code }, { reason })
    const after = await readHotspot(open, id, repos)
    await showHotspot(open, after.hotspot)
    return after
  })
}

/**
 * How a place is covered, as those who command there say: military, police and the operations centre. Of the command
 * layer; it grows old by itself.
 *
 * @throws TocsinError `not_registered`, `not_found`, `not_allowed`, `unknown_term`, `number_range`.
 */
export async function reportCoverage(
  ctx: Ctx,
  input: { hotspotId: string; coverage: string; everyDays?: number | null },
): Promise<HotspotFacts> {
  const person = registeredPerson(ctx)
  const coverage = known(COVERAGES, input.coverage, 'coverage')
  const everyDays = coverage === 'patrols' ? wholeNumber(input.everyDays, 'everyDays', 1, 365) : null
  return inTransaction(ctx, async (repos, open) => {
    const facts = await readHotspot(open, input.hotspotId, repos)
    const uniformed = person.constituency === 'military' || person.constituency === 'police'
    const centre = heldRoles(ctx).some(({ role }) => role === ctx.mission.operationsCentre.role)
    if (!uniformed && !centre) throw new TocsinError('not_allowed', { details: { code: facts.hotspot.code } })
    const at = ctx.clock.now()
    const { id, code } = facts.hotspot
    await repos.hotspots.addCoverage({ hotspotId: id, coverage, everyDays, at, byPerson: person.id })
    await note(open, { kind: 'hotspot', id }, 'hotspot.coverage', { code }, { coverage, everyDays })
    await showHotspot(open, facts.hotspot)
    return readHotspot(open, id, repos)
  })
}

/**
 * Somebody of a section was there, from one day to another.
 *
 * @param input.from,input.to epoch ms; not in the future.
 * @throws TocsinError `not_registered`, `not_found`, `wrong_side` for people of an agency or NGO, whose movements are
 *   not ours to keep, `time_future`, `time_past` where it ended before it began.
 */
export async function recordVisit(
  ctx: Ctx,
  input: { hotspotId: string; from: number; to: number },
): Promise<HotspotFacts> {
  const person = registeredPerson(ctx)
  const { constituency } = person
  if (constituency === null || constituency === 'un_agency' || constituency === 'ngo')
    throw new TocsinError('wrong_side')
  const now = ctx.clock.now()
  if (input.from > now || input.to > now + DAY_MS) throw new TocsinError('time_future', { field: 'to' })
  if (input.to < input.from) throw new TocsinError('time_past', { field: 'to' })
  return inTransaction(ctx, async (repos, open) => {
    const { hotspot } = await readHotspot(open, input.hotspotId, repos)
    await repos.hotspots.addVisit({
      id: open.ids.id(),
      hotspotId: hotspot.id,
      constituency,
      section: person.section,
      from: input.from,
      to: input.to,
      byPerson: person.id,
      recordedAt: now,
    })
    await note(open, { kind: 'hotspot', id: hotspot.id }, 'hotspot.visited', {
      code: hotspot.code,
      constituency,
    })
    await showHotspot(open, hotspot)
    return readHotspot(open, hotspot.id, repos)
  })
}

const PURPOSES = ['contact', 'external', 'internal', 'aid'] as const

/**
 * Whom to ask about a place on the acting person's own side: posts, never names. A POC site has one contact each for
 * threats from outside, security inside and aid.
 *
 * @throws TocsinError `not_registered`, `not_found`, `unknown_term`, `text_missing`, `wrong_side`.
 */
export async function setContact(
  ctx: Ctx,
  input: { hotspotId: string; purpose: string; post: string },
): Promise<HotspotFacts> {
  const person = registeredPerson(ctx)
  const purpose = known(PURPOSES, input.purpose, 'purpose')
  const post = requiredText(input.post, 'post', hotspotLimits.post)
  const humanitarian = person.constituency === 'un_agency' || person.constituency === 'ngo'
  return inTransaction(ctx, async (repos, open) => {
    const { hotspot } = await readHotspot(open, input.hotspotId, repos)
    if (purpose !== 'contact' && hotspot.kind !== 'poc_site')
      throw new TocsinError('unknown_term', { field: 'purpose', details: { value: purpose } })
    await repos.hotspots.setContact({
      hotspotId: hotspot.id,
      side: humanitarian ? 'humanitarian' : 'mission',
      purpose,
      post,
      byPerson: person.id,
      at: ctx.clock.now(),
    })
    await note(
      open,
      { kind: 'hotspot', id: hotspot.id },
      'hotspot.contact',
      { code: hotspot.code, purpose },
      { post },
    )
    await showHotspot(open, hotspot)
    return readHotspot(open, hotspot.id, repos)
  })
}

/**
 * Links an alert to a place; of a POC site, to what comes from outside or to what happens inside.
 *
 * @throws TocsinError `not_registered`, `not_found` (either), `already_done`, `unknown_term`.
 */
export async function linkAlert(
  ctx: Ctx,
  input: { hotspotId: string; alertId: string; lane?: string | null },
): Promise<HotspotFacts> {
  registeredPerson(ctx)
  return inTransaction(ctx, async (repos, open) => {
    const { hotspot } = await readHotspot(open, input.hotspotId, repos)
    const lane =
      hotspot.kind === 'poc_site' ? known(['external', 'internal'] as const, input.lane, 'lane') : null
    await link(open, hotspot.id, input.alertId, lane)
    await showHotspot(open, hotspot)
    return readHotspot(open, hotspot.id, repos)
  })
}

async function link(
  open: Open,
  hotspotId: string,
  alertId: string,
  lane: 'external' | 'internal' | null,
): Promise<void> {
  const { alert } = await readAlert(open, alertId)
  const at = open.clock.now()
  const byPerson = registeredPerson(open).id
  const row = { hotspotId, kind: 'alert', recordId: alert.id, lane, byPerson, at }
  if (!(await open.tx.hotspots.link(row)))
    throw new TocsinError('already_done', { details: { code: alert.code } })
  await note(open, { kind: 'hotspot', id: hotspotId }, 'hotspot.linked', { alert: alert.code, lane })
}

const DAY_MS = 24 * 3_600_000

function requireKept(ctx: Ctx, { hotspot }: HotspotFacts): void {
  if (!mayKeepHotspot(ctx, hotspot)) throw new TocsinError('not_allowed', { details: { code: hotspot.code } })
}

type Checked = Required<Omit<HotspotPatch, 'audience' | 'state'>>

/** The fields of a form as they are stored. */
function checked(ctx: Ctx, input: HotspotInput): Checked {
  const place = resolvePlace(ctx, input.place)
  const [from, to] = [input.seasonFrom ?? null, input.seasonTo ?? null]
  if ((from === null) !== (to === null))
    throw new TocsinError('season_half', { field: from === null ? 'seasonFrom' : 'seasonTo' })
  const scale = ctx.mission.matrix?.scales.vulnerability ?? 5
  const radius = input.radiusKm ?? null
  if (radius !== null && !(radius > 0 && radius <= hotspotLimits.radiusKm))
    throw new TocsinError('number_range', {
      field: 'radiusKm',
      details: { min: 0, max: hotspotLimits.radiusKm },
    })
  return {
    name: requiredText(input.name, 'name', hotspotLimits.name),
    kind: known(HOTSPOT_KINDS, input.kind, 'kind') as HotspotKind,
    placeId: place.id,
    placeSaid: place.said,
    lat: place.lat,
    lon: place.lon,
    radiusKm: radius,
    sector: place.sector ?? knownSector(ctx, input.sector),
    seasonFrom: from === null ? null : wholeNumber(from, 'seasonFrom', 1, 12),
    seasonTo: to === null ? null : wholeNumber(to, 'seasonTo', 1, 12),
    threats: terms(ctx, 'threats', input.threats, 'threats'),
    atRisk: atRisk(ctx, input.atRisk ?? null),
    perpetrators: terms(ctx, 'perpetrators', input.perpetrators ?? [], 'perpetrators'),
    vulnerability:
      input.vulnerability == null ? null : wholeNumber(input.vulnerability, 'vulnerability', 1, scale),
    capacity: known(CAPACITIES, input.capacity ?? 'unknown', 'capacity'),
    intent: known(INTENTS, input.intent ?? 'unknown', 'intent'),
    phase: known(PHASES, input.phase ?? 'ongoing_conflict', 'phase'),
  }
}

function atRisk(ctx: Ctx, rows: readonly AtRisk[] | null): AtRisk[] | null {
  if (!rows) return null
  terms(
    ctx,
    'at_risk',
    rows.map(({ kind }) => kind),
    'atRisk',
  )
  for (const { kind, count } of rows)
    if (count !== null) wholeNumber(count, `count_${kind}`, 0, hotspotLimits.peopleMax)
  return [...rows]
}

function terms(ctx: Ctx, list: TaxonomyList, values: readonly string[], field: string): string[] {
  for (const value of values)
    if (!findTerm(ctx.mission, list, value))
      throw new TocsinError('unknown_term', { field, details: { value } })
  return [...new Set(values)]
}

function known<T extends string>(values: readonly T[], value: string | null | undefined, field: string): T {
  const found = values.find(candidate => candidate === value)
  if (!found) throw new TocsinError('unknown_term', { field, details: { value: value ?? '' } })
  return found
}

/** @throws TocsinError `number_range` for anything but a whole number from `min` to `max`. */
function wholeNumber(value: number | null | undefined, field: string, min: number, max: number): number {
  if (typeof value !== 'number' || !Number.isInteger(value) || value < min || value > max)
    throw new TocsinError('number_range', { field, details: { min, max } })
  return value
}

const isRestricted = (ctx: Ctx, id: string): boolean =>
  findTerm(ctx.mission, 'perpetrators', id)?.restricted ?? false

function changedFields(before: HotspotRow, patch: Checked): string[] {
  const keys = Object.keys(patch) as (keyof Checked)[]
  return keys.filter(key => JSON.stringify(before[key]) !== JSON.stringify(patch[key]))
}

const pick = (row: object, fields: readonly string[]): Record<string, unknown> =>
  Object.fromEntries(Object.entries(row).filter(([key]) => fields.includes(key)))
