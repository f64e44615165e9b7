/** What lies near a place: hotspots near an alert, likely duplicates of a new one, alerts without a hotspot. */
import type { PlacedAlert } from '../../db/alert-near.ts'
import type { HotspotRow } from '../../db/hotspots.ts'
import type { Repos } from '../../db/store.ts'
import type { Alert } from '../../domain/alert.ts'
import { alertCluster, kmOutside, likelyDuplicate } from '../../domain/hotspot-near.ts'
import type { Category } from '../../domain/matrix/entry.ts'
import type { Reader } from '../../domain/sharing.ts'
import { type AlertFacts, factsOfAll, peopleIn } from '../alert/facts.ts'
import { actorAsReader, mayReadAlert } from '../alert/reading.ts'
import { mayBeShown } from '../channel.ts'
import { type Ctx, inTransaction, type Open } from '../context.ts'
import { categoriesInForce } from '../matrix/facts.ts'
import { registeredPerson } from '../permission.ts'
import { lineAt, personTarget, refreshCardsOf } from '../telling.ts'
import { sharedHotspot } from './facts.ts'
import { checked, type HotspotInput } from './fields.ts'

/** A hotspot and how far a point lies outside its circle, in km; 0 inside. */
export interface Near {
  hotspot: HotspotRow
  km: number
}

interface Position {
  lat: number | null
  lon: number | null
  exercise?: boolean
}

/**
 * Hotspots of the list within the mission's distance of a point, nearest first; those of exercises near what is played
 * alone. Says nothing about who may read them.
 */
export async function hotspotsNear(
  ctx: Ctx,
  point: Position,
  repos: Repos = ctx.tx ?? ctx.store.read,
): Promise<Near[]> {
  const { lat, lon } = point
  const within = ctx.mission.matrix?.nearKm
  if (lat === null || lon === null || within === undefined) return []
  return (await repos.hotspots.around({ lat, lon }, within))
    .flatMap(hotspot => {
      const km = kmOutside(hotspot, { lat, lon })
      return (point.exercise || !hotspot.exercise) && km !== null && km <= within ? [{ hotspot, km }] : []
    })
    .sort((a, b) => a.km - b.km)
}

/** A hotspot an alert belongs to or lies near, as its card names it. */
export interface NearHotspot {
  hotspot: HotspotRow
  /** Null where one of them has no position. */
  km: number | null
  /** Whether somebody linked the alert to it. */
  linked: boolean
  /** Its category in force; null where no version lists it. */
  category: Category | null
}

/**
 * The hotspots of the list to which an alert belongs or near which it is, with their category in force, as far as
 * everybody behind `reader` may be shown them; nearest first.
 *
 * @param facts the alert as the reader may see it: from a coarse position it is measured as it is.
 */
export async function hotspotsNearFor(
  ctx: Ctx,
  { alert, specialist }: Pick<AlertFacts, 'alert' | 'specialist'>,
  reader: Reader,
): Promise<NearHotspot[]> {
  // What specialists keep is placed no closer than its district.
  if (alert.lifecycle !== 'open' || specialist.length > 0) return []
  const repos = ctx.tx ?? ctx.store.read
  const near = await hotspotsNear(ctx, alert, repos)
  const linked = new Set((await repos.hotspots.linksTo('alert', alert.id)).map(({ hotspotId }) => hotspotId))
  const seen = new Set(near.map(({ hotspot }) => hotspot.id))
  const farther = (await repos.hotspots.byIds([...linked].filter(id => !seen.has(id)))).filter(
    ({ state, exercise }) => state === 'listed' && (alert.exercise || !exercise),
  )
  const all = [...near, ...farther.map(hotspot => ({ hotspot, km: kmOutside(hotspot, alert) }))].filter(
    ({ hotspot }) => mayBeShown(ctx, sharedHotspot(ctx.mission, hotspot), 'record', reader),
  )
  if (all.length === 0) return []
  const inForce = await categoriesInForce(
    repos,
    all.map(({ hotspot }) => hotspot.id),
  )
  return all
    .map(({ hotspot, km }) => ({
      hotspot,
      km,
      linked: linked.has(hotspot.id),
      category: inForce.get(hotspot.id)?.category ?? null,
    }))
    .sort((a, b) => Number(b.linked) - Number(a.linked) || (a.km ?? 0) - (b.km ?? 0))
}

/** The same for the acting person; none for somebody no side has confirmed. */
export async function ownHotspotsNear(
  ctx: Ctx,
  facts: Pick<AlertFacts, 'alert' | 'specialist'>,
): Promise<NearHotspot[]> {
  const reader = actorAsReader(ctx)
  return reader ? hotspotsNearFor(ctx, facts, reader) : []
}

/** Brings the cards of open alerts near these places up to date: they name the place and its category. */
export async function refreshAlertsNear(
  open: Open,
  places: readonly Pick<HotspotRow, 'lat' | 'lon' | 'radiusKm'>[],
): Promise<void> {
  const within = open.mission.matrix?.nearKm
  if (within === undefined || places.length === 0) return
  for (const alert of await open.tx.alerts.open())
    if (places.some(place => (kmOutside(place, alert) ?? Number.POSITIVE_INFINITY) <= within))
      await refreshCardsOf(open, { kind: 'alert', id: alert.id })
}

/**
 * Hotspots of the list that could be the same place as the one in this form, as far as the acting person may read them:
 * near and called alike, or of one kind in the same spot. Nearest first.
 *
 * @throws TocsinError `not_registered`, and as `createHotspot`.
 */
