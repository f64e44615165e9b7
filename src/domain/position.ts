/**
 * Positions as people give them over radio, by telephone and from maps: decimal degrees, degrees and minutes, MGRS and
 * plus codes; how exact each is, and how much of that exactness others are shown. Pure.
 */
import mgrs from 'mgrs'
import { OpenLocationCode } from 'open-location-code'
import type { Point } from './place.ts'

/** How near a position is to the truth, finest first: within some 50 m, 100 m, 1 km, 10 km, a district. */
export const PRECISIONS = ['exact', '100m', '1km', '10km', 'district'] as const
export type Precision = (typeof PRECISIONS)[number]

export const POSITION_FORMS = ['decimal', 'degrees', 'mgrs', 'plus_code'] as const
export type PositionForm = (typeof POSITION_FORMS)[number]

/** A position found in a text. `lat` and `lon` in WGS 84 decimal degrees: the middle of what the digits say. */
export interface Position extends Point {
  precision: Precision
  form: PositionForm
  /** As it was written. */
  written: string
  /** The text without it. */
  rest: string
}

const plusCodes = new OpenLocationCode()
const METRES_PER_DEGREE = 111_320

/** The class of a position whose digits leave it open by so many metres. */
export function precisionOf(metres: number): Precision {
  if (metres <= 50) return 'exact'
  if (metres <= 200) return '100m'
  if (metres <= 2_000) return '1km'
  return metres <= 20_000 ? '10km' : 'district'
}

/** The less exact of the two. */
export function coarser(a: Precision, b: Precision): Precision {
  return PRECISIONS.indexOf(a) >= PRECISIONS.indexOf(b) ? a : b
}

type Reading = (Omit<Position, 'written' | 'rest'> & { at: number; length: number }) | null

/** Finds where a known place lies by the words before or behind a short plus code. */
export type PlaceNamed = (words: string) => Point | null | undefined

/**
 * The first position a text holds; null where there is none that is whole. In the midst of words only what is clearly
 * meant is taken: decimals with three places, signs or a hemisphere, grids in capitals with four digits or more.
 *
 * @param near where the words around a short plus code lie, such as `WQ2P+P6 Karamba`.
 */
