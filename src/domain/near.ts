/** Which alerts are near each other in place, time and kind: decisions without I/O. */
import { distance } from '@turf/distance'
import type { Alert } from './alert.ts'
import { fold } from './text-fold.ts'

/** What nearness is judged by. */
export type Located = Pick<Alert, 'lat' | 'lon' | 'placeId' | 'placeSaid' | 'sector' | 'threat'>

/** Great-circle distance in km; null where one of them has no position. */
export function kmBetween(a: Pick<Located, 'lat' | 'lon'>, b: Pick<Located, 'lat' | 'lon'>): number | null {
  if (a.lat === null || a.lon === null || b.lat === null || b.lon === null) return null
  return distance([a.lon, a.lat], [b.lon, b.lat], { units: 'kilometers' })
}

/** Whether two alerts are in one place: within `km`, or by the same name where a position is missing. */
export function isNear(a: Located, b: Located, km: number): boolean {
  const apart = kmBetween(a, b)
  if (apart !== null) return apart <= km
  const samePlace = a.placeId !== null && a.placeId === b.placeId
  return samePlace || (fold(a.placeSaid) !== '' && fold(a.placeSaid) === fold(b.placeSaid))
}

/** Whether two alerts could be about the same thing: near each other and, where both are known, of the same threat. */
export function isLikelySame(a: Located, b: Located, km: number): boolean {
  const sameKind = a.threat === null || b.threat === null || a.threat === b.threat
  return sameKind && isNear(a, b, km)
}
