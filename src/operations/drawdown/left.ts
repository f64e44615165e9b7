import type { Repos } from '../../db/store.ts'
import { isVacuum } from '../../domain/drawdown.ts'

/**
 * Hotspots whose base leaves or has left and for which nobody stands in, by id; where a unit rotated, until the other
 * one is there. For those who read drawdowns.
 */
export async function hotspotsLeft(repos: Repos): Promise<Set<string>> {
  const found = new Set<string>()
  for (const { id, kind, closedAt } of await repos.drawdowns.all()) {
    if (kind === 'rotation' && closedAt !== null) continue
    for (const item of await repos.drawdowns.items(id))
      if (item.kind === 'hotspot' && isVacuum(item)) found.add(item.ref)
  }
  return found
}
