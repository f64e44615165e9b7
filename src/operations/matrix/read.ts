/** The matrix that came of the rounds, as somebody may read it. */
import type { Version } from '../../db/matrix.ts'
import type { Repos } from '../../db/store.ts'
import { type Difference, difference, staleRows } from '../../domain/matrix/adopt.ts'
import { type Row, reveal } from '../../domain/matrix/reveal.ts'
import type { Ctx } from '../context.ts'
import { type HotspotFacts, hotspotFacts } from '../hotspot/facts.ts'
import { listHotspots } from '../hotspot/reading.ts'
import { registeredPerson } from '../permission.ts'
import { categoriesInForce, entryOf, type InForce } from './facts.ts'

/** How a place stands in the matrix in force; null where no version lists it. @throws TocsinError `not_registered`. */
export async function rankOf(ctx: Ctx, hotspotId: string): Promise<InForce | null> {
  registeredPerson(ctx)
  return (await categoriesInForce(ctx.store.read, [hotspotId])).get(hotspotId) ?? null
}

/** The matrix in force, as the acting person may read it. */
export interface MatrixFacts {
  /** Places with their row, most protected first; those that no version lists come last. */
  places: { place: HotspotFacts; row: InForce | null; stale: boolean }[]
  versions: Version[]
}

/** @throws TocsinError `not_registered`. */
export async function readMatrix(ctx: Ctx, sector: string | null = null): Promise<MatrixFacts> {
  registeredPerson(ctx)
  const repos = ctx.store.read
  const now = ctx.clock.now()
  const inForce = await categoriesInForce(repos)
  const order = ['must', 'should', 'could', 'unlisted']
  const rank = (row: InForce | null) => (row ? order.indexOf(row.category) : order.length)
  const places = (await listHotspots(ctx, { sector })).map(place => {
    const row = inForce.get(place.hotspot.id) ?? null
    return { place, row, stale: row !== null && staleRows([row], now).length > 0 }
  })
  return {
    places: places.sort((a, b) => rank(a.row) - rank(b.row)),
    versions: (await repos.matrix.newest())
      .filter(version => sector === null || version.sector === null || version.sector === sector)
      .sort((a, b) => b.adoptedAt - a.adoptedAt),
  }
}

/** How the version in force differs from the one before, in the places the acting person may read; null for a first one. */
export async function readDifference(
  ctx: Ctx,
  sector: string | null = null,
): Promise<{ version: Version; changes: (Difference & { place: HotspotFacts })[] } | null> {
  registeredPerson(ctx)
  const repos = ctx.store.read
  const [version, before] = (await repos.matrix.versions()).filter(each => each.sector === sector)
  if (!version || !before) return null
  const found = difference(await repos.matrix.rowsOf([before.id]), await repos.matrix.rowsOf([version.id]))
  const readable = new Map((await listHotspots(ctx)).map(place => [place.hotspot.id, place]))
  const gone = found.filter(({ hotspotId }) => !readable.has(hotspotId)).map(({ hotspotId }) => hotspotId)
  const removed = (await repos.hotspots.byIds(gone)).filter(({ state }) => state === 'removed')
  for (const place of await hotspotFacts(repos, ctx.mission, ctx.clock.now(), removed))
    readable.set(place.hotspot.id, place)
  const reasons = await whyRemoved(
    repos,
    removed.map(({ id }) => id),
  )
  return {
    version,
    changes: found.flatMap(change => {
      const place = readable.get(change.hotspotId)
      const reason = change.reason ?? reasons.get(change.hotspotId) ?? null
      return place ? [{ ...change, reason, place }] : []
    }),
  }
}

/** Why places were taken off the list, by hotspot; none where the words were erased. */
async function whyRemoved(repos: Repos, hotspotIds: readonly string[]): Promise<Map<string, string>> {
  const found = new Map<string, string>()
  for (const id of hotspotIds) {
    const last = (await repos.events.ofRecord('hotspot', id)).findLast(
      ({ kind }) => kind === 'hotspot.removed',
    )
    const reason = last && (await repos.events.words(last.seq))?.reason
    if (typeof reason === 'string') found.set(id, reason)
  }
  return found
}

/** What each side had said of a place before its row was adopted. */
export type Sides = Pick<Row, 'mission' | 'humanitarian'>

/** Both sides behind these rows of the matrix in force, by hotspot: from the rounds that their versions came of. */
export async function sidesBehind(ctx: Ctx, rows: readonly InForce[]): Promise<Map<string, Sides>> {
  registeredPerson(ctx)
  const { matrix } = ctx.store.read
  const rounds = new Map((await matrix.newest()).map(({ id, roundId }) => [id, roundId]))
  const found = new Map<string, Sides>()
  for (const [versionId, own] of Map.groupBy(rows, row => row.versionId)) {
    const entries = (await matrix.entriesOf(rounds.get(versionId) ?? '')).flatMap(entryOf)
    const ids = own.map(({ hotspotId }) => hotspotId)
    for (const { hotspotId, mission, humanitarian } of reveal(ids, entries))
      found.set(hotspotId, { mission, humanitarian })
  }
  return found
}
