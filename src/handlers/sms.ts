import { removePhone, setPhone } from '../operations/sms.ts'
import { saidModal } from '../views/alert/receipt.ts'
import { phoneModal } from '../views/sms.ts'
import type { ActionCall, Family, ViewAnswer, ViewCall } from './contract.ts'
import { readForm } from './form.ts'
import { viewContext } from './view-context.ts'

async function phonePressed(call: ActionCall): Promise<void> {
  await call.ui.open(phoneModal(viewContext(call)))
}

async function forgetPressed(call: ActionCall): Promise<void> {
  await removePhone(call.ctx)
  await call.ui.tell({ text: `✅ ${call.words.t('sms.done.removed')}` })
}

async function phoneSubmitted(call: ViewCall): Promise<ViewAnswer> {
  await setPhone(call.ctx, { number: readForm(call.values).text('number') })
  const { t } = call.words
  return { update: saidModal(viewContext(call), t('sms.form.title'), `✅ ${t('sms.done.set')}`) }
}

export const smsFamily: Family = {
  actions: { 'sms.phone': phonePressed, 'sms.forget': forgetPressed },
  views: { 'sms.phone': phoneSubmitted },
}
