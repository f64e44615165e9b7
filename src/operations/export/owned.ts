/** What a holder owns beyond its alerts. */
import type { Attribution } from '../../db/alerts.ts'
import type { Constituency } from '../../domain/mission.ts'
import type { Ctx } from '../context.ts'
import {
  type ExportLine,
  earlyWarningLine,
  incidentLine,
  iso,
  mayHaveLayer,
  quoteLine,
  reportLine,
  responseLine,
} from './lines.ts'

/** Reports, responses and words that a holder's people gave to alerts and teams of others: they stay their own. */
export async function givenElsewhere({ store }: Ctx, holder: Constituency): Promise<ExportLine[]> {
  const { exports, reports, responses, quotes, alerts, teams } = store.read
  const all = async <T>(
    kind: Parameters<typeof exports.givenElsewhere>[0],
    byId: (id: string) => Promise<T | null>,
  ) => {
    const rows = await Promise.all((await exports.givenElsewhere(kind, holder)).map(byId))
    return rows.filter(row => row !== null)
  }
  const given = {
    reports: await all('reports', id => reports.byId(id)),
    responses: await all('responses', id => responses.byId(id)),
    quotes: (await all('quotes', id => quotes.byId(id))).filter(({ state }) => state === 'stands'),
  }
  const ids = [
    ...given.reports.map(({ firstAlertId }) => firstAlertId),
    ...given.responses.map(({ alertId }) => alertId),
    ...given.quotes.flatMap(({ alertId }) => alertId ?? []),
  ]
  const rows = await alerts.byIds([...new Set(ids)])
  const visited = await teams.byIds(given.quotes.flatMap(({ teamId }) => teamId ?? []))
  const code = (alertId: string) => rows.find(({ id }) => id === alertId)?.code ?? ''
  return [
    ...given.reports.map(report => reportLine(code(report.firstAlertId), report)),
    ...given.responses.map(response => responseLine(code(response.alertId), response)),
    ...given.quotes.map(quote => {
      const team = visited.find(({ id }) => id === quote.teamId)
      return quoteLine(team ? { team: team.code } : { alert: code(quote.alertId ?? '') }, quote, holder)
    }),
  ]
}

/**
 * Incidents with the alerts before them that the holder may read, and who is alleged where that layer is open to it; of one
 * person's alone, and without the layer, where `recordedBy` says whose.
 */
export async function* incidentLines(
  ctx: Ctx,
  holder: Constituency,
  recordedBy: string | null = null,
): AsyncGenerator<ExportLine> {
  const { incidents, alerts } = ctx.store.read
  const open = recordedBy === null && mayHaveLayer(ctx, holder, 'attribution')
  for (const incident of await incidents.heldBy(holder)) {
    if (recordedBy !== null && incident.recordedBy !== recordedBy) continue
    const links = await incidents.linksOf([incident.id])
    const before = (await alerts.byIds(links.map(({ alertId }) => alertId))).filter(
      alert => alert.holder === holder || alert.audience.includes(holder),
    )
    const codes = before.map(({ code }) => code)
    yield incidentLine(ctx, incident, codes, open)
    const [attribution] = open ? await incidents.attributionsOf([incident.id]) : []
    if (attribution) yield attributionLine({ incident: incident.code }, attribution)
  }
}

/** Items that rest on the holder's own warnings alone: of any other it does not own what it would take along. */
export async function earlyWarningLines({ store }: Ctx, holder: Constituency): Promise<ExportLine[]> {
  const { earlyWarnings, alerts } = store.read
  const lines: ExportLine[] = []
  for (const row of await earlyWarnings.all()) {
    const under = await alerts.byIds(await earlyWarnings.alertsOf(row.id))
    if (under.length > 0 && under.every(alert => alert.holder === holder))
      lines.push(
        earlyWarningLine(
          row,
          under.map(({ code }) => code),
        ),
      )
  }
  return lines
}

/** Who is alleged, of an alert or an incident. */
export const attributionLine = (
  of: { alert: string } | { incident: string },
  { group, saidBy, confidence, recordedAt }: Omit<Attribution, 'alertId'>,
): ExportLine => ({
  type: 'layer',
  ...of,
  layer: 'attribution',
  group,
  said_by: saidBy,
  confidence,
  recorded_at: iso(recordedAt),
})
