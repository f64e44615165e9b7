/** Small counts of restricted kinds give people away: one child in one district in one week is a child with a name. */

/** A count of one kind in one cell of a table. */
export interface Cell {
  /** The row the cells share a total with, such as a district. */
  group: string
  kind: string
  count: number
}

export interface SmallNumberRules {
  /** Counts below are hidden; 0 is a count like any other and hidden too where the kind is restricted. */
  threshold: number
  /** Kinds whose counts may give somebody away. People at risk in an operational alert are none of them. */
  restricted: ReadonlySet<string>
}

/** The cell as it may be shown: null where the count is hidden. */
export interface ShownCell extends Omit<Cell, 'count'> {
  count: number | null
}

/** A group's total as it may be shown beside its cells. */
export interface ShownGroup {
  group: string
  cells: ShownCell[]
  total: number
}

/**
 * Hides counts of restricted kinds below the threshold, and in each group with exactly one hidden count a neighbour
 * too, from whose group total it could else be subtracted: the smallest of the restricted ones, else the smallest.
 * Where a group has no neighbour to hide, its total is what would give the count away, and `total` is hidden by
 * leaving the group out.
 *
 * @param cells each kind once per group; @returns groups in the order of their first cell.
 */
export function hideSmallNumbers(cells: readonly Cell[], rules: SmallNumberRules): ShownGroup[] {
  return [...Map.groupBy(cells, ({ group }) => group)].flatMap(([group, row]) => {
    const hidden = new Set(row.filter(cell => isSmall(cell, rules)))
    if (hidden.size > 0 && !isSafe(row, hidden, rules)) {
      const neighbours = row
        .filter(cell => !hidden.has(cell))
        .sort(
          (a, b) =>
            Number(rules.restricted.has(b.kind)) - Number(rules.restricted.has(a.kind)) || a.count - b.count,
        )
      for (const neighbour of neighbours) {
        hidden.add(neighbour)
        if (isSafe(row, hidden, rules)) break
      }
      if (!isSafe(row, hidden, rules)) return []
    }
    const total = row.reduce((sum, { count }) => sum + count, 0)
    const shown = row.map(cell => ({ ...cell, count: hidden.has(cell) ? null : cell.count }))
    return [{ group, cells: shown, total }]
  })
}

function isSmall({ kind, count }: Cell, { threshold, restricted }: SmallNumberRules): boolean {
  return restricted.has(kind) && count < threshold
}

/**
 * Whether nobody can tell a hidden count from the total: two at least are hidden, and together they reach the
 * threshold, so that none of them is known to be small by their sum.
 */
function isSafe(row: readonly Cell[], hidden: ReadonlySet<Cell>, { threshold }: SmallNumberRules): boolean {
  const sum = row.filter(cell => hidden.has(cell)).reduce((total, { count }) => total + count, 0)
  return hidden.size >= 2 && sum >= threshold
}
