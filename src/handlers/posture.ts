import { TocsinError } from '../errors.ts'
import * as operation from '../operations/posture.ts'
import { saidModal } from '../views/alert/receipt.ts'
import { postureModal, posturesMessage } from '../views/posture.ts'
import type { ActionCall, Call, CommandCall, Family, ViewAnswer, ViewCall } from './contract.ts'
import { readForm } from './form.ts'
import { viewContext } from './view-context.ts'

/** `/poc posture`: what stands, and the form for those who declare. */
async function postureCommand(call: CommandCall): Promise<void> {
  const standing = await operation.postures(call.ctx)
  await call.ui.tell(posturesMessage(viewContext(call), standing, operation.mayDeclare(call.ctx)))
}

async function newPressed(call: Call): Promise<void> {
  if (!operation.mayDeclare(call.ctx)) throw new TocsinError('not_allowed')
  await call.ui.open(postureModal(viewContext(call)))
}

async function declareSubmitted(call: ViewCall): Promise<ViewAnswer> {
  const form = readForm(call.values)
  const { code } = await operation.declarePosture(call.ctx, {
    ground: form.choice('ground') ?? '',
    sector: form.choice('sector'),
    district: form.choice('district'),
    untilDay: form.date('untilDay'),
    note: form.text('note'),
    requestKey: call.viewId,
  })
  return { update: saidModal(viewContext(call), code, `✅ ${call.words.t('posture.done', { code })}`) }
}

async function endPressed(call: ActionCall): Promise<void> {
  const { code } = await operation.endPosture(call.ctx, { postureId: call.value })
  await call.ui.tell({ text: call.words.t('posture.endedDone', { code }) })
}

/** *Confirm again* or *Let it end*, by the humanitarian it is for. */
async function answerPressed(call: ActionCall): Promise<void> {
  const answer = call.actionId.split(':')[1] ?? ''
  const { state } = await operation.answerPosture(call.ctx, { itemId: call.value, answer })
  await call.ui.tell({ text: call.words.t(`posture.answered.${state}`) })
}

export const postureFamily: Family = {
  subcommands: { posture: postureCommand },
  actions: { 'posture.new': newPressed, 'posture.end': endPressed, 'posture.answer': answerPressed },
  views: { 'posture.declare': declareSubmitted },
}
