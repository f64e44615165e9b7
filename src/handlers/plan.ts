import { undidAgreement } from '../domain/plan.ts'
import { TocsinError } from '../errors.ts'
import { actorAsReader } from '../operations/alert/reading.ts'
import { keepsForum } from '../operations/forum/facts.ts'
import { forumByCode, readForum } from '../operations/forum.ts'
import { readMeeting } from '../operations/meeting.ts'
import * as operation from '../operations/plan.ts'
import { saidModal } from '../views/alert/receipt.ts'
import { planCard } from '../views/plan/card.ts'
import * as views from '../views/plan/forms.ts'
import type { ActionCall, Call, CommandCall, Family, ViewAnswer, ViewCall } from './contract.ts'
import { readForm, readMetadata } from './form.ts'
import { viewContext } from './view-context.ts'

/** `/poc-group plan F-7K4Q` begins a joint plan in that group; `/poc-group plan K-7K4Q` shows one. */
export async function planCommand(call: CommandCall): Promise<void> {
  const found = await operation.planByCode(call.ctx, call.text)
  if (found) return show(call, found)
  const forum = await forumByCode(call.ctx, call.text)
  if (!forum) throw new TocsinError('not_found')
  await openNew(call, forum.forum.id, null)
}

async function show(call: Call, facts: operation.PlanFacts): Promise<void> {
  const reader = actorAsReader(call.ctx)
  if (!reader) return
  const shown = await operation.planShownTo(call.ctx, facts, reader)
  await call.ui.tell(planCard(viewContext(call), facts, shown))
}

async function openNew(call: Call, forumId: string, meetingId: string | null): Promise<void> {
  const forum = await readForum(call.ctx, forumId)
  if (!keepsForum(call.ctx, forum)) throw new TocsinError('not_allowed')
  await call.ui.open(views.newPlanModal(viewContext(call), { forumId, meetingId }))
}

/** *Joint plan…* on the card of a group or a meeting. */
async function newPressed(call: ActionCall): Promise<void> {
  const [kind = '', id = ''] = call.value.split(':')
  if (kind !== 'meeting') return openNew(call, id, null)
  const { forum } = await readMeeting(call.ctx, id)
  await openNew(call, forum.forum.id, id)
}

async function newSubmitted(call: ViewCall): Promise<ViewAnswer> {
  const at = readMetadata<{ forumId: string; meetingId: string | null }>(call.privateMetadata)
  const facts = await operation.makePlan(call.ctx, {
    forumId: at.forumId ?? '',
    meetingId: at.meetingId ?? null,
    goal: readForm(call.values).text('goal'),
    requestKey: call.viewId,
  })
  return done(call, facts, 'made')
}

/** A step that was added, or with `position` in the form's metadata one that is changed. */
async function stepSubmitted(call: ViewCall): Promise<ViewAnswer> {
  const form = readForm(call.values)
  const user = form.user('person')
  const { position = null } = readMetadata<{ position: number | null }>(call.privateMetadata)
  const step: operation.StepInput = {
    planId: planIn(call),
    what: form.text('what'),
    post: form.choice('post') ?? '',
    person: user ? { userId: user } : null,
    after: form.choices('after').map(Number),
    fromAt: form.dateTime('fromAt'),
    toAt: form.dateTime('toAt'),
    tier: Number(form.choice('tier')),
    kind: form.choice('kind') ?? '',
    lane: form.choice('lane'),
    district: form.choice('district'),
  }
  return position === null
    ? stepsDone(call, await operation.addPlanStep(call.ctx, step), 'added')
    : stepsDone(call, await operation.changePlanStep(call.ctx, { ...step, position }), 'changed')
}

/** Which step is to be changed: its form follows. */
async function changePicked(call: ViewCall): Promise<ViewAnswer> {
  const facts = await operation.readPlan(call.ctx, planIn(call))
  return { update: views.stepModal(viewContext(call), facts, chosenStep(call)) }
}

async function earlySubmitted(call: ViewCall): Promise<ViewAnswer> {
  const words = readForm(call.values).text('words')
  const input = { planId: planIn(call), position: chosenStep(call), words }
  return done(call, await operation.letBegin(call.ctx, input), 'early')
}

