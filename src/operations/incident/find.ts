import { codeTyped } from '../../domain/code.ts'
import type { Incident } from '../../domain/incident.ts'
import type { Reader } from '../../domain/sharing.ts'
import { holdsWords } from '../../domain/text-fold.ts'
import { actorAsReader } from '../alert/reading.ts'
import type { Ctx } from '../context.ts'
import { actingPerson } from '../permission.ts'
import { factsOfIncidents, type IncidentFacts, incidentSeenBy, mayReadIncident } from './facts.ts'

const BATCH = 200
/** Incidents looked at for one search. */
const LOOKED_AT = 5_000

/**
 * Incidents the acting person may read, by code (`N-7K4Q`) or by words of what happened and where, newest first. A place
 * they are shown no closer is not found by its name.
 *
 * @throws TocsinError `access_closed`.
 */
export async function findIncidents(ctx: Ctx, words: string, limit = 5): Promise<IncidentFacts[]> {
  actingPerson(ctx)
  const { incidents } = ctx.store.read
  const code = codeTyped('N', words)
  const named = code ? await incidents.byCode(code) : null
  if (named) return seen(ctx, [named])
  const holds = ({ what, placeSaid }: Incident) => holdsWords(`${what} ${placeSaid}`, words)
  const found: IncidentFacts[] = []
  for (let offset = 0; offset < LOOKED_AT && found.length < limit; offset += BATCH) {
    const rows = await incidents.newest(BATCH, offset)
    found.push(...(await seen(ctx, rows.filter(holds))).filter(({ incident }) => holds(incident)))
    if (rows.length < BATCH) break
  }
  return found.slice(0, limit)
}

async function seen(ctx: Ctx, rows: readonly Incident[]): Promise<IncidentFacts[]> {
  const reader = actorAsReader(ctx) as Reader
  return (await factsOfIncidents(ctx, rows))
    .filter(facts => mayReadIncident(ctx, facts, 'record', reader))
    .map(facts => incidentSeenBy(ctx, facts, reader))
}