export async function hotspotDuplicates(
  ctx: Ctx,
  input: HotspotInput & { exercise?: boolean },
): Promise<HotspotRow[]> {
  registeredPerson(ctx)
  const given = checked(ctx, input)
  const reader = actorAsReader(ctx) as Reader
  const within = ctx.mission.matrix?.nearKm ?? 10
  const { read } = ctx.store
  const exercise = input.exercise ?? false
  const found =
    given.lat === null || given.lon === null
      ? await read.hotspots.listed(exercise)
      : await read.hotspots.around({ lat: given.lat, lon: given.lon }, within)
  return found
    .filter(row => row.exercise === exercise && likelyDuplicate(given, row, within))
    .filter(row => mayBeShown(ctx, sharedHotspot(ctx.mission, row), 'record', reader))
    .slice(0, 5)
}

/** Alerts the store looks at for one cluster. */
const LOOKED_AT = 500

/** Alerts near each other within days, and no hotspot of the list near them. */
export interface Cluster {
  /** Of the last one raised: what the place is called. */
  newest: AlertFacts
  alerts: AlertFacts[]
}

/**
 * Clusters of alerts without a hotspot that the acting person may read, newest first.
 *
 * @throws TocsinError `not_registered`.
 */
export async function alertClusters(ctx: Ctx, sector: string | null = null): Promise<Cluster[]> {
  registeredPerson(ctx)
  const reader = actorAsReader(ctx) as Reader
  const rules = ctx.mission.matrix
  if (!rules) return []
  const { read } = ctx.store
  const now = ctx.clock.now()
  const raised = (await read.alerts.raisedBetween(now - rules.clusterWithinMs, now, LOOKED_AT)).filter(
    alert => !alert.exercise && (sector === null || alert.sector === sector),
  )
  const found: Cluster[] = []
  const taken = new Set<string>()
  for (const alert of raised) {
    if (taken.has(alert.id)) continue
    const cluster = await clusterOf(ctx, read, alert, raised, reader)
    if (!cluster) continue
    for (const each of cluster.alerts) taken.add(each.alert.id)
    found.push(cluster)
  }
  return found
}

/** The cluster around one alert, as everybody behind `reader` may know of it. */
export async function clusterFor(ctx: Ctx, alert: Alert, reader: Reader): Promise<Cluster | null> {
  const rules = ctx.mission.matrix
  if (!rules) return null
  const { read } = ctx.store
  const raised = await read.alerts.raisedBetween(
    alert.raisedAt - rules.clusterWithinMs,
    alert.raisedAt,
    LOOKED_AT,
  )
  return clusterOf(ctx, read, alert, raised, reader)
}

async function clusterOf(
  ctx: Ctx,
  repos: Repos,
  alert: PlacedAlert,
  raised: readonly PlacedAlert[],
  reader: Reader,
): Promise<Cluster | null> {
  const group = await unrankedAround(ctx, repos, alert, raised)
  if (!group) return null
  const rows = await repos.alerts.inOrder(group.map(({ id }) => id))
  const facts = await factsOfAll(repos, ctx.mission, ctx.clock.now(), rows)
  const alerts = facts.filter(each => mayReadAlert(ctx, each, 'record', reader))
  const newest = alerts.find(each => each.alert.id === alert.id)
  return newest && alerts.length >= (ctx.mission.matrix?.clusterAlerts ?? 0) ? { newest, alerts } : null
}

/** The alerts that make a cluster with this one, none of which belongs to a hotspot or lies near one. */
async function unrankedAround(
  ctx: Ctx,
  repos: Repos,
  alert: PlacedAlert,
  raised: readonly PlacedAlert[],
): Promise<readonly PlacedAlert[] | null> {
  const rules = ctx.mission.matrix
  const group = rules && alertCluster(alert, raised, { km: rules.clusterKm, count: rules.clusterAlerts })
  if (!group || (await hotspotsNear(ctx, alert, repos)).length > 0) return null
  const linked = await repos.hotspots.linkedAmong(
    'alert',
    group.map(({ id }) => id),
  )
  return linked.length === 0 ? group : null
}

/** Looks, once an alert is on its way, whether it makes a cluster: the warning itself never waits for that. */
export async function lookForCluster(
  open: Open,
  { id, exercise }: Pick<Alert, 'id' | 'exercise'>,
): Promise<void> {
  if (!open.mission.matrix || exercise) return
  const key = `hotspot.cluster:${id}`
  await open.tx.timers.arm({ key, kind: 'hotspot.cluster', recordId: id, dueAt: open.clock.now() })
}

/** Points out to whoever chairs the matrix that alerts come from a place that nobody ranks; again when as many more came. */
export function pointOutCluster(ctx: Ctx, timer: { recordId: string }): Promise<void> {
  return inTransaction(ctx, async (repos, open) => {
    const rules = ctx.mission.matrix
    const alert = await repos.alerts.byId(timer.recordId)
    if (!rules || !alert) return
    const raised = await repos.alerts.raisedBetween(
      alert.raisedAt - rules.clusterWithinMs,
      alert.raisedAt,
      LOOKED_AT,
    )
    const group = await unrankedAround(open, repos, alert, raised)
    if (!group || group.length % rules.clusterAlerts !== 0) return
    const [chair] = await peopleIn(repos, { role: rules.chair, sector: null }, ctx.clock.now())
    if (chair) await lineAt(open, 'hotspot.cluster', alert.id, personTarget(chair.id))
  })
}
