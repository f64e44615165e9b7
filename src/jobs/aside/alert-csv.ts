import { csvText } from '../../domain/csv.ts'
import type { AlertFacts } from '../../operations/alert/facts.ts'
import { allAlerts, askedFilter } from '../../operations/alert/list.ts'
import { allegedFor } from '../../operations/alert/reading.ts'
import type { Ctx } from '../../operations/context.ts'
import { type AlertRow, alertColumns } from '../../views/alert/csv.ts'
import { filterText } from '../../views/alert/list.ts'
import type { ViewContext } from '../../views/context.ts'
import type { MadeFile } from './index.ts'
import type { Task } from './task.ts'

/** Exactly the alerts that the filter shows whoever asked, as rows; null where the filter was erased. */
export async function alertCsv(
  ctx: Ctx,
  view: ViewContext,
  { personId, event }: Extract<Task, { do: 'alert.csv' }>,
): Promise<MadeFile | null> {
  const filter = await askedFilter(ctx, personId, event)
  if (!filter) return null
  let count = 0
  const rows = async function* (): AsyncGenerator<AlertRow> {
    for await (const facts of allAlerts(ctx, filter)) {
      count++
      yield asRow(ctx, facts)
    }
  }
  const parts: Buffer[] = []
  for await (const part of csvText(alertColumns(view), rows())) parts.push(Buffer.from(part))
  const { t, dateTime, zone } = view.words
  const name = `alerts-${new Date(view.now).toISOString().slice(0, 16).replace(':', '')}Z.csv`
  return {
    name,
    title: name,
    bytes: Buffer.concat(parts),
    altText: t('list.csvAlt', { count }),
    text: t('list.csvText', { count, filter: filterText(view, filter), at: dateTime(view.now), zone }),
  }
}

/** An alert as the acting person may read it in a file. */
export const asRow = (ctx: Ctx, facts: AlertFacts): AlertRow => ({
  ...facts,
  alleged: allegedFor(ctx, facts),
})