export function findPosition(text: string, near: PlaceNamed = () => null): Position | null {
  const found = [decimal(text), degrees(text), grid(text), plusCode(text, near)]
    .filter(reading => reading !== null)
    .sort((a, b) => a.at - b.at || b.length - a.length)[0]
  if (!found) return null
  const { at, length, ...position } = found
  const rest = `${text.slice(0, at)} ${text.slice(at + length)}`.replace(/\s+/g, ' ').trim()
  return {
    ...position,
    written: text.slice(at, at + length).trim(),
    rest: rest.replace(/^[,;:]+|[,;:(]+$/g, '').trim(),
  }
}

/** `-7.0982, -9.2145`, `7.0982° S 9.2145° W`, `S 7,0982 O 9,2145`. */
function decimal(text: string): Reading {
  const number = '(\\d{1,3}[.,]\\d{1,8})'
  const marked = new RegExp(
    `(?:([NS])\\s*)?${number}\\s*°?\\s*([NS])?\\s*[,;/]?\\s*(?:([EWO])\\s*)?${number}\\s*°?\\s*([EWO])?(?![\\d'′])`,
    'iu',
  )
  const hemispheres = marked.exec(text)
  if (hemispheres) {
    const [written, before, lat = '', behind, west, lon = '', east] = hemispheres
    const ns = before ?? behind
    const ew = west ?? east
    if (ns && ew && !(before && behind) && !(west && east))
      return fromDecimals(lat, lon, sign(ns), sign(ew), hemispheres.index, written.length)
  }
  const plain =
    /(?<![\d.])(-|−|\+)?(\d{1,3}\.\d{1,8})\s*°?\s*[,;/\s]\s*(-|−|\+)?(\d{1,3}\.\d{1,8})(?![\d.])/u.exec(text)
  if (!plain) return null
  const [written, south, lat = '', west, lon = ''] = plain
  const alone = written.trim() === text.trim()
  const places = Math.min(decimals(lat), decimals(lon))
  // In running words, "1.5 2.5" is more often a quantity than a place; two that are both signed are none.
  if (!alone && places < 3 && !(south && west)) return null
  return fromDecimals(lat, lon, minus(south), minus(west), plain.index, written.length)
}

const minus = (mark: string | undefined): number => (mark === '-' || mark === '−' ? -1 : 1)
const decimals = (number: string): number => number.split(/[.,]/)[1]?.length ?? 0
const sign = (hemisphere: string): number => (/[SWO]/i.test(hemisphere) ? -1 : 1)

function fromDecimals(
  lat: string,
  lon: string,
  south: number,
  west: number,
  at: number,
  length: number,
): Reading {
  const places = Math.min(decimals(lat), decimals(lon))
  const point = {
    lat: south * Number(lat.replace(',', '.')),
    lon: west * Number(lon.replace(',', '.')),
  }
  const precision = precisionOf(METRES_PER_DEGREE / 10 ** places)
  return onEarth(point) ? { ...point, precision, form: 'decimal', at, length } : null
}

const onEarth = ({ lat, lon }: Point): boolean => Math.abs(lat) <= 90 && Math.abs(lon) <= 180

/** `7°05'53.5"S 9°12'52"W`, `7° 05.89' S, 9° 12.87' O`. */
function degrees(text: string): Reading {
  const part = (letters: string) =>
    `(\\d{1,3})\\s*[°º]\\s*(\\d{1,2}(?:[.,]\\d+)?)\\s*['′’]?\\s*(?:(\\d{1,2}(?:[.,]\\d+)?)\\s*(?:"|″|”|'')?)?\\s*([${letters}])`
  const match = new RegExp(`${part('NS')}\\s*[,;/]?\\s*${part('EWO')}`, 'iu').exec(text)
  if (!match) return null
  const [written, d1 = '', m1 = '', s1, ns = '', d2 = '', m2 = '', s2, ew = ''] = match
  const value = (d: string, m: string, s: string | undefined) =>
    Number(d) + Number(m.replace(',', '.')) / 60 + Number((s ?? '0').replace(',', '.')) / 3600
  if ([m1, m2, s1 ?? '0', s2 ?? '0'].some(number => Number(number.replace(',', '.')) >= 60)) return null
  const point = { lat: sign(ns) * value(d1, m1, s1), lon: sign(ew) * value(d2, m2, s2) }
  const unit = s1 !== undefined && s2 !== undefined ? 3600 : 60
  const places = Math.min(decimals(s1 ?? m1), decimals(s2 ?? m2))
  const precision = precisionOf(METRES_PER_DEGREE / unit / 10 ** places)
  return onEarth(point)
    ? { ...point, precision, form: 'degrees', at: match.index, length: written.length }
    : null
}

/** `27L XJ 1234 5678`. */
function grid(text: string): Reading {
  const match =
    /(?<![\p{L}\d])(\d{1,2})\s?([C-HJ-NP-X])\s?([A-HJ-NP-Z][A-HJ-NP-V])\s?(\d{1,5}\s\d{1,5}|\d{2,10})(?![\p{L}\d])/iu.exec(
      text,
    )
  if (!match) return null
  const [written, zone = '', band = '', square = '', digits = ''] = match
  const alone = written.trim() === text.trim()
  const bare = digits.replace(/\s/g, '')
  const [east, north] = digits.split(/\s/)
  const uneven = bare.length % 2 === 1 || (north !== undefined && east?.length !== north.length)
  const inWords = !alone && (bare.length < 4 || `${band}${square}` !== `${band}${square}`.toUpperCase())
  if (uneven || inWords || Number(zone) < 1 || Number(zone) > 60) return null
  try {
    const [meridian, lat] = mgrs.toPoint(`${zone}${band}${square}${bare}`.toUpperCase())
    // The middle of a square can lie beyond the 180th meridian.
    const lon = Math.abs(meridian) > 180 ? meridian - Math.sign(meridian) * 360 : meridian
    if (!Number.isFinite(lat) || !Number.isFinite(lon) || !onEarth({ lat, lon })) return null
    const precision = precisionOf(10 ** (5 - bare.length / 2))
    return { lat, lon, precision, form: 'mgrs', at: match.index, length: written.length }
  } catch {
    // A square that this zone does not have.
    return null
  }
}

/** `6C4GWQ2P+P6`, and short near a place that is named: `WQ2P+P6 Karamba`. */
function plusCode(text: string, near: PlaceNamed): Reading {
  const match = /(?<![\p{L}\d])([2-9CFGHJMPQRVWX0]{2,8}\+[2-9CFGHJMPQRVWX]{0,7})(?![\p{L}\d+])/iu.exec(text)
  if (!match) return null
  const code = match[1]!.toUpperCase()
  if (!plusCodes.isValid(code)) return null
  const at = match.index
  const length = match[0].length
  const full = plusCodes.isFull(code)
    ? code
    : recovered(code, `${text.slice(0, at)} ${text.slice(at + length)}`, near)
  if (full === null) return null
  const area = plusCodes.decode(full)
  const precision = precisionOf((area.latitudeHi - area.latitudeLo) * METRES_PER_DEGREE)
  return { lat: area.latitudeCenter, lon: area.longitudeCenter, precision, form: 'plus_code', at, length }
}

function recovered(code: string, words: string, near: PlaceNamed): string | null {
  const place = plusCodes.isShort(code) ? near(words.replace(/[,;:]/g, ' ').trim()) : null
  return place ? plusCodes.recoverNearest(code, place.lat, place.lon) : null
}

/** Digits of easting and of northing that say no more than is known. */
const GRID_DIGITS: Record<Precision, number> = { exact: 4, '100m': 3, '1km': 2, '10km': 1, district: 0 }

/**
 * A point as an MGRS grid, `27L XJ 1234 5678`, to no more digits than its precision bears; null near the poles, where
 * there is no such grid.
 */
export function toGrid({ lat, lon }: Point, precision: Precision): string | null {
  if (lat > 84 || lat < -80) return null
  const digits = GRID_DIGITS[precision]
  const written = mgrs.forward([lon, lat], digits)
  const parts = /^(\d{1,2}[A-Z])([A-Z]{2})(\d*)$/.exec(written)
  if (!parts) return null
  const [, zone, square, numbers = ''] = parts
  return [zone, square, numbers.slice(0, digits), numbers.slice(digits)].filter(part => part !== '').join(' ')
}

const CODE_LENGTH: Record<Precision, number> = { exact: 10, '100m': 8, '1km': 8, '10km': 6, district: 4 }

/** A point as a plus code, as long as its precision bears. */
export function toPlusCode({ lat, lon }: Point, precision: Precision): string {
  return plusCodes.encode(lat, lon, CODE_LENGTH[precision])
}

/** Decimal degrees that say no more than is known: `-7.0982, -9.2145`. */
export function toDecimal({ lat, lon }: Point, precision: Precision): string {
  const places = DECIMALS[precision]
  return `${lat.toFixed(places)}, ${lon.toFixed(places)}`
}

const DECIMALS: Record<Precision, number> = { exact: 4, '100m': 3, '1km': 2, '10km': 1, district: 0 }

/** A place of a record, as far as a reader's audience may know it. */
export interface PlaceKnown {
  placeId: string | null
  placeSaid: string
  placeHow: string | null
  lat: number | null
  lon: number | null
  precision: Precision | null
}

/**
 * A place as an audience is shown it, to a granularity agreed for it. Coordinates are moved to the middle of the
 * square that hides them; how to find it is left out; the name of a known place gives way to its district where the
 * granularity is wider than a village, and coordinates somebody typed as a place to rounded ones. Nothing is ever
 * shown finer than it was given.
 *
 * @param district of the known place; null where it is not known.
 */
export function placeFor<P extends PlaceKnown>(place: P, granularity: Precision, district: string | null): P {
  if (granularity === 'exact') return place
  const precision = coarser(place.precision ?? 'exact', granularity)
  const wide = granularity === '10km' || granularity === 'district'
  const point =
    place.lat === null || place.lon === null || granularity === 'district'
      ? null
      : snapped({ lat: place.lat, lon: place.lon }, granularity)
  const typed = place.placeId === null ? findPosition(place.placeSaid) : null
  const name = typed
    ? [typed.rest, ...(point ? [toDecimal(point, precision)] : [])].filter(Boolean).join(' ')
    : place.placeSaid
  return {
    ...place,
    placeId: wide ? null : place.placeId,
    placeSaid: wide ? (district ?? '') : name,
    placeHow: null,
    lat: point?.lat ?? null,
    lon: point?.lon ?? null,
    precision: place.lat === null ? place.precision : precision,
  }
}

/** The middle of the square of degrees a point falls into: the same for every point in it. */
function snapped({ lat, lon }: Point, granularity: Precision): Point {
  const size = 10 ** -DECIMALS[granularity]
  const middle = (value: number) => (Math.floor(value / size) + 0.5) * size
  return { lat: Number(middle(lat).toFixed(6)), lon: Number(middle(lon).toFixed(6)) }
}
