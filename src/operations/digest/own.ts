import { distance } from '@turf/distance'
import { DateTime } from 'luxon'
import { type AlertFacts, factsOfAll } from '../alert/facts.ts'
import { waitingFor } from '../alert/find.ts'
import { asReadBy, mayReadAlert } from '../alert/reading.ts'
import { earlyWarningsWaiting } from '../early-warning.ts'
import { gatesWaiting } from '../gate.ts'
import type { HotspotFacts } from '../hotspot/facts.ts'
import { listHotspots, mayKeepHotspot } from '../hotspot/reading.ts'
import { type TaskingFacts, waitingTaskings } from '../tasking.ts'
import { giver, type Scope, within } from './scope.ts'

const holdsAlert = ({ alert }: AlertFacts) => [alert.id]
const holdsTasking = ({ tasking }: TaskingFacts) => [tasking.id]

/** An alert this near to one of a person's hotspots is told with it, unless the matrix says otherwise. */
const NEAR_KM = 25

/** Whether a date falls before the reader's day is over. */
const isToday = ({ ctx, zone }: Scope, at: number): boolean =>
  at <= DateTime.fromMillis(ctx.clock.now(), { zone }).endOf('day').toMillis()

/** Sections of a person's own digest. They are given to the acting person of the scope. */
export const ownGivers = {
  my_alerts: giver(({ ctx }) => waitingFor(ctx), holdsAlert),
  my_due: giver(
    async scope => (await waitingTaskings(scope.ctx)).filter(({ tasking }) => isToday(scope, tasking.dueAt)),
    holdsTasking,
  ),
  my_taskings: giver(
    async scope => (await waitingTaskings(scope.ctx)).filter(({ tasking }) => !isToday(scope, tasking.dueAt)),
    holdsTasking,
  ),
  my_decisions: giver(
    async ({ ctx }) => (await gatesWaiting(ctx)).map(({ facts }) => facts),
    ({ gate }) => [gate.id],
  ),
  my_warnings: giver(
    ({ ctx }) => earlyWarningsWaiting(ctx),
    ({ alerts }) => alerts.map(({ alert }) => alert.id),
  ),
  /** Alerts raised or changed in the window near hotspots the person keeps. */
  my_places: giver(
    async scope => {
      const { ctx } = scope
      const places = (await listHotspots(ctx)).filter(({ hotspot }) => mayKeepHotspot(ctx, hotspot))
      if (places.length === 0) return []
      const fresh = (await scope.readable()).filter(
        ({ alert, acts }) =>
          within(scope, alert.raisedAt) || acts.some(({ recordedAt }) => within(scope, recordedAt)),
      )
      return fresh.flatMap(facts => {
        const place = places.find(({ hotspot }) => isNear(ctx.mission.matrix?.nearKm, hotspot, facts))
        return place ? [{ facts, place }] : []
      })
    },
    ({ facts, place }: { facts: AlertFacts; place: HotspotFacts }) => [facts.alert.id, place.hotspot.id],
  ),
  /** What they subscribed to for this digest, as far as they may read it. */
  subscribed: giver(async ({ ctx, reader, listed }) => {
    const repos = ctx.store.read
    const rows = await repos.alerts.byIds([...listed])
    const all = await factsOfAll(repos, ctx.mission, ctx.clock.now(), rows)
    return all
      .filter(facts => mayReadAlert(ctx, facts, 'record', reader))
      .map(facts => asReadBy(ctx, facts, reader))
  }, holdsAlert),
}

function isNear(
  nearKm = NEAR_KM,
  { lat, lon, radiusKm }: HotspotFacts['hotspot'],
  { alert }: AlertFacts,
): boolean {
  if (lat === null || lon === null || alert.lat === null || alert.lon === null) return false
  return distance([lon, lat], [alert.lon, alert.lat]) - (radiusKm ?? 0) <= nearKm
}
