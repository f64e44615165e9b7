import { isFeedbackAnswer } from '../domain/feedback.ts'
import { answerFeedback, answerReprisal, readFeedback, readReprisal } from '../operations/feedback.ts'
import { saidModal } from '../views/alert/receipt.ts'
import { feedbackModal, reprisalModal } from '../views/feedback.ts'
import type { ActionCall, Family, ViewAnswer, ViewCall } from './contract.ts'
import { readForm, readMetadata } from './form.ts'
import { viewContext } from './view-context.ts'

/** *Told* or *Not safe, because* on the card that asks for it. */
async function answerPressed(call: ActionCall): Promise<void> {
  const [answer = '', feedbackId = ''] = call.value.split(':')
  const read = await readFeedback(call.ctx, feedbackId)
  await call.ui.open(feedbackModal(viewContext(call), read, isFeedbackAnswer(answer) ? answer : 'told'))
}

async function answerSubmitted(call: ViewCall): Promise<ViewAnswer> {
  const form = readForm(call.values)
  const { feedbackId = '' } = readMetadata<{ feedbackId: string }>(call.privateMetadata)
  const answer = form.choice('answer') ?? ''
  const { facts } = await answerFeedback(call.ctx, { feedbackId, answer, words: form.text('words') })
  return done(call, facts.alert.code, 'feedback.recorded')
}

/** *Answer* on the question about reprisals. */
async function reprisalPressed(call: ActionCall): Promise<void> {
  const { check, facts } = await readReprisal(call.ctx, call.value)
  await call.ui.open(reprisalModal(viewContext(call), facts, check))
}

async function reprisalSubmitted(call: ViewCall): Promise<ViewAnswer> {
  const form = readForm(call.values)
  const { checkId = '' } = readMetadata<{ checkId: string }>(call.privateMetadata)
  const answer = form.choice('answer') ?? ''
  const { facts } = await answerReprisal(call.ctx, { checkId, answer, words: form.text('words') })
  return done(call, facts.alert.code, 'feedback.reprisal.recorded')
}

function done(call: ViewCall, code: string, key: string) {
  return { update: saidModal(viewContext(call), code, `✅ ${call.words.t(key)}`) }
}

export const feedbackFamily: Family = {
  actions: { 'feedback.answer': answerPressed, 'reprisal.answer': reprisalPressed },
  views: { 'feedback.answer': answerSubmitted, 'reprisal.answer': reprisalSubmitted },
}
