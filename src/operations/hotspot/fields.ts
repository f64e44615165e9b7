/** The fields of a hotspot's form, checked. */
import type { HotspotPatch } from '../../db/hotspots.ts'
import type { AtRisk } from '../../domain/alert.ts'
import { CAPACITIES, HOTSPOT_KINDS, type HotspotKind, INTENTS, PHASES } from '../../domain/hotspot.ts'
import { findTerm, type TaxonomyList } from '../../domain/mission.ts'
import { TocsinError } from '../../errors.ts'
import { knownSector, type PlaceInput, resolvePlace } from '../alert/place.ts'
import type { Ctx } from '../context.ts'
import { requiredText } from '../text.ts'

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

/** The fields of a form, as they are stored. */
export type Checked = Required<Omit<HotspotPatch, 'audience' | 'state'>>

/** @throws TocsinError as `createHotspot`. */
export function checked(ctx: Ctx, input: HotspotInput): Checked {
  const place = resolvePlace(ctx, input.place)
  const [from, to] = [input.seasonFrom ?? null, input.seasonTo ?? null]
  if ((from === null) !== (to === null))
    throw new TocsinError('season_half', { field: from === null ? 'seasonFrom' : 'seasonTo' })
  const scale = ctx.mission.matrix?.scales.vulnerability ?? 5
  const radius = input.radiusKm ?? null
  if (radius !== null && !(radius > 0 && radius <= hotspotLimits.radiusKm))
    throw new TocsinError('radius_range', { field: 'radiusKm', details: { max: hotspotLimits.radiusKm } })
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

/** @throws TocsinError `unknown_term` for a value that is none of these. */
export function known<T extends string>(
  values: readonly T[],
  value: string | null | undefined,
  field: string,
): T {
  const found = values.find(candidate => candidate === value)
  if (!found) throw new TocsinError('unknown_term', { field, details: { value: value ?? '' } })
  return found
}

/** @throws TocsinError `number_range` for anything but a whole number from `min` to `max`. */
export function wholeNumber(
  value: number | null | undefined,
  field: string,
  min: number,
  max: number,
): number {
  if (typeof value !== 'number' || !Number.isInteger(value) || value < min || value > max)
    throw new TocsinError('number_range', { field, details: { min, max } })
  return value
}

export const isRestricted = (ctx: Ctx, id: string): boolean =>
  findTerm(ctx.mission, 'perpetrators', id)?.restricted ?? false
