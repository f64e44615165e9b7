import { EXEMPTIONS } from '../../domain/gate.ts'
import { type TaskingActKind, wordsNeeded } from '../../domain/tasking.ts'
import { writeSteps } from '../../domain/tasking-steps.ts'
import { type TaskingFacts, taskingLimits } from '../../operations/tasking.ts'
import { previewAction } from '../alert/preview.ts'
import { context, input, modal, radio, section, select, textInput } from '../blocks.ts'
import type { ViewContext } from '../context.ts'
import { markInputs } from '../marks.ts'
import { snoozeChoices } from '../reminder.ts'
import { taskingTitle } from './phrases.ts'

/** Words for an act: a reason, what is offered instead, or the result for civilians. */
export function actModal(view: ViewContext, facts: TaskingFacts, act: TaskingActKind) {
  const { t, list } = view.words
  const { tasking } = facts
  const left = facts.steps.filter(({ doneAt }) => doneAt === null).map(({ position }) => position)
  const needed = wordsNeeded(tasking.kind, act, tasking.toConstituency)
  const free = tasking.kind === 'request' && act === 'decline' && !needed
  return modal(
    'tasking.act',
    {
      title: tasking.code,
      submit: t(act === 'cancel' ? 'tasking.button.cancel' : 'alert.modal.save'),
      close: t(act === 'cancel' ? 'tasking.form.keep' : 'alert.modal.cancel'),
    },
    { taskingId: tasking.id, act },
    [
      section(`*${t(`tasking.button.${act}`)}*\n${taskingTitle(view, facts)}`),
      ...(free ? [context(t('tasking.form.noReason'))] : []),
      ...(act === 'done' && left.length > 0
        ? [context(t('tasking.form.stepsLeft', { count: left.length, steps: list(left.map(String)) }))]
        : []),
      input(
        'words',
        t(`tasking.words.${wordsKey(act)}`),
        textInput('words', { multiline: true, max: taskingLimits.words }),
        {
          optional: !needed,
        },
      ),
    ],
  )
}

const wordsKey = (act: TaskingActKind) =>
  act === 'done' || act === 'counter' || act === 'refer' || act === 'return' ? act : 'reason'

export function handOnModal(view: ViewContext, facts: TaskingFacts) {
  const { t } = view.words
  return modal(
    'tasking.hand_on',
    { title: facts.tasking.code, submit: t('alert.modal.save'), close: t('alert.modal.cancel') },
    { taskingId: facts.tasking.id },
    [
      section(`*${t('tasking.button.hand_on')}*\n${taskingTitle(view, facts)}`),
      input(
        'to',
        t('tasking.form.person'),
        { type: 'users_select', action_id: 'to' },
        { hint: t('tasking.form.handOnHint') },
      ),
    ],
  )
}

/** It cannot wait for who decides: on which ground, and why. */
export function aheadModal(view: ViewContext, facts: TaskingFacts) {
  const { t } = view.words
  const grounds = EXEMPTIONS.map(value => ({ value, text: t(`gate.exemption.${value}`) }))
  return modal(
    'tasking.ahead',
    { title: facts.tasking.code, submit: t('tasking.ahead.submit'), close: t('alert.modal.cancel') },
    { taskingId: facts.tasking.id },
    [
      section(t('tasking.ahead.about')),
      input('ground', t('tasking.ahead.ground'), radio('ground', grounds, grounds[0]?.value)),
      input(
        'reason',
        t('tasking.ahead.reason'),
        textInput('reason', { multiline: true, max: taskingLimits.words }),
      ),
    ],
  )
}

export function snoozeModal(view: ViewContext, facts: TaskingFacts) {
  const { t } = view.words
  return modal(
    'tasking.snooze',
    { title: facts.tasking.code, submit: t('alert.modal.save'), close: t('alert.modal.cancel') },
    { taskingId: facts.tasking.id },
    [
      input('until', t('tasking.more.snooze'), radio('until', snoozeChoices(view), '4h'), {
        hint: t('tasking.snooze.hint'),
      }),
    ],
  )
}

/** What somebody answered over radio or phone, for the operations centre. */
export function recordedTaskingModal(
  view: ViewContext,
  facts: TaskingFacts,
  acts: readonly TaskingActKind[],
) {
  const { t } = view.words
  const { tasking } = facts
  return modal(
    'tasking.recorded',
    { title: tasking.code, submit: t('alert.modal.save'), close: t('alert.modal.cancel') },
    { taskingId: tasking.id },
    [
      section(`*${t('tasking.more.recorded')}*\n${taskingTitle(view, facts)}`),
      input(
        'act',
        t('tasking.form.said'),
        select(
          'act',
          t('alert.details.choose'),
          acts.map(act => ({ text: t(`tasking.button.${act}`), value: act })),
        ),
      ),
      input(
        'means',
        t('tasking.form.means'),
        radio(
          'means',
          (['radio', 'phone'] as const).map(value => ({ value, text: t(`tasking.means.${value}`) })),
          'radio',
        ),
      ),
      input('at', t('tasking.form.saidAt'), {
        type: 'datetimepicker',
        action_id: 'at',
        initial_date_time: Math.floor(view.now / 1000),
      }),
      input(
        'words',
        t('tasking.form.saidWords'),
        textInput('words', { multiline: true, max: taskingLimits.words }),
        {
          optional: true,
          hint: t('tasking.form.saidWordsHint'),
        },
      ),
    ],
  )
}

export function amendModal(view: ViewContext, { tasking, steps }: TaskingFacts) {
  const { t } = view.words
  return modal(
    'tasking.amend',
    { title: tasking.code, submit: t('alert.modal.save'), close: t('alert.modal.cancel') },
    { taskingId: tasking.id, version: tasking.version, dueAt: tasking.dueAt },
    [
      input(
        'result',
        t('tasking.field.result'),
        textInput('result', { multiline: true, initial: tasking.result, max: taskingLimits.result }),
      ),
      input('dueAt', t('tasking.form.due'), {
        type: 'datetimepicker',
        action_id: 'dueAt',
        initial_date_time: Math.floor(tasking.dueAt / 1000),
      }),
      input(
        'steps',
        t('tasking.field.steps'),
        textInput('steps', {
          multiline: true,
          initial: writeSteps(steps, t('tasking.form.afterWord')),
          max: taskingLimits.steps,
        }),
        { optional: true, hint: t('tasking.form.stepsHint') },
      ),
      ...markInputs(view, tasking),
      previewAction(view, 'tasking_change'),
    ],
  )
}

/** `/poc-task reassign`: from one person to another within a component. */
export function reassignModal(view: ViewContext) {
  const { t } = view.words
  const who = { type: 'users_select' }
  return modal(
    'tasking.reassign',
    {
      title: t('tasking.reassign.title'),
      submit: t('tasking.reassign.submit'),
      close: t('alert.modal.cancel'),
    },
    {},
    [
      section(t('tasking.reassign.about')),
      input('from', t('tasking.reassign.from'), { ...who, action_id: 'from' }),
      input('to', t('tasking.reassign.to'), { ...who, action_id: 'to' }),
    ],
  )
}
