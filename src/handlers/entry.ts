import { editEntry, readEntries, readOwnEntry, withdrawEntry, writeEntry } from '../operations/entry.ts'
import { saidModal } from '../views/alert/receipt.ts'
import { editEntryModal, entriesModal } from '../views/entry.ts'
import type { ActionCall, Call, Family, ViewAnswer, ViewCall } from './contract.ts'
import { readForm, readMetadata } from './form.ts'
import { viewContext } from './view-context.ts'

/** *Entries and dissent* under *More…*. */
export async function openEntries(call: Call, alertId: string): Promise<void> {
  await call.ui.open(entriesModal(viewContext(call), await readEntries(call.ctx, alertId)))
}

async function writeSubmitted(call: ViewCall): Promise<ViewAnswer> {
  const form = readForm(call.values)
  const { alertId = '' } = readMetadata<{ alertId: string }>(call.privateMetadata)
  const { code } = await writeEntry(call.ctx, {
    alertId,
    kind: form.choice('kind') ?? '',
    text: form.text('text') ?? '',
    requestKey: call.viewId,
  })
  return receipt(call, code, 'written')
}

async function editPressed(call: ActionCall): Promise<void> {
  await call.ui.open(editEntryModal(viewContext(call), await readOwnEntry(call.ctx, call.value)))
}

async function editSubmitted(call: ViewCall): Promise<ViewAnswer> {
  const { entryId = '' } = readMetadata<{ entryId: string }>(call.privateMetadata)
  const { code } = await editEntry(call.ctx, { entryId, text: readForm(call.values).text('text') ?? '' })
  return receipt(call, code, 'changed')
}

async function withdrawPressed(call: ActionCall): Promise<void> {
  const { code } = await withdrawEntry(call.ctx, { entryId: call.value })
  await call.ui.replace(receipt(call, code, 'withdrawn').update)
}

function receipt(call: Call, code: string, what: 'written' | 'changed' | 'withdrawn') {
  return { update: saidModal(viewContext(call), code, `✅ ${call.words.t(`entry.done.${what}`, { code })}`) }
}

export const entryFamily: Family = {
  actions: { 'entry.edit': editPressed, 'entry.withdraw': withdrawPressed },
  views: { 'entry.write': writeSubmitted, 'entry.edit': editSubmitted },
}
