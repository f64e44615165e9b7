/** Forms behind *More…* that move where an alert stands and how far it is verified. */
import type { RoleRef } from '../../../domain/mission.ts'
import {
  GROUNDS,
  suggestedVerification,
  VERIFICATION_CHOICES,
  verificationOf,
} from '../../../domain/verification.ts'
import type { AlertFacts } from '../../../operations/alert/facts.ts'
import { context, input, modal, radio, section, select } from '../../blocks.ts'
import { roleOf, type ViewContext } from '../../context.ts'
import { suggestionText } from '../axes.ts'
import { when } from '../phrases.ts'
import { note, roleInput } from './fields.ts'

/** Steps of verification a form shows; the newest. */
const STEPS_SHOWN = 8

/** How far it is verified so far, by whom and on what ground, and the next step. */
export function verifyModal(view: ViewContext, facts: AlertFacts, roles: readonly RoleRef[]) {
  const { t } = view.words
  const { alert, verifications, sources, specialist } = facts
  const now = verificationOf(verifications)
  const suggested = suggestedVerification(now, sources)
  const suggestion = suggestionText(view, facts)
  const steps = verifications.slice(-STEPS_SHOWN).map(
    step =>
      t('verification.form.since', {
        state: t(`verification.state.${step.state}`),
        at: when(view, alert, step.at),
        role: roleOf(view, alert, step.role),
      }) + (step.ground ? `: ${t(`verification.ground.${step.ground}`)}` : ''),
  )
  const choices = VERIFICATION_CHOICES.filter(state => state !== now).map(value => ({
    text: t(`verification.state.${value}`),
    value,
  }))
  const grounds = GROUNDS.filter(ground => ground !== 'other' || specialist.length === 0).map(value => ({
    text: t(`verification.ground.${value}`),
    value,
  }))
  return modal(
    'alert.verify',
    {
      title: t('verification.form.title', { code: alert.code }),
      submit: t('alert.modal.record'),
      close: t('alert.modal.cancel'),
    },
    { alertId: alert.id },
    [
      context(t('verification.form.about')),
      section([t('verification.form.now', { state: t(`verification.state.${now}`) }), ...steps].join('\n')),
      ...(suggestion ? [context(`💡 ${suggestion}`)] : []),
      input('state', t('verification.form.state'), radio('state', choices, suggested)),
      input(
        'ground',
        t('verification.form.ground'),
        select('ground', t('alert.details.choose'), grounds, suggested ? 'independent_sources' : null),
      ),
      ...(specialist.length > 0 ? [] : [note(view, 'verification.form.note', true, 'alert.form.noteHint')]),
      ...roleInput(view, roles),
    ],
  )
}

export function reopenModal(view: ViewContext, { alert, specialist }: AlertFacts, roles: readonly RoleRef[]) {
  const { t } = view.words
  const texts = {
    title: t('standing.reopen.title', { code: alert.code }),
    submit: t('standing.reopen.submit'),
    close: t('alert.modal.cancel'),
  }
  return modal('alert.reopen', texts, { alertId: alert.id }, [
    context(t('standing.reopen.about')),
    ...(specialist.length > 0 ? [] : [note(view, 'standing.reopen.reason', false)]),
    ...roleInput(view, roles),
  ])
}
