/** Alerts that were joined: which belong together. */
import type { Repos } from '../../db/store.ts'
import type { Alert } from '../../domain/alert.ts'

/** The alerts around some others: those joined to each, and the one each was joined to in the end; ids. */
export interface Family {
  others: Alert[]
  joined: Map<string, string[]>
  root: Map<string, string[]>
}

export async function familyOf(repos: Repos, alerts: readonly Alert[]): Promise<Family> {
  const rows = await repos.alerts.joinedTo(alerts.map(({ id }) => id))
  const joined = Map.groupBy(rows, ({ root }) => root)
  const root = new Map<string, string[]>()
  for (const alert of alerts) {
    const top = await rootOf(repos, alert)
    if (top.id !== alert.id) root.set(alert.id, [top.id])
  }
  const known = new Set(alerts.map(({ id }) => id))
  const ids = [...rows.map(({ id }) => id), ...[...root.values()].flat()].filter(id => !known.has(id))
  return {
    others: ids.length > 0 ? await repos.alerts.byIds(ids) : [],
    joined: new Map([...joined].map(([id, under]) => [id, under.map(row => row.id)])),
    root,
  }
}

/** The alert that stands for this one: itself, unless it was joined to another. */
export async function rootOf(repos: Repos, alert: Alert): Promise<Alert> {
  let top = alert
  while (top.mergedInto !== null) {
    const next = await repos.alerts.byId(top.mergedInto)
    if (!next) throw new Error(`alert ${top.mergedInto} is gone`)
    top = next
  }
  return top
}
