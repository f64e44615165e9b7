import { type WarningFigures, warningFigures } from '../../domain/incident.ts'
import type { Reader } from '../../domain/sharing.ts'
import { actorAsReader, asCounted } from '../alert/reading.ts'
import type { Ctx } from '../context.ts'
import { registeredPerson } from '../permission.ts'
import { factsOfIncidents, mayReadIncident, recordOf, warnedAs } from './facts.ts'

const BATCH = 100

/**
 * How many incidents since a time that harmed civilians were warned of and answered, warned of and not answered, or not
 * warned of: over the whole mission, or over those the acting person may read.
 *
 * @param since epoch ms, of the incident; @throws TocsinError `not_registered`.
 */
export async function incidentFigures(
  ctx: Ctx,
  input: { since: number; sector: string | null; wholeMission: boolean },
): Promise<WarningFigures> {
  registeredPerson(ctx)
  const reader = actorAsReader(ctx) as Reader
  const { read } = ctx.store
  const rows = (await read.incidents.since(input.since)).filter(
    ({ sector }) => input.sector === null || sector === input.sector,
  )
  const records: Parameters<typeof warningFigures>[0][number][] = []
  for (let from = 0; from < rows.length; from += BATCH)
    for (const facts of await factsOfIncidents(ctx, rows.slice(from, from + BATCH))) {
      const { incident, alerts } = facts
      if (input.wholeMission) {
        const counted = alerts.map(each => asCounted(ctx, each, reader))
        records.push({ incident, record: recordOf(incident, counted).record })
      } else if (mayReadIncident(ctx, facts, 'record', reader))
        records.push({ incident, record: warnedAs(ctx, facts, reader).record })
    }
  return warningFigures(records, ctx.mission.smallNumbers)
}
