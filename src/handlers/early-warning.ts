import { isEarlyDecision } from '../domain/early-warning.ts'
import { TocsinError } from '../errors.ts'
import { decideEarlyWarning, earlyWarningsWaiting, readEarlyWarning } from '../operations/early-warning.ts'
import type { Block } from '../ports.ts'
import { saidModal } from '../views/alert/receipt.ts'
import { decisionModal, earlyWarningCard, waitingEarlyWarnings } from '../views/early-warning.ts'
import type { ActionCall, Call, Family, ViewAnswer, ViewCall } from './contract.ts'
import { readForm, readMetadata } from './form.ts'
import { viewContext } from './view-context.ts'

/** Early-warning items that wait for a decision of this person, for the list of what waits. */
export async function earlyWarningsOffered(call: Pick<Call, 'ctx' | 'words'>): Promise<Block[]> {
  return waitingEarlyWarnings(viewContext(call), await earlyWarningsWaiting(call.ctx))
}

/** *Act*, *Monitor until* or *No action* on an item. */
async function decidePressed(call: ActionCall): Promise<void> {
  const decision = call.actionId.slice(call.actionId.indexOf(':') + 1)
  if (!isEarlyDecision(decision)) throw new TocsinError('unknown_term', { details: { value: decision } })
  const item = await readEarlyWarning(call.ctx, call.value)
  await call.ui.open(decisionModal(viewContext(call), item, decision))
}

async function decideSubmitted(call: ViewCall): Promise<ViewAnswer> {
  const form = readForm(call.values)
  const { warningId = '', decision = '' } = readMetadata<{ warningId: string; decision: string }>(
    call.privateMetadata,
  )
  const span = Number(form.choice('span'))
  const { row } = await decideEarlyWarning(call.ctx, {
    warningId,
    decision,
    until: form.dateTime('until') ?? (span > 0 ? call.ctx.clock.now() + span : null),
    reason: form.text('reason'),
  })
  return { update: saidModal(viewContext(call), row.code, `✅ ${call.words.t('early-warning.decided')}`) }
}

/** *Show* beside an item that waits: its card, to this person alone. */
async function showPressed(call: ActionCall): Promise<void> {
  await call.ui.tell(earlyWarningCard(viewContext(call), await readEarlyWarning(call.ctx, call.value)))
}

export const earlyWarningFamily: Family = {
  actions: { 'early_warning.decide': decidePressed, 'early_warning.show': showPressed },
  views: { 'early_warning.decide': decideSubmitted },
}
