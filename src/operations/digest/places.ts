import { mayBeShown } from '../channel.ts'
import { type HotspotFacts, hotspotFacts } from '../hotspot/facts.ts'

import { factsOfIncidents, incidentSeenBy, mayReadIncident, warnedAs } from '../incident/facts.ts'
import { categoriesInForce, mustsWithoutPresence } from '../matrix/facts.ts'
import { belongs, giver, type Scope, within } from './scope.ts'

const holds = ({ hotspot }: HotspotFacts) => [hotspot.id]

/** Hotspots on the list that this reader may read. */
async function listed(scope: Scope): Promise<HotspotFacts[]> {
  const { ctx, reader } = scope
  const repos = ctx.store.read
  const rows = (await repos.hotspots.listed()).filter(row => belongs(scope, row))
  const places = await hotspotFacts(repos, ctx.mission, ctx.clock.now(), rows)
  return places.filter(place => mayBeShown(ctx, place.shared, 'record', reader))
}

/** Sections that tell of places and of what happened at them. */
export const placeGivers = {
  /** Must Protect places without troops, police or patrols, for those who read coverage. */
  musts: giver(async scope => {
    const places = await listed(scope)
    const known = places.filter(place => mayBeShown(scope.ctx, place.shared, 'command', scope.reader))
    return mustsWithoutPresence(known, await categoriesInForce(scope.ctx.store.read))
  }, holds),
  /** Put on the list in the window. */
  hotspots: giver(
    async scope => (await listed(scope)).filter(({ hotspot }) => within(scope, hotspot.createdAt)),
    holds,
  ),
  /** What did happen to civilians, recorded in the window, and whether it had been warned of. */
  incidents: giver(
    async scope => {
      const { ctx, reader, window } = scope
      // Recorded lately, of what happened within the last month.
      const rows = await ctx.store.read.incidents.since(window.from - 30 * 86_400_000)
      const told = rows.filter(row => belongs(scope, row) && within(scope, row.recordedAt))
      return (await factsOfIncidents(ctx, told))
        .filter(facts => mayReadIncident(ctx, facts, 'record', reader))
        .map(facts => ({ facts: incidentSeenBy(ctx, facts, reader), warned: warnedAs(ctx, facts, reader) }))
    },
    ({ facts, warned }) => [facts.incident.id, ...warned.alerts.map(({ alert }) => alert.id)],
  ),
}
