import type { Side } from '../domain/mission.ts'
import { sideOf } from '../domain/side.ts'
import { answerInquiry, ask, balance, readInquiry } from '../operations/inquiry.ts'
import { registeredPerson } from '../operations/permission.ts'
import { saidModal } from '../views/alert/receipt.ts'
import { answerModal, askModal, balanceMessage } from '../views/inquiry.ts'
import type { ActionCall, Call, CommandCall, ViewAnswer, ViewCall } from './contract.ts'
import { readForm, readMetadata } from './form.ts'
import { viewContext } from './view-context.ts'

/** `/poc ask`: asks the other side for information; `/poc ask balance`: what went which way. */
export async function askCommand(call: CommandCall): Promise<void> {
  const view = viewContext(call)
  if (call.text.toLowerCase() === 'balance')
    return call.ui.tell(balanceMessage(view, await balance(call.ctx)))
  await openAsk(call)
}

/** *Ask the mission for information* on the card of a shared channel: whoever comes from another workspace runs no commands. */
export const askPressed = (call: ActionCall): Promise<void> => openAsk(call)

async function openAsk(call: Call): Promise<void> {
  const view = viewContext(call)
  const { constituency } = registeredPerson(call.ctx)
  const own: Side | null = constituency && sideOf(constituency)
  await call.ui.open(askModal(view, own === 'humanitarian' ? 'mission' : 'humanitarian'))
}

export async function askSubmitted(call: ViewCall): Promise<ViewAnswer> {
  const form = readForm(call.values)
  const { side = '' } = readMetadata<{ side: string }>(call.privateMetadata)
  const inquiry = await ask(call.ctx, {
    side,
    what: form.text('what'),
    why: form.text('why'),
    wantedBy: form.date('wantedBy'),
    requestKey: call.viewId,
  })
  const { code } = inquiry
  return { update: saidModal(viewContext(call), code, `✅ ${call.words.t('inquiry.asked', { code })}`) }
}

/** *Answer* on a request. */
export async function answerPressed(call: ActionCall): Promise<void> {
  await call.ui.open(answerModal(viewContext(call), await readInquiry(call.ctx, call.value)))
}

export async function answerSubmitted(call: ViewCall): Promise<ViewAnswer> {
  const form = readForm(call.values)
  const { inquiryId = '' } = readMetadata<{ inquiryId: string }>(call.privateMetadata)
  const { code } = await answerInquiry(call.ctx, {
    inquiryId,
    answer: form.choice('answer') ?? '',
    release: form.text('release'),
    reason: form.text('reason'),
  })
  return { update: saidModal(viewContext(call), code, `✅ ${call.words.t('inquiry.replied')}`) }
}
