import type { DigestSection } from '../../domain/digest.ts'
import { alertGivers } from './alerts.ts'
import { groupGivers } from './groups.ts'
import { ownGivers } from './own.ts'
import { placeGivers } from './places.ts'
import { reportGivers } from './reports.ts'
import type { Giver, Scope } from './scope.ts'
import { taskingGivers } from './taskings.ts'
import { teamGivers } from './teams.ts'
import { trendGivers } from './trends.ts'

/** One giver per section: a noun that has something to tell adds its own, and its line in `views/digest/lines.ts`. */
const givers = {
  ...alertGivers,
  ...placeGivers,
  ...taskingGivers,
  ...reportGivers,
  ...teamGivers,
  ...groupGivers,
  ...trendGivers,
  ...ownGivers,
} satisfies Record<DigestSection, { give(scope: Scope): Promise<unknown[]>; holds(item: never): string[] }>

/** What each section of a digest gives. */
export type Given = { [K in DigestSection]: Awaited<ReturnType<(typeof givers)[K]['give']>> }

/** What these sections give to the reader of a scope. */
export async function giveAll(scope: Scope, order: readonly DigestSection[]): Promise<Partial<Given>> {
  const given: [DigestSection, unknown][] = []
  for (const key of order) given.push([key, await givers[key].give(scope)])
  return Object.fromEntries(given)
}

/** Ids of all records these sections tell of. */
export function heldBy(given: Partial<Given>): string[] {
  const ids = (Object.keys(given) as DigestSection[]).flatMap(key => {
    const { holds } = givers[key] as Giver<unknown>
    return (given[key] ?? []).flatMap(item => holds(item))
  })
  return [...new Set(ids)]
}
