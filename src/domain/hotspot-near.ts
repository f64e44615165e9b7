/** Which hotspots and alerts are near each other, in place and name: decisions without I/O. */
import { distance as edits } from 'fastest-levenshtein'
import type { Alert } from './alert.ts'
import type { Hotspot } from './hotspot.ts'
import { isNear, kmBetween, type Located } from './near.ts'
import { fold } from './text-fold.ts'

type Placed = Pick<Hotspot, 'lat' | 'lon' | 'radiusKm'>
type Named = Placed & Pick<Hotspot, 'name' | 'kind' | 'placeId' | 'placeSaid'>

/** How far (km) a point lies outside a hotspot's circle, 0 inside; null where one of them has no position. */
export function kmOutside(hotspot: Placed, point: Pick<Hotspot, 'lat' | 'lon'>): number | null {
  const km = kmBetween(hotspot, point)
  return km === null ? null : Math.max(0, km - (hotspot.radiusKm ?? 0))
}

/** Hotspots of one kind this near (km) to each other are most likely one. */
const SAME_SPOT_KM = 1
/** Share of a name's letters that may differ. */
const MISSPELT = 0.3
/** Words shorter than this name nothing: of, the, la. */
const WORD = 4
/** Words that say what a place is, not which. */
const KINDS = new Set(
  'town village camp settlement site farming area market road route border base ville marche zone'.split(' '),
)

/**
 * Whether two hotspots could be the same place: called alike within `km` of each other or where a position is
 * missing, or of one kind in the same spot.
 */
export function likelyDuplicate(a: Named, b: Named, km: number): boolean {
  const apart = kmBetween(a, b)
  if (apart === null) return alike(a.name, b.name) || (a.placeId !== null && a.placeId === b.placeId)
  const outside = Math.max(0, apart - (a.radiusKm ?? 0) - (b.radiusKm ?? 0))
  return (outside <= km && alike(a.name, b.name)) || (apart <= SAME_SPOT_KM && a.kind === b.kind)
}

/** Whether two names are spelt nearly the same, or share a word that names something. */
export function alike(a: string, b: string): boolean {
  const [x, y] = [fold(a), fold(b)]
  if (x === '' || y === '') return false
  if (edits(x, y) <= MISSPELT * Math.max(x.length, y.length)) return true
  const words = new Set(x.split(' ').filter(word => word.length >= WORD && !KINDS.has(word)))
  return y.split(' ').some(word => words.has(word))
}

type Warned = Located & Pick<Alert, 'id' | 'exercise' | 'lifecycle' | 'what'>

/**
 * The alerts that make a cluster with this one, itself among them: near it, as live as it, neither withdrawn nor joined
 * to another; null where there are fewer than `count`. The caller has bounded them in time.
 */
export function alertCluster<A extends Warned>(
  alert: A,
  raised: readonly A[],
  { km, count }: { km: number; count: number },
): A[] | null {
  const counted = ({ lifecycle, what }: A) => what !== '' && (lifecycle === 'open' || lifecycle === 'closed')
  if (!counted(alert)) return null
  const group = raised.filter(
    each =>
      each.id === alert.id || (counted(each) && each.exercise === alert.exercise && isNear(alert, each, km)),
  )
  return group.length >= count ? group : null
}
