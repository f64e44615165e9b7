/** A version of the matrix as it was adopted, and how it differs from the one before. */
import { type Category, type Rationale, rankOf } from './entry.ts'

/** One place in an adopted version. */
export interface AdoptedRow {
  hotspotId: string
  category: Category
  likelihood: number
  impact: number
  rationale: Rationale[]
  /** In whose words; why the chair proposed it where the sides differed. */
  reason: string | null
  /** Epoch ms: from then on the row is stale and chased. */
  reviewBy: number
}

export type Change = 'new' | 'up' | 'down' | 'gone' | 'same'

export interface Difference {
  hotspotId: string
  change: Change
  from: Category | null
  to: Category | null
  reason: string | null
  /** What both sides gave as their reasons, where nobody had to say more. */
  rationale: readonly Rationale[]
}

/**
 * The difference of a version to the last one, place by place: what changed comes first, in the order new, up, down,
 * gone. A row that was or becomes `unlisted` counts as not there.
 */
export function difference(last: readonly AdoptedRow[], next: readonly AdoptedRow[]): Difference[] {
  const before = listed(last)
  const after = listed(next)
  const ids = [...new Set([...after.keys(), ...before.keys()])]
  const rowsNow = new Map(next.map(row => [row.hotspotId, row]))
  const rows = ids.map(hotspotId => {
    const from = before.get(hotspotId) ?? null
    const to = after.get(hotspotId) ?? null
    const { reason = null, rationale = [] } = rowsNow.get(hotspotId) ?? {}
    return { hotspotId, change: changeOf(from, to), from, to, reason, rationale }
  })
  const order: Change[] = ['new', 'up', 'down', 'gone', 'same']
  return rows.sort((a, b) => order.indexOf(a.change) - order.indexOf(b.change))
}

function listed(rows: readonly AdoptedRow[]): Map<string, Category> {
  return new Map(
    rows
      .filter(({ category }) => category !== 'unlisted')
      .map(({ hotspotId, category }) => [hotspotId, category]),
  )
}

function changeOf(from: Category | null, to: Category | null): Change {
  if (from === null) return 'new'
  if (to === null) return 'gone'
  const moved = rankOf(from) - rankOf(to)
  return moved === 0 ? 'same' : moved > 0 ? 'up' : 'down'
}

/** Rows whose review is due at `now` (epoch ms). */
export function staleRows(rows: readonly AdoptedRow[], now: number): AdoptedRow[] {
  return rows.filter(({ category, reviewBy }) => category !== 'unlisted' && reviewBy <= now)
}
