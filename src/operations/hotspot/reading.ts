import type { HotspotRow } from '../../db/hotspots.ts'
import type { Repos } from '../../db/store.ts'
import { codeTyped } from '../../domain/code.ts'
import type { Category } from '../../domain/matrix/entry.ts'
import type { RoleRef } from '../../domain/mission.ts'
import type { Layer } from '../../domain/sharing.ts'
import { TocsinError } from '../../errors.ts'
import { actorAsReader } from '../alert/reading.ts'
import { mayBeShown } from '../channel.ts'
import type { Ctx } from '../context.ts'
import { categoriesInForce } from '../matrix/facts.ts'
import { heldRoles, registeredPerson, sameRole } from '../permission.ts'
import { type HotspotFacts, hotspotFacts, sharedHotspot } from './facts.ts'

/**
 * The hotspot as the acting person may read it.
 *
 * @throws TocsinError `not_registered`; `not_found` where it does not exist or is not theirs to see.
 */
export async function readHotspot(
  ctx: Ctx,
  hotspotId: string,
  repos: Repos = ctx.tx ?? ctx.store.read,
): Promise<HotspotFacts> {
  registeredPerson(ctx)
  const row = await repos.hotspots.byId(hotspotId)
  const [facts] = await readable(ctx, repos, row ? [row] : [])
  if (!facts) throw new TocsinError('not_found')
  return facts
}

/** What of the layers beside the record the acting person may read. */
export function layersFor(ctx: Ctx, facts: HotspotFacts): { command: boolean; attribution: boolean } {
  const reader = actorAsReader(ctx)
  const may = (layer: Layer) => reader !== null && mayBeShown(ctx, facts.shared, layer, reader)
  return { command: may('command'), attribution: may('attribution') }
}

export interface HotspotFilter {
  sector?: string | null
  /** Words of its name or place. */
  words?: string | null
  /** Exercises alone, or both; left out: what is real. */
  exercise?: 'alone' | 'too'
}

/** Hotspots that stand in the list, by name, as far as the acting person may read them. @throws `not_registered`. */
export async function listHotspots(ctx: Ctx, filter: HotspotFilter = {}): Promise<HotspotFacts[]> {
  registeredPerson(ctx)
  const { read } = ctx.store
  return hotspotFacts(read, ctx.mission, ctx.clock.now(), await listedRows(ctx, read, filter))
}

/** Some of the list, and how many there are: only of those shown is all read that surrounds them. */
export interface HotspotPage {
  places: HotspotFacts[]
  /** Their categories in force, by hotspot; none where no version lists it. */
  categories: ReadonlyMap<string, Category>
  total: number
}

/** @throws TocsinError `not_registered`. */
export async function pageOfHotspots(
  ctx: Ctx,
  filter: HotspotFilter,
  page: { from: number; size: number },
): Promise<HotspotPage> {
  registeredPerson(ctx)
  const { read } = ctx.store
  const rows = await listedRows(ctx, read, filter)
  const shown = rows.slice(page.from, page.from + page.size)
  const inForce = await categoriesInForce(
    read,
    shown.map(({ id }) => id),
  )
  return {
    places: await hotspotFacts(read, ctx.mission, ctx.clock.now(), shown),
    categories: new Map([...inForce].map(([id, { category }]) => [id, category])),
    total: rows.length,
  }
}

async function listedRows(ctx: Ctx, repos: Repos, filter: HotspotFilter): Promise<HotspotRow[]> {
  const words = (filter.words ?? '').trim().toLocaleLowerCase()
  const played = filter.exercise ? await repos.hotspots.listed(true) : []
  const real = filter.exercise === 'alone' ? [] : await repos.hotspots.listed()
  const rows = [...real, ...played].filter(
    ({ sector, name, placeSaid }) =>
      (!filter.sector || sector === filter.sector) &&
      (words === '' || `${name} ${placeSaid}`.toLocaleLowerCase().includes(words)),
  )
  return mayReadRows(ctx, rows)
}

/** A hotspot by its code (`H-7K4Q`, `h7k4q`), as the acting person may read it; null where there is none for them. */
export async function hotspotByCode(ctx: Ctx, text: string): Promise<HotspotFacts | null> {
  registeredPerson(ctx)
  const code = codeTyped('H', text)
  const row = code ? await ctx.store.read.hotspots.byCode(code) : null
  const [facts] = await readable(ctx, ctx.store.read, row ? [row] : [])
  return facts ?? null
}

/** Whether the person may change a hotspot: who put it on the list, the chair, the operations centre, its heads of office. */
export function mayKeepHotspot(ctx: Ctx, hotspot: Pick<HotspotRow, 'createdBy' | 'sector'>): boolean {
  if (ctx.actor.kind === 'person' && ctx.actor.person.id === hotspot.createdBy) return true
  const keepers: RoleRef[] = [
    ctx.mission.operationsCentre,
    ...(ctx.mission.matrix ? [{ role: ctx.mission.matrix.chair, sector: null }] : []),
    ...ctx.mission.roles
      .filter(({ registersChannels }) => registersChannels)
      .map(({ id, scope }) => ({ role: id, sector: scope === 'sector' ? hotspot.sector : null })),
  ]
  return heldRoles(ctx).some(role => keepers.some(keeper => sameRole(keeper, role)))
}

async function readable(ctx: Ctx, repos: Repos, rows: readonly HotspotRow[]): Promise<HotspotFacts[]> {
  return hotspotFacts(repos, ctx.mission, ctx.clock.now(), mayReadRows(ctx, rows))
}

function mayReadRows(ctx: Ctx, rows: readonly HotspotRow[]): HotspotRow[] {
  const reader = actorAsReader(ctx)
  return rows.filter(
    row => reader === null || mayBeShown(ctx, sharedHotspot(ctx.mission, row), 'record', reader),
  )
}
