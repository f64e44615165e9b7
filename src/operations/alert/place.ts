import { distance } from '@turf/distance'
import type { Alert } from '../../domain/alert.ts'
import type { Place } from '../../domain/gazetteer.ts'
import { URGENCIES, type Urgency } from '../../domain/mission.ts'
import { findPosition, type Position, type Precision } from '../../domain/position.ts'
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

/** A place as it is stored: of the gazetteer, a position, or the author's words as they stand. */
export interface ResolvedPlace {
  id: string | null
  said: string
  lat: number | null
  lon: number | null
  /** Null for a place of the gazetteer and for words without a position. */
  precision: Precision | null
  /** Null where nothing settles it: places outside every sector are allowed. */
  sector: string | null
}

/** A position whose nearest known place lies no further away than this belongs to that place's sector. */
const SECTOR_WITHIN_KM = 10

/**
 * A place of the gazetteer with its coordinates and sector; else the author's words, with the position they hold
 * (decimal degrees, degrees and minutes, MGRS, plus codes) and, near a known place, its sector.
 */
export function resolvePlace(ctx: Ctx, input: PlaceInput): ResolvedPlace {
  const known = input.id ? ctx.gazetteer.byId(input.id) : undefined
  if (known) {
    const { id, name, lat, lon, sector } = known
    return { id, said: name, lat, lon, precision: null, sector }
  }
  const said = optionalText(input.said, 'place', textLimits.place)
  if (!said) throw new TocsinError('place_missing', { field: 'place' })
  const position = positionIn(ctx, said)
  if (!position) return { id: null, said, lat: null, lon: null, precision: null, sector: null }
  const { lat, lon, precision } = position
  const near = ctx.gazetteer.nearest(position, SECTOR_WITHIN_KM)
  return { id: null, said, lat, lon, precision, sector: near?.place.sector ?? null }
}

/** The position a text holds; short plus codes are read beside a place of the gazetteer. */
export function positionIn({ gazetteer }: Pick<Ctx, 'gazetteer'>, text: string): Position | null {
  return findPosition(text, words => (words === '' ? null : gazetteer.matchIn(words)))
}

/** A named place and a position given with it, so far apart that one of the two is wrong. */
export interface PlaceDoubt {
  place: Place
  position: Position
  /** Kilometres between them. */
  km: number
}

/**
 * Whether the place named for an alert and a position given with it disagree by more than the mission file allows;
 * null where they do not, or only one is known. Whoever raises is asked; nothing waits for the answer.
 */
export function placeDoubt(
  ctx: Pick<Ctx, 'gazetteer' | 'mission'>,
  alert: Pick<Alert, 'placeId' | 'placeSaid' | 'placeHow' | 'what'>,
): PlaceDoubt | null {
  const texts = [alert.placeSaid, alert.placeHow ?? '', alert.what]
  const position = texts.map(text => positionIn(ctx, text)).find(found => found !== null)
  if (!position) return null
  const named = alert.placeId
    ? ctx.gazetteer.byId(alert.placeId)
    : ctx.gazetteer.matchIn(positionIn(ctx, alert.placeSaid)?.rest ?? alert.placeSaid)
  if (!named) return null
  const km = distance([named.lon, named.lat], [position.lon, position.lat], { units: 'kilometers' })
  return km > ctx.mission.places.disagreeKm ? { place: named, position, km } : null
}
