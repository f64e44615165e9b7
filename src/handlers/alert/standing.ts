import { decidingRoles, requireKeeper, requireRecordKeeper } from '../../operations/alert/chain.ts'
import { readAlert, reopen, verify } from '../../operations/alert.ts'
import { reopenModal, verifyModal } from '../../views/alert/forms/standing.ts'
import type { ActionCall, Family, ViewAnswer, ViewCall } from '../contract.ts'
import { readForm, readMetadata } from '../form.ts'
import { viewContext } from '../view-context.ts'
import { recorded } from './recorded.ts'

/** *Verification* under *More…*. */
export async function openVerify(call: ActionCall, alertId: string): Promise<void> {
  const facts = await readAlert(call.ctx, alertId)
  requireRecordKeeper(call.ctx, facts)
  await call.ui.open(verifyModal(viewContext(call), facts, decidingRoles(call.ctx, facts)))
}

/** *Reopen* under *More…* of an alert that has ended. */
export async function openReopen(call: ActionCall, alertId: string): Promise<void> {
  const facts = await readAlert(call.ctx, alertId)
  if (facts.alert.lifecycle === 'withdrawn') requireKeeper(call.ctx, facts)
  else requireRecordKeeper(call.ctx, facts)
  await call.ui.open(reopenModal(viewContext(call), facts, decidingRoles(call.ctx, facts)))
}

async function verifySubmitted(call: ViewCall): Promise<ViewAnswer> {
  const form = readForm(call.values)
  const { alertId = '' } = readMetadata<{ alertId: string }>(call.privateMetadata)
  const facts = await verify(call.ctx, {
    alertId,
    state: form.choice('state') ?? '',
    ground: form.choice('ground') ?? '',
    note: form.text('note'),
    role: form.choice('role'),
  })
  return recorded(call, facts)
}

async function reopenSubmitted(call: ViewCall): Promise<ViewAnswer> {
  const form = readForm(call.values)
  const { alertId = '' } = readMetadata<{ alertId: string }>(call.privateMetadata)
  const facts = await reopen(call.ctx, { alertId, note: form.text('note'), role: form.choice('role') })
  return recorded(call, facts)
}

export const standingFamily: Family = {
  views: { 'alert.verify': verifySubmitted, 'alert.reopen': reopenSubmitted },
}
