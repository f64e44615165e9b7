import type { PageFrom } from '../../db/alert-list.ts'
import { type AlertFilter, FLAGS, NO_FILTER, parseFilter, STANDINGS } from '../../domain/alert-filter.ts'
import { URGENCIES } from '../../domain/mission.ts'
import { VERIFICATION_STATES } from '../../domain/verification.ts'
import { listAlerts, requestAlertCsv } from '../../operations/alert/list.ts'
import { filterModal, listModal, WORDS_MAX } from '../../views/alert/list.ts'
import type { ActionCall, Call, CommandCall, Family, View, ViewAnswer, ViewCall } from '../contract.ts'
import { readForm, readMetadata } from '../form.ts'
import { viewContext } from '../view-context.ts'

/** `/poc-alert list [words]`: the alerts the words let through, for this person alone. */
export async function listCommand(call: CommandCall): Promise<void> {
  const filter = parseFilter([...call.text].slice(0, WORDS_MAX).join(''), call.ctx.mission)
  await call.ui.open(await listed(call, filter))
}

/** *Alerts* on the help and the App Home. */
async function listPressed(call: ActionCall): Promise<void> {
  await call.ui.open(await listed(call, NO_FILTER))
}

/** *Older* and *Newer*. */
async function pagePressed(call: ActionCall): Promise<void> {
  await call.ui.replace(await listed(call, filterOf(call), pageFrom(call.value)))
}

async function filterPressed(call: ActionCall): Promise<void> {
  await call.ui.replace(filterModal(viewContext(call), filterOf(call)))
}

async function filterSubmitted(call: ViewCall): Promise<ViewAnswer> {
  const form = readForm(call.values)
  const flags = form.choices('flags')
  const filter: AlertFilter = {
    standing: STANDINGS.find(id => id === form.choice('standing')) ?? NO_FILTER.standing,
    sector: form.choice('sector'),
    threat: form.choice('threat'),
    urgency: URGENCIES.find(id => id === form.choice('urgency')) ?? null,
    verification: VERIFICATION_STATES.find(id => id === form.choice('verification')) ?? null,
    sinceMs: Number(form.choice('since')) || null,
    ...(Object.fromEntries(FLAGS.map(flag => [flag, flags.includes(flag)])) as Pick<
      AlertFilter,
      (typeof FLAGS)[number]
    >),
    words: form.text('words').trim(),
  }
  return { update: await listed(call, filter) }
}

/** *CSV*: the file follows by direct message. */
async function csvPressed(call: ActionCall): Promise<void> {
  await requestAlertCsv(call.ctx, filterOf(call))
  await call.ui.tell({ text: call.words.t('list.csvComing') })
}

async function listed(call: Call, filter: AlertFilter, from: PageFrom | null = null): Promise<View> {
  return listModal(viewContext(call), await listAlerts(call.ctx, filter, from))
}

/** The filter the modal carries, or none where it carries nothing of ours. */
function filterOf({ view }: ActionCall): AlertFilter {
  const { filter } = readMetadata<{ filter: AlertFilter }>(view?.privateMetadata ?? '')
  return { ...NO_FILTER, ...filter }
}

function pageFrom(value: string): PageFrom | null {
  const { alertId, towards } = readMetadata<PageFrom>(value)
  return alertId && (towards === 'older' || towards === 'newer') ? { alertId, towards } : null
}

export const listFamily: Family = {
  actions: {
    'alert.list': listPressed,
    'list.page': pagePressed,
    'list.filter': filterPressed,
    'list.csv': csvPressed,
  },
  views: { 'list.filter': filterSubmitted },
}
