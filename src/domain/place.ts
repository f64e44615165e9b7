import { bearing } from '@turf/bearing'
import { distance } from '@turf/distance'

export interface Point {
  /** WGS 84, decimal degrees. */
  lat: number
  lon: number
}

export const COMPASS_POINTS = ['N', 'NE', 'E', 'SE', 'S', 'SW', 'W', 'NW'] as const
export type CompassPoint = (typeof COMPASS_POINTS)[number]

export interface NearestBase<B extends Point> {
  base: B
  /** Great-circle distance in kilometres, not rounded. */
  km: number
  /** Direction from the base to the place, degrees clockwise from north, 0 to below 360. */
  bearingDegrees: number
  compass: CompassPoint
}

/**
 * The base nearest to a point, with distance and the bearing a patrol leaving that base would take.
 *
 * @param options.sector look only at bases of this sector; when it has none, at all bases.
 * @returns undefined when there is no base.
 */
export function nearestBase<B extends Point & { sector: string }>(
  point: Point,
  bases: readonly B[],
  options: { sector?: string | null } = {},
): NearestBase<B> | undefined {
  const own = options.sector ? bases.filter(base => base.sector === options.sector) : []
  const candidates = own.length > 0 ? own : bases
  let nearest: { base: B; km: number } | undefined
  for (const base of candidates) {
    const km = distance([base.lon, base.lat], [point.lon, point.lat], { units: 'kilometers' })
    if (nearest === undefined || km < nearest.km) nearest = { base, km }
  }
  if (nearest === undefined) return undefined
  const degrees = bearing([nearest.base.lon, nearest.base.lat], [point.lon, point.lat])
  const bearingDegrees = (degrees + 360) % 360
  return { ...nearest, bearingDegrees, compass: compassPoint(bearingDegrees) }
}

/** The nearest of the eight compass points to a bearing in degrees clockwise from north. */
export function compassPoint(bearingDegrees: number): CompassPoint {
  const turns = ((bearingDegrees % 360) + 360) % 360
  return COMPASS_POINTS[Math.round(turns / 45) % 8] as CompassPoint
}