const chosenStep = (call: ViewCall): number => Number(readForm(call.values).choice('step'))

async function outSubmitted(call: ViewCall): Promise<ViewAnswer> {
  const input = { planId: planIn(call), position: chosenStep(call) }
  return stepsDone(call, await operation.removePlanStep(call.ctx, input), 'out')
}

async function saySubmitted(call: ViewCall): Promise<ViewAnswer> {
  const form = readForm(call.values)
  const facts = await operation.sayToPlan(call.ctx, {
    planId: planIn(call),
    answer: form.choice('answer') ?? '',
    words: form.text('words'),
  })
  return done(call, facts, 'said')
}

async function closeSubmitted(call: ViewCall): Promise<ViewAnswer> {
  const outcome = readForm(call.values).text('outcome')
  return done(call, await operation.closePlan(call.ctx, { planId: planIn(call), outcome }), 'closed')
}

const planIn = (call: ViewCall): string => readMetadata<{ planId: string }>(call.privateMetadata).planId ?? ''

const receipt = (call: Call, { plan }: operation.PlanFacts, what: string): string =>
  `✅ ${call.words.t(`plan.receipt.${what}`, { code: plan.code })}`

/** Steps changed: only where a component had agreed is anything to be agreed once more. */
function stepsDone(call: ViewCall, facts: operation.PlanFacts, what: string): ViewAnswer {
  return done(call, facts, undidAgreement(facts.voices, facts.plan.revision) ? `${what}Again` : what)
}

const done = (call: ViewCall, facts: operation.PlanFacts, what: string): ViewAnswer => ({
  update: saidModal(viewContext(call), facts.plan.code, receipt(call, facts, what)),
})

const tell = (call: ActionCall, facts: operation.PlanFacts, what: string) =>
  call.ui.tell({ text: receipt(call, facts, what) })

/** Given as far as this person may; what is left is named, for somebody else gives it. */
function tellStarted(call: ActionCall, facts: operation.PlanFacts): Promise<void> {
  const left = facts.steps.filter(({ taskingId }) => taskingId === null).map(({ position }) => position)
  const rest = left.length === 0 ? '' : ` ${call.words.t('plan.receipt.left', { steps: left.join(', ') })}`
  return call.ui.tell({ text: `${receipt(call, facts, 'started')}${rest}` })
}

/** Opens a form of those who keep the plan. */
async function own(call: ActionCall): Promise<operation.PlanFacts> {
  const facts = await operation.readPlan(call.ctx, call.value)
  if (!keepsForum(call.ctx, facts.forum)) throw new TocsinError('not_allowed')
  return facts
}

export const planFamily: Family = {
  actions: {
    'plan.new': newPressed,
    'plan.show': async call => show(call, await operation.readPlan(call.ctx, call.value)),
    'plan.step': async call => void (await call.ui.open(views.stepModal(viewContext(call), await own(call)))),
    'plan.out': async call =>
      void (await call.ui.open(views.takeOutModal(viewContext(call), await own(call)))),
    'plan.change': async call =>
      void (await call.ui.open(views.pickStepModal(viewContext(call), await own(call)))),
    'plan.early': async call =>
      void (await call.ui.open(views.earlyModal(viewContext(call), await own(call)))),
    'plan.close': async call =>
      void (await call.ui.open(views.closePlanModal(viewContext(call), await own(call)))),
    'plan.say': async call => {
      const facts = await operation.readPlan(call.ctx, call.value)
      await call.ui.open(views.sayModal(viewContext(call), facts))
    },
    'plan.consult': async call => tell(call, await operation.consultPlan(call.ctx, call.value), 'consulted'),
    'plan.agree': async call =>
      tell(call, await operation.sayToPlan(call.ctx, { planId: call.value, answer: 'agree' }), 'agreed'),
    'plan.start': async call => tellStarted(call, await operation.startPlan(call.ctx, call.value)),
  },
  views: {
    'plan.new': newSubmitted,
    'plan.step': stepSubmitted,
    'plan.change': changePicked,
    'plan.out': outSubmitted,
    'plan.early': earlySubmitted,
    'plan.say': saySubmitted,
    'plan.close': closeSubmitted,
  },
}
