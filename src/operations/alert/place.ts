import { URGENCIES, type Urgency } from '../../domain/mission.ts'
import { TocsinError } from '../../errors.ts'
import type { Ctx } from '../context.ts'
import { optionalText, textLimits } from '../text.ts'

export interface PlaceInput {
  /** A place of the gazetteer. */
  id?: string | null
  /** The place in the author's own words; needed where no id is given. */
  said?: string | null
}

export function knownUrgency(value: string): Urgency {
  const urgency = URGENCIES.find(candidate => candidate === value)
  if (!urgency) throw new TocsinError('unknown_term', { field: 'urgency', details: { value } })
  return urgency
}

export function knownSector(ctx: Ctx, value: string | null | undefined): string | null {
  if (!value) return null
  if (!ctx.mission.sectors.some(sector => sector.id === value)) {
    throw new TocsinError('unknown_term', { field: 'sector', details: { value } })
  }
  return value
}

/** A place of the gazetteer with its coordinates and sector, or the author's words as they stand. */
export function resolvePlace(
  ctx: Ctx,
  input: PlaceInput,
): { id: string | null; said: string; lat: number | null; lon: number | null; sector: string | null } {
  const known = input.id ? ctx.gazetteer.byId(input.id) : undefined
  if (known) return { id: known.id, said: known.name, lat: known.lat, lon: known.lon, sector: known.sector }
  const said = optionalText(input.said, 'place', textLimits.place)
  if (!said) throw new TocsinError('place_missing', { field: 'place' })
  return { id: null, said, lat: null, lon: null, sector: null }
}
