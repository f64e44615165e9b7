import type { AlertFacts } from '../operations/alert/facts.ts'
import { findAlerts, waitingFor } from '../operations/alert.ts'
import { ownHotspotsNear } from '../operations/hotspot/near.ts'
import { findIncidents } from '../operations/incident.ts'
import { findSummaries } from '../operations/release.ts'
import { findReports } from '../operations/report-search.ts'
import { findTasking } from '../operations/tasking.ts'
import type { Block } from '../ports.ts'
import { alertCard } from '../views/alert/card.ts'
import { foundMessage, helpMessage } from '../views/help.ts'
import { foundIncidents } from '../views/incident.ts'
import { summaryCard } from '../views/release.ts'
import { foundReports } from '../views/report.ts'
import { channelCommand } from './channel.ts'
import { compromisedCommand } from './compromised.ts'
import type { CommandCall } from './contract.ts'
import * as duty from './duty.ts'
import { exportCommand } from './export.ts'
import { families, subcommandsOf } from './families.ts'
import { leavingCommand } from './handover.ts'
import { warnedFor } from './incident.ts'
import { askCommand } from './inquiry.ts'
import { reachCommand } from './reach.ts'
import * as registration from './registration.ts'
import { sourcesCommand } from './source.ts'
import { showTasking } from './tasking/show.ts'
import { trailCommand } from './trail.ts'
import { viewContext } from './view-context.ts'
import { alsoWaits } from './waiting.ts'

/** What the first word after `/poc` may ask for; anything else is looked for among the alerts. */
export const subcommands: Record<string, (call: CommandCall) => Promise<void>> = {
  join: registration.joinCommand,
  me: registration.meCommand,
  people: registration.peopleCommand,
  leaving: leavingCommand,
  compromised: compromisedCommand,
  reach: reachCommand,
  on: duty.onCommand,
  off: duty.offCommand,
  rota: duty.rotaCommand,
  who: duty.whoCommand,
  callsheet: duty.callSheetCommand,
  vacancies: duty.vacanciesCommand,
  channel: channelCommand,
  sources: sourcesCommand,
  ask: askCommand,
  export: exportCommand,
  trail: trailCommand,
  ...subcommandsOf(families),
}

/** `/poc`: help and what waits; `/poc A-7K4Q` or `/poc words`: the alert, or those found. */
export async function pocCommand(call: CommandCall): Promise<void> {
  const view = viewContext(call)
  if (!call.text) {
    const joining = await registration.joinOffered(call)
    return call.ui.tell(helpMessage(view, await waitingFor(call.ctx), joining, await alsoWaits(call)))
  }
  const [word = '', ...rest] = call.text.split(/\s+/)
  const subcommand = subcommands[word.toLowerCase()]
  if (subcommand) return subcommand({ ...call, text: rest.join(' ') })
  const tasking = await findTasking(call.ctx, call.text)
  if (tasking) return showTasking(call, tasking)
  const found = await findAlerts(call.ctx, call.text)
  const [only] = found
  if (only && found.length === 1) {
    return call.ui.tell(
      alertCard(view, only, {
        attribution: false,
        personId: call.person.id,
        hotspots: await ownHotspotsNear(call.ctx, only),
      }),
    )
  }
  const summaries = await findSummaries(call.ctx, call.text)
  const others = await foundElsewhere(call, found)
  const [summary] = summaries
  if (summary && found.length === 0 && summaries.length === 1 && others.length === 0)
    return call.ui.tell(summaryCard(view, summary))
  await call.ui.tell(foundMessage(view, call.text, found, summaries, others))
}

/** Reports and incidents that hold the words; a report of an alert that was found itself is not named again. */
async function foundElsewhere(call: CommandCall, alerts: readonly AlertFacts[]): Promise<Block[]> {
  const view = viewContext(call)
  const known = new Set(alerts.map(({ alert }) => alert.id))
  const reports = (await findReports(call.ctx, call.text)).filter(({ facts }) => !known.has(facts.alert.id))
  const incidents = await findIncidents(call.ctx, call.text)
  return [...foundReports(view, reports), ...foundIncidents(view, incidents, warnedFor(call))]
}
