import { mayBeShown } from '../channel.ts'
import { type HotspotFacts, hotspotFacts } from '../hotspot/facts.ts'

import { factsOfIncidents, incidentSeenBy, mayReadIncident, warnedAs } from '../incident/facts.ts'
import { categoriesInForce, mustsWithoutPresence } from '../matrix/facts.ts'
import { belongs, giver, readFrom, type Scope, within } from './scope.ts'

const holds = ({ hotspot }: HotspotFacts) => [hotspot.id]

/** Hotspots on the list that this reader may read. */
async function listed(scope: Scope): Promise<HotspotFacts[]> {
  const { ctx, reader } = scope
  const repos = ctx.store.read
  const places = await scope.common('hotspots', async () =>
    hotspotFacts(repos, ctx.mission, ctx.clock.now(), await repos.hotspots.listed()),
  )
  return places.filter(
    place => belongs(scope, place.hotspot) && mayBeShown(ctx, place.shared, 'record', reader),
  )
}

/** Sections that tell of places and of what happened at them. */
export const placeGivers = {
  /** Must Protect places without troops, police or patrols, for those who read coverage. */
  musts: giver(async scope => {
    const places = await listed(scope)
    const known = places.filter(place => mayBeShown(scope.ctx, place.shared, 'command', scope.reader))
    const categories = await scope.common('categories', () => categoriesInForce(scope.ctx.store.read))
    return mustsWithoutPresence(known, categories)
  }, holds),
  /** Put on the list in the window. */
  hotspots: giver(
    async scope => (await listed(scope)).filter(({ hotspot }) => within(scope, hotspot.createdAt)),
    holds,
  ),
  /** What did happen to civilians, recorded in the window, and whether it had been warned of. */
  incidents: giver(
    async scope => {
      const { ctx, reader } = scope
      const from = readFrom(scope)
      const recorded = await scope.common(`incidents:${from}`, async () => {
        // Recorded lately, of what happened within the last month.
        const rows = await ctx.store.read.incidents.since(from - 30 * 86_400_000)
        return factsOfIncidents(
          ctx,
          rows.filter(({ recordedAt }) => recordedAt > from),
        )
      })
      return recorded
        .filter(({ incident }) => belongs(scope, incident) && within(scope, incident.recordedAt))
        .filter(facts => mayReadIncident(ctx, facts, 'record', reader))
        .map(facts => ({ facts: incidentSeenBy(ctx, facts, reader), warned: warnedAs(ctx, facts, reader) }))
    },
    ({ facts, warned }) => [facts.incident.id, ...warned.alerts.map(({ alert }) => alert.id)],
  ),
}
