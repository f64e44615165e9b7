/** What a card shows of a place beside its record, each as far as its reader may see it. */
import type { Reader } from '../../domain/sharing.ts'
import { factsOfAll } from '../alert/facts.ts'
import { actorAsReader, mayReadAlert } from '../alert/reading.ts'
import { mayBeShown } from '../channel.ts'
import type { Ctx } from '../context.ts'
import { incidentFacts, mayReadIncident } from '../incident/facts.ts'
import { registeredPerson } from '../permission.ts'
import type { HotspotFacts } from './facts.ts'
import type { Lane, LinkedKind } from './link.ts'
import { planFor, type ShownPlan } from './plan.ts'

/** What of a hotspot a reader may be shown beside its record. */
export interface ShownParts {
  command: boolean
  attribution: boolean
  /** The linked alerts and incidents they may read: of the others not even the code, nor their number. */
  linked: { kind: LinkedKind; code: string; lane: Lane | null }[]
  plan: ShownPlan
}

/** What everybody behind `reader` may be shown of a hotspot whose record they may read. */
export async function partsFor(ctx: Ctx, facts: HotspotFacts, reader: Reader): Promise<ShownParts> {
  const repos = ctx.tx ?? ctx.store.read
  const all = await factsOfAll(repos, ctx.mission, ctx.clock.now(), facts.alerts)
  const ids = facts.links.flatMap(({ kind, recordId }) => (kind === 'incident' ? [recordId] : []))
  const incidents = await Promise.all(
    (await repos.incidents.byIds(ids)).map(incident => incidentFacts(ctx, incident)),
  )
  const laneOf = (id: string) => facts.links.find(({ recordId }) => recordId === id)?.lane ?? null
  return {
    command: mayBeShown(ctx, facts.shared, 'command', reader),
    attribution: mayBeShown(ctx, facts.shared, 'attribution', reader),
    linked: [
      ...all
        .filter(alert => mayReadAlert(ctx, alert, 'record', reader))
        .map(({ alert }) => ({ kind: 'alert' as const, code: alert.code, lane: laneOf(alert.id) })),
      ...incidents
        .filter(incident => mayReadIncident(ctx, incident, 'record', reader))
        .map(({ incident }) => ({
          kind: 'incident' as const,
          code: incident.code,
          lane: laneOf(incident.id),
        })),
    ],
    plan: await planFor(ctx, facts, reader),
  }
}

/** The same for the acting person. @throws TocsinError `not_registered`. */
export async function ownParts(ctx: Ctx, facts: HotspotFacts): Promise<ShownParts> {
  registeredPerson(ctx)
  return partsFor(ctx, facts, actorAsReader(ctx) as Reader)
}
