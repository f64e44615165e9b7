import { endNotice, mayNotify, notices, notify } from '../operations/notice.ts'
import { saidModal } from '../views/alert/receipt.ts'
import { noticesMessage, notifyModal } from '../views/notice.ts'
import type { ActionCall, CommandCall, Family, ViewAnswer, ViewCall } from './contract.ts'
import { readForm } from './form.ts'
import { viewContext } from './view-context.ts'

/** `/poc notify`: the form for OCHA; for everybody else what they may see of what is notified. */
async function notifyCommand(call: CommandCall): Promise<void> {
  const view = viewContext(call)
  if (mayNotify(call.ctx) && call.text.toLowerCase() !== 'list')
    return void (await call.ui.open(notifyModal(view)))
  await call.ui.tell(noticesMessage(view, await notices(call.ctx)))
}

async function notifySubmitted(call: ViewCall): Promise<ViewAnswer> {
  const form = readForm(call.values)
  const { code } = await notify(call.ctx, {
    reference: form.text('reference'),
    kind: form.choice('kind') ?? '',
    district: form.choice('district'),
    fromDay: form.date('fromDay'),
    toDay: form.date('toDay'),
    requestKey: call.viewId,
  })
  return { update: saidModal(viewContext(call), code, `✅ ${call.words.t('notice.done', { code })}`) }
}

async function endPressed(call: ActionCall): Promise<void> {
  const { code } = await endNotice(call.ctx, { noticeId: call.value })
  await call.ui.tell({ text: call.words.t('notice.ended', { code }) })
}

export const noticeFamily: Family = {
  subcommands: { notify: notifyCommand },
  actions: { 'notice.end': endPressed },
  views: { 'notice.add': notifySubmitted },
}
