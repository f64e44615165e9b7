import { STEP_KINDS, STEP_LANES } from '../../domain/plan.ts'
import { TIERS } from '../../domain/tasking.ts'
import { type PlanFacts, planLimits, stepPosts } from '../../operations/plan.ts'
import { previewAction } from '../alert/preview.ts'
import { input, modal, multiSelect, plain, radio, select, textInput } from '../blocks.ts'
import type { ViewContext } from '../context.ts'
import { districtInput } from '../gate/forms.ts'
import { postName } from './phrases.ts'

const form = (view: ViewContext, what: string, submit: string) => ({
  title: view.words.t(`plan.form.${what}`),
  submit: view.words.t(submit),
  close: view.words.t('alert.modal.cancel'),
})

/** Begins one, in a group or a meeting of it. */
export function newPlanModal(view: ViewContext, at: { forumId: string; meetingId: string | null }) {
  const { t } = view.words
  return modal('plan.new', form(view, 'new', 'plan.form.begin'), at, [
    input('goal', t('plan.form.goal'), textInput('goal', { multiline: true, max: planLimits.goal }), {
      hint: t('plan.form.goalHint'),
    }),
    previewAction(view, 'plan'),
  ])
}

const stepChoices = (steps: PlanFacts['steps']) =>
  steps.map(({ position, what }) => ({ text: `${position}. ${what}`, value: String(position) }))

/** *Add step…*; with `position`, the form of *Change a step…*, with what stands there. */
export function stepModal(view: ViewContext, facts: PlanFacts, position: number | null = null) {
  const { t } = view.words
  const { steps, plan, persons } = facts
  const now = steps.find(step => step.position === position)
  const others = stepChoices(steps.filter(step => step !== now))
  const person = now?.personId ? persons.get(now.personId) : undefined
  const at = (field: 'fromAt' | 'toAt') => ({
    type: 'datetimepicker',
    action_id: field,
    ...(now ? { initial_date_time: Math.floor(now[field] / 1000) } : {}),
  })
  return modal(
    'plan.step',
    form(view, now ? 'change' : 'step', 'alert.modal.save'),
    { planId: plan.id, position },
    [
      input(
        'what',
        t('plan.form.what'),
        textInput('what', { multiline: true, max: planLimits.what, initial: now?.what ?? null }),
      ),
      input(
        'post',
        t('plan.form.post'),
        select(
          'post',
          t('alert.details.choose'),
          stepPosts(facts).map(post => ({ text: postName(view, post), value: post })),
          now?.post ?? null,
        ),
        { hint: t('plan.form.postHint') },
      ),
      input(
        'person',
        t('plan.form.person'),
        {
          type: 'users_select',
          action_id: 'person',
          placeholder: plain(t('duty.choose'), 150),
          ...(person ? { initial_user: person.userId } : {}),
        },
        { optional: true, hint: t('plan.form.personHint') },
      ),
      ...(others.length > 0
        ? [
            input(
              'after',
              t('plan.form.after'),
              multiSelect('after', t('alert.details.choose'), others, now?.after.map(String)),
              { optional: true },
            ),
          ]
        : []),
      input('fromAt', t('plan.form.from'), at('fromAt')),
      input('toAt', t('plan.form.to'), at('toAt')),
      input(
        'tier',
        t('tasking.field.tier'),
        radio(
          'tier',
          TIERS.map(tier => ({ text: t(`plan.tierName.${tier}`), value: String(tier) })),
          String(now?.tier ?? 2),
        ),
      ),
      input(
        'kind',
        t('plan.form.kind'),
        radio(
          'kind',
          STEP_KINDS.map(value => ({ text: t(`plan.kind.${value}`), value })),
          now?.kind ?? 'work',
        ),
      ),
      input(
        'lane',
        t('plan.form.lane'),
        select(
          'lane',
          t('alert.details.choose'),
          STEP_LANES.map(value => ({ text: t(`plan.lane.${value}`), value })),
          now?.lane ?? null,
        ),
        { optional: true },
      ),
      districtInput(view, { optional: true, initial: now?.district ?? null }),
      previewAction(view, 'plan'),
    ],
  )
}

/** *Change a step…*: which; the form follows with what stands there. */
export const pickStepModal = (view: ViewContext, facts: PlanFacts) =>
  modal('plan.change', form(view, 'change', 'plan.form.next'), { planId: facts.plan.id }, [
    stepInput(view, facts.steps),
  ])

/** *Take a step out…* */
export const takeOutModal = (view: ViewContext, { plan, steps }: PlanFacts) =>
  modal('plan.out', form(view, 'out', 'plan.form.takeOut'), { planId: plan.id }, [stepInput(view, steps)])

/** *Let a step begin early…*: which of those that wait, and why. */
export function earlyModal(view: ViewContext, { plan, steps, waiting }: PlanFacts) {
  const { t } = view.words
  const held = steps.filter(({ position }) => waiting.includes(position))
  return modal('plan.early', form(view, 'early', 'alert.modal.save'), { planId: plan.id }, [
    stepInput(view, held),
    input('words', t('plan.form.earlyWhy'), textInput('words', { multiline: true, max: planLimits.words }), {
      hint: t('plan.form.earlyHint'),
    }),
  ])
}

function stepInput(view: ViewContext, steps: PlanFacts['steps']) {
  const { t } = view.words
  return input('step', t('plan.form.which'), select('step', t('alert.details.choose'), stepChoices(steps)))
}

/** An objection with its reason, or a comment. */
export function sayModal(view: ViewContext, { plan }: PlanFacts) {
  const { t } = view.words
  const answers = plan.state === 'consulted' ? (['object', 'comment'] as const) : (['comment'] as const)
  return modal('plan.say', form(view, 'say', 'alert.modal.save'), { planId: plan.id }, [
    input(
      'answer',
      t('plan.form.answer'),
      radio(
        'answer',
        answers.map(value => ({ text: t(`plan.answer.${value}`), value })),
        answers.at(-1),
      ),
    ),
    input('words', t('plan.form.words'), textInput('words', { multiline: true, max: planLimits.words })),
  ])
}

export function closePlanModal(view: ViewContext, { plan }: PlanFacts) {
  const { t } = view.words
  return modal('plan.close', form(view, 'close', 'plan.form.closeSubmit'), { planId: plan.id }, [
    input(
      'outcome',
      t('plan.form.outcome'),
      textInput('outcome', { multiline: true, max: planLimits.words }),
    ),
  ])
}
