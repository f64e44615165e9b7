import { type AlertFilter, NO_FILTER } from '../../../src/domain/alert-filter.ts'
import { csvCell } from '../../../src/domain/csv.ts'
import { mayRead } from '../../../src/domain/sharing.ts'
import { asRow } from '../../../src/jobs/aside/alert-csv.ts'
import { allAlerts } from '../../../src/operations/alert/list.ts'
import { alertFigures, listAlerts } from '../../../src/operations/alert.ts'
import { sharingRules } from '../../../src/operations/channel.ts'
import { alertColumns } from '../../../src/views/alert/csv.ts'
import { figuresText } from '../../../src/views/alert/figures.ts'
import { listModal } from '../../../src/views/alert/list.ts'
import type { Noun, Opener } from '../noun.ts'

const everything: AlertFilter = { ...NO_FILTER, standing: 'all' }
/** A restricted class as a file would say it. */
const alleged = 'Alleged (class)=State forces'

/** Every cell of a file of all alerts, as this person would be sent it. */
async function cells({ ctx, view }: Opener): Promise<string[]> {
  const shown: string[] = []
  for await (const facts of allAlerts(ctx, everything))
    for (const { title, of } of alertColumns(view)) shown.push(`${title}=${csvCell(of(asRow(ctx, facts)))}`)
  return shown
}

/** Lists and files of alerts: they hold the words of the alerts they tell of. */
export const noun: Noun = {
  words: async () => [alleged],
  async allowed(world, reader) {
    for (const { alert, named, namesState, releases } of await world.alerts()) {
      const record = { ...alert, named, namesState, releases }
      if (mayRead(record, 'attribution', reader, sharingRules(world.desk.system))) return [alleged]
    }
    return []
  },
  silent: {
    'alert.csv': 'its rows are read below, as the thread that writes them reads them',
    'alert.figures': 'what it says is read below',
  },
  opens: {
    listAlerts: (_, { ctx, view, see }) =>
      see(async () => listModal(view, await listAlerts(ctx, everything))),
    alertFigures: (_, { ctx, view, see }) =>
      see(async () => figuresText(view, await alertFigures(ctx, '30d', null))),
    allAlerts: (_, opener) => opener.see(() => cells(opener)),
  },
  apart: {
    requestAlertFigures: 'asks for what `alertFigures` gives',
    requestAlertCsv: 'asks for the file that `allAlerts` fills',
    askedFilter: 'what somebody asked for, read for them alone',
  },
}
