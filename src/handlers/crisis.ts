import { TocsinError } from '../errors.ts'
import * as operation from '../operations/crisis.ts'
import { saidModal } from '../views/alert/receipt.ts'
import { handModal, LESSONS, reviewModal, standDownModal } from '../views/crisis.ts'
import type { ActionCall, Family, ViewAnswer, ViewCall } from './contract.ts'
import { readForm, readMetadata } from './form.ts'
import { viewContext } from './view-context.ts'

async function answerPressed(call: ActionCall): Promise<void> {
  const answer = call.actionId.slice(call.actionId.indexOf(':') + 1)
  await operation.answerCall(call.ctx, { forumId: call.value, answer })
  await call.ui.tell({ text: call.words.t(`crisis.receipt.${answer}`) })
}

async function againPicked(call: ActionCall): Promise<void> {
  const [minutes = '', forumId = ''] = call.value.split(':')
  await operation.meetAgain(call.ctx, { forumId, minutes: Number(minutes) })
}

async function led(call: ActionCall): Promise<operation.CrisisFacts> {
  const facts = await operation.readCrisis(call.ctx, call.value)
  if (!operation.leadsCrisis(call.ctx, facts)) throw new TocsinError('not_allowed')
  return facts
}

async function handSubmitted(call: ViewCall): Promise<ViewAnswer> {
  const form = readForm(call.values)
  const { forumId = '' } = readMetadata<{ forumId: string }>(call.privateMetadata)
  const to = { userId: form.user('to') ?? '' }
  return done(call, await operation.handShift(call.ctx, { forumId, to, note: form.text('note') }), 'handed')
}

async function standDownSubmitted(call: ViewCall): Promise<ViewAnswer> {
  const { forumId = '' } = readMetadata<{ forumId: string }>(call.privateMetadata)
  const why = readForm(call.values).text('why')
  return done(call, await operation.standDown(call.ctx, { forumId, why }), 'stood_down')
}

async function reviewSubmitted(call: ViewCall): Promise<ViewAnswer> {
  const { forumId = '' } = readMetadata<{ forumId: string }>(call.privateMetadata)
  return done(call, await operation.reviewCrisis(call.ctx, { forumId, ...readReview(call) }), 'reviewed')
}

/** The after-action review of a crisis or an exercise as it was typed. */
export function readReview({ values }: Pick<ViewCall, 'values'>) {
  const form = readForm(values)
  const lessons = Array.from({ length: LESSONS }, (_, nth) => ({
    text: form.text(`lesson${nth}`),
    owner: form.choice(`owner${nth}`),
    dueAt: form.dateTime(`due${nth}`),
  }))
  return {
    lessons,
    worked: form.text('worked'),
    failed: form.text('failed'),
    noLesson: form.text('noLesson'),
  }
}

function done(call: ViewCall, { forum, crisis }: operation.CrisisFacts, what: string): ViewAnswer {
  const { t, dateTime } = call.words
  const at = crisis.reviewDueAt === null ? '' : dateTime(crisis.reviewDueAt)
  const text = t(`crisis.receipt.${what}`, { code: forum.forum.code, at })
  return { update: saidModal(viewContext(call), forum.forum.code, `✅ ${text}`) }
}

export const crisisFamily: Family = {
  actions: {
    'crisis.answer': answerPressed,
    'crisis.again': againPicked,
    'crisis.hand': async call => void (await call.ui.open(handModal(viewContext(call), await led(call)))),
    'crisis.stand_down': async call =>
      void (await call.ui.open(standDownModal(viewContext(call), await led(call)))),
    'crisis.review': async call => void (await call.ui.open(reviewModal(viewContext(call), await led(call)))),
  },
  views: {
    'crisis.hand': handSubmitted,
    'crisis.stand_down': standDownSubmitted,
    'crisis.review': reviewSubmitted,
  },
}
