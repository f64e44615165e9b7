import { TocsinError } from '../errors.ts'
import { runsExercise } from '../operations/tabletop/facts.ts'
import * as operation from '../operations/tabletop.ts'
import { saidModal } from '../views/alert/receipt.ts'
import * as views from '../views/tabletop.ts'
import type { ActionCall, Call, CommandCall, Family, ViewAnswer, ViewCall } from './contract.ts'
import { readReview } from './crisis.ts'
import { readForm, readMetadata } from './form.ts'
import { viewContext } from './view-context.ts'

/** `/poc-group exercise`: those this person may read; with `new` the form; with an X-code that one. */
export async function exerciseCommand(call: CommandCall): Promise<void> {
  if (call.text.trim().toLowerCase() === 'new') return openNew(call)
  const found = call.text ? await operation.exerciseByCode(call.ctx, call.text) : null
  if (found) return show(call, found)
  const all = await operation.listExercises(call.ctx)
  const offer = { mayPlan: operation.mayPlanExercise(call.ctx), sought: call.text.trim() }
  await call.ui.tell(views.exerciseList(viewContext(call), all, offer))
}

async function show(call: Call, facts: operation.ExerciseFacts): Promise<void> {
  await call.ui.tell(views.exerciseCard(viewContext(call), facts, runsExercise(call.ctx, facts)))
}

async function openNew(call: Call): Promise<void> {
  if (!operation.mayPlanExercise(call.ctx)) throw new TocsinError('not_allowed')
  const earlier = (await operation.listExercises(call.ctx)).filter(
    ({ exercise }) => exercise.startedAt !== null && exercise.endedAt !== null,
  )
  await call.ui.open(views.newExerciseModal(viewContext(call), earlier))
}

async function newSubmitted(call: ViewCall): Promise<ViewAnswer> {
  const form = readForm(call.values)
  const facts = await operation.planExercise(call.ctx, {
    name: form.text('name'),
    roles: form.choices('roles'),
    script: form.text('script'),
    baselineId: form.choice('baseline'),
    requestKey: call.viewId,
  })
  const text = `${receipt(call, facts, 'planned')} ${views.scriptRead(viewContext(call), facts)}`
  return { update: saidModal(viewContext(call), facts.exercise.code, text) }
}

async function answerPressed(call: ActionCall): Promise<void> {
  const position = Number(call.actionId.slice(call.actionId.indexOf(':') + 1))
  const facts = await operation.readExercise(call.ctx, call.value)
  await call.ui.open(views.exerciseAnswerModal(viewContext(call), facts, position))
}

async function answerSubmitted(call: ViewCall): Promise<ViewAnswer> {
  const at = readMetadata<{ exerciseId: string; position: number }>(call.privateMetadata)
  const facts = await operation.answerEvent(call.ctx, {
    exerciseId: at.exerciseId ?? '',
    position: at.position ?? 0,
    words: readForm(call.values).text('words'),
  })
  return done(call, facts, 'answered')
}

async function reviewPressed(call: ActionCall): Promise<void> {
  const facts = await operation.readExercise(call.ctx, call.value)
  if (!runsExercise(call.ctx, facts)) throw new TocsinError('not_allowed')
  await call.ui.open(views.exerciseReviewModal(viewContext(call), facts))
}

async function reviewSubmitted(call: ViewCall): Promise<ViewAnswer> {
  const { exerciseId = '' } = readMetadata<{ exerciseId: string }>(call.privateMetadata)
  const facts = await operation.reviewExercise(call.ctx, { exerciseId, ...readReview(call) })
  return done(call, facts, 'reviewed')
}

const receipt = (call: Call, { exercise }: operation.ExerciseFacts, what: string): string =>
  `✅ ${call.words.t(`tabletop.receipt.${what}`, { code: exercise.code })}`

const done = (call: ViewCall, facts: operation.ExerciseFacts, what: string): ViewAnswer => ({
  update: saidModal(viewContext(call), facts.exercise.code, receipt(call, facts, what)),
})

export const exerciseFamily: Family = {
  actions: {
    'exercise.new': openNew,
    'exercise.show': async call => show(call, await operation.readExercise(call.ctx, call.value)),
    'exercise.start': async call => {
      const facts = await operation.startExercise(call.ctx, call.value)
      await call.ui.tell({ text: receipt(call, facts, 'started') })
    },
    'exercise.cancel': async call => {
      const facts = await operation.cancelExercise(call.ctx, call.value)
      await call.ui.tell({ text: receipt(call, facts, 'cancelled') })
    },
    'exercise.end': async call => {
      const facts = await operation.endExercise(call.ctx, call.value)
      await call.ui.tell({ text: receipt(call, facts, 'ended') })
    },
    'exercise.answer': answerPressed,
    'exercise.review': reviewPressed,
  },
  views: {
    'exercise.new': newSubmitted,
    'exercise.answer': answerSubmitted,
    'exercise.review': reviewSubmitted,
  },
}
