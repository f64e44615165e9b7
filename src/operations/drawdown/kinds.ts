/** What a base or a mission leaves behind, by kind: whatever else must find a new owner adds a kind of its own. */
import type { Drawdown } from '../../db/drawdowns.ts'
import type { Repos } from '../../db/store.ts'
import { TASKABLE } from '../../domain/mission.ts'
import { nearestBase, type Point } from '../../domain/place.ts'
import type { Ctx } from '../context.ts'

/** How far from a base a place still counts as covered by it, in kilometres. */
export const COVER_KM = 30

export interface LeftBehind {
  /** The record or place. */
  ref: string
}

export interface DrawdownSource {
  kind: string
  /** What of this kind the drawdown leaves behind, as things are now. */
  find(ctx: Pick<Ctx, 'mission' | 'clock'>, repos: Repos, drawdown: Drawdown): Promise<LeftBehind[]>
  /** What an item is called, for whoever may read the drawdown. */
  name(ctx: Pick<Ctx, 'mission'>, repos: Repos, ref: string): Promise<string>
}

/** Where people live or come together; a junction or a mine is not covered for its own sake. */
const LIVED_IN = new Set([
  'town',
  'village',
  'neighbourhood',
  'market',
  'camp',
  'idp_settlement',
  'poc_site',
  'return_area',
])

/** Whether a point lost its nearest base with this drawdown. */
function leftBy({ mission }: Pick<Ctx, 'mission'>, drawdown: Drawdown, point: Point): boolean {
  const nearest = nearestBase(point, mission.bases)
  if (!nearest || nearest.km > COVER_KM) return false
  if (drawdown.kind === 'transition')
    return drawdown.sector === null || nearest.base.sector === drawdown.sector
  return nearest.base.id === drawdown.base
}

const places: DrawdownSource = {
  kind: 'place',
  async find(ctx, _, drawdown) {
    return ctx.mission.gazetteer
      .filter(row => LIVED_IN.has(row.kind) && leftBy(ctx, drawdown, row))
      .map(({ id }) => ({ ref: id }))
  },
  async name({ mission }, _, ref) {
    return mission.gazetteer.find(({ id }) => id === ref)?.name ?? ref
  },
}

const hotspots: DrawdownSource = {
  kind: 'hotspot',
  async find(ctx, repos, drawdown) {
    const listed = await repos.hotspots.listed()
    return listed.flatMap(({ id, lat, lon, audience, exercise }) =>
      !exercise &&
      lat !== null &&
      lon !== null &&
      audience.includes(drawdown.holder) &&
      leftBy(ctx, drawdown, { lat, lon })
        ? [{ ref: id }]
        : [],
    )
  },
  async name(_, repos, ref) {
    const hotspot = await repos.hotspots.byId(ref)
    return hotspot ? `${hotspot.code} ${hotspot.name}` : ref
  },
}

/** Open taskings of the mission's own components where it leaves; those of a layer are handed over by their own chain. */
const taskings: DrawdownSource = {
  kind: 'tasking',
  async find(_, repos, drawdown) {
    const open = await repos.taskings.open()
    return open
      .filter(
        ({ kind, sector, toConstituency, layer, audience, exercise }) =>
          kind === 'tasking' &&
          !exercise &&
          layer === null &&
          audience.includes(drawdown.holder) &&
          TASKABLE.includes(toConstituency) &&
          (drawdown.sector === null || sector === drawdown.sector),
      )
      .map(({ id }) => ({ ref: id }))
  },
  async name(_, repos, ref) {
    return (await repos.taskings.byId(ref))?.code ?? ref
  },
}

/** Teams not closed yet at places the base leaves: a report, a recommendation, a return somebody must see to. */
const teams: DrawdownSource = {
  kind: 'team',
  async find(ctx, repos, drawdown) {
    const open = await repos.teams.open()
    const places = new Map(
      (await repos.hotspots.byIds(open.map(({ hotspotId }) => hotspotId))).map(row => [row.id, row]),
    )
    return open
      .filter(({ hotspotId, sector, audience, exercise }) => {
        const { lat = null, lon = null } = places.get(hotspotId) ?? {}
        if (exercise || !audience.includes(drawdown.holder)) return false
        if (lat !== null && lon !== null) return leftBy(ctx, drawdown, { lat, lon })
        return drawdown.kind === 'transition' && (drawdown.sector === null || sector === drawdown.sector)
      })
      .map(({ id }) => ({ ref: id }))
  },
  async name(_, repos, ref) {
    return (await repos.teams.byId(ref))?.code ?? ref
  },
}

/** Every kind; `function` is typed by whoever declares it. */
export const drawdownSources: readonly DrawdownSource[] = [places, hotspots, taskings, teams]
