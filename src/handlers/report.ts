import { codeTyped } from '../domain/code.ts'
import { TocsinError } from '../errors.ts'
import { mayKeepRecord, requireKeeper } from '../operations/alert/chain.ts'
import type { AlertFacts } from '../operations/alert/facts.ts'
import { duplicatesOf, merge, readAlert, unmerge } from '../operations/alert.ts'
import { addReport, reportsOf } from '../operations/report.ts'
import { saidModal } from '../views/alert/receipt.ts'
import { addReportModal, joinModal, reportsModal } from '../views/report.ts'
import { recorded } from './alert/recorded.ts'
import type { ActionCall, Call, Family, View, ViewAnswer, ViewCall } from './contract.ts'
import { readForm, readMetadata } from './form.ts'
import { viewContext } from './view-context.ts'

/** *Reports* under *More…*: each that this person may read, with its own source, and the alerts joined to this one. */
export async function openReports(call: ActionCall, alertId: string): Promise<void> {
  await call.ui.open(await list(call, alertId))
}

/** *Undo the joining* under *More…* of an alert that was joined to another. */
export async function undoJoining(call: ActionCall, alertId: string): Promise<void> {
  const facts = await unmerge(call.ctx, { alertId })
  await call.ui.open(undone(call, facts))
}

async function list(call: Call, alertId: string): Promise<View> {
  const read = await reportsOf(call.ctx, alertId)
  const { alert, followers } = read.facts
  const open = alert.lifecycle === 'open' && alert.what !== ''
  const keeps = [alert.raisedBy, ...followers].includes(call.person.id) || mayKeepRecord(call.ctx, read.facts)
  const registered = call.person.constituency !== null
  return reportsModal(viewContext(call), read, {
    add: open && (registered || alert.raisedBy === call.person.id),
    join: open && keeps && registered,
  })
}

async function addPressed(call: ActionCall): Promise<void> {
  const { alert } = await readAlert(call.ctx, call.value)
  await call.ui.open(addReportModal(viewContext(call), alert))
}

async function addSubmitted(call: ViewCall): Promise<ViewAnswer> {
  const form = readForm(call.values)
  const { alertId = '' } = readMetadata<{ alertId: string }>(call.privateMetadata)
  const typed = { what: form.text('what'), where: form.text('where') }
  const facts = await addReport(call.ctx, {
    alertId,
    what: typed.what,
    place: { said: typed.where },
    cameBy: form.choice('cameBy'),
    requestKey: call.viewId,
  })
  return recorded(call, facts)
}

async function joinPressed(call: ActionCall): Promise<void> {
  const facts = await readAlert(call.ctx, call.value)
  requireKeeper(call.ctx, facts)
  await call.ui.open(joinModal(viewContext(call), facts.alert, await duplicatesOf(call.ctx, call.value)))
}

async function joinSubmitted(call: ViewCall): Promise<ViewAnswer> {
  const form = readForm(call.values)
  const { alertId = '' } = readMetadata<{ alertId: string }>(call.privateMetadata)
  const typed = form.text('code').trim()
  const code = codeTyped('A', typed) ?? codeTyped('A', `A-${typed}`)
  const intoId = typed === '' ? form.choice('near') : await alertNamed(call, code)
  if (!intoId) return { errors: { code: call.words.t('report.join.missing') } }
  return { update: await joined(call, alertId, intoId) }
}

/** @throws TocsinError `not_found` beside the field, for what is not there and for what they may not read alike. */
async function alertNamed(call: ViewCall, code: string | null): Promise<string> {
  const written = code ? await call.ctx.store.read.alerts.byCode(code) : null
  try {
    return (await readAlert(call.ctx, written?.id ?? '')).alert.id
  } catch (error) {
    if (error instanceof TocsinError && error.code === 'not_found')
      throw new TocsinError('not_found', { field: 'code' })
    throw error
  }
}

/** *This is the same as …* on the receipt, as `other:new`. */
async function samePressed(call: ActionCall): Promise<void> {
  const [intoId = '', alertId = ''] = call.value.split(':')
  await call.ui.replace(await joined(call, alertId, intoId))
}

async function joined(call: Call, alertId: string, intoId: string): Promise<View> {
  const pair = await Promise.all([readAlert(call.ctx, alertId), readAlert(call.ctx, intoId)])
  const facts = await merge(call.ctx, { alertId, intoId })
  const gone = pair.find(({ alert }) => alert.id !== facts.alert.id)
  const { t } = call.words
  const { code } = facts.alert
  return saidModal(viewContext(call), code, `✅ ${t('report.joined.done', { code, goes: gone?.alert.code })}`)
}

async function undoPressed(call: ActionCall): Promise<void> {
  const facts = await unmerge(call.ctx, { alertId: call.value })
  await call.ui.replace(undone(call, facts))
}

function undone(call: Call, { alert }: AlertFacts): View {
  const { code } = alert
  return saidModal(viewContext(call), code, `✅ ${call.words.t('report.joined.undoneNow', { code })}`)
}

export const reportFamily: Family = {
  actions: {
    'report.add': addPressed,
    'report.join': joinPressed,
    'report.same': samePressed,
    'report.undo': undoPressed,
  },
  views: { 'report.add': addSubmitted, 'report.join': joinSubmitted },
}
