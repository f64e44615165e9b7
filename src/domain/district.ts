import type { GazetteerRow } from './gazetteer.ts'
import { fold } from './text-fold.ts'

/** A district as the gazetteer names it; `sector` null where its places lie in none, or in several. */
export interface District {
  name: string
  sector: string | null
}

/** The districts of a gazetteer, each once, by name. */
export function districtsOf(rows: readonly Pick<GazetteerRow, 'district' | 'sector'>[]): District[] {
  const sectors = Map.groupBy(rows, ({ district }) => district)
  return [...sectors]
    .map(([name, places]) => {
      const known = new Set(places.map(({ sector }) => sector))
      const [only = null] = known
      return { name, sector: known.size === 1 ? only : null }
    })
    .sort((a, b) => (fold(a.name) < fold(b.name) ? -1 : 1))
}

/** Districts whose name holds what was typed, whatever its case and accents; all of them for nothing typed. */
export function districtsLike(districts: readonly District[], typed: string): District[] {
  const wanted = fold(typed)
  return districts.filter(({ name }) => fold(name).includes(wanted))
}
