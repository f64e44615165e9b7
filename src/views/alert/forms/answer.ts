import { type Alert, isWarning } from '../../../domain/alert.ts'
import type { Slot } from '../../../domain/mission.ts'
import type { Post } from '../../../operations/alert/chain.ts'
import type { AlertFacts } from '../../../operations/alert/facts.ts'
import { ownerIn } from '../../../operations/alert/owner.ts'
import type { Block } from '../../../ports.ts'
import { context, input, modal, radio, select, textInput } from '../../blocks.ts'
import { pair, post, type ViewContext } from '../../context.ts'
import { exactly, hatChoices, note, reasonInput, reasonNote, spanSelect } from './fields.ts'

/** For which owner and as which post the person speaks, asked only of those who hold several (R-027). */
function hatInput(view: ViewContext, alert: Alert, hats: readonly Post[]): Block[] {
  if (hats.length < 2) return []
  return [input('slot', view.words.t('alert.form.forOwner'), radio('slot', hatChoices(view, alert, hats)))]
}

export type AnswerForm = 'respond' | 'watch' | 'not_acting' | 'cannot_take'

/** The short form behind *Responding*, *Watching until*, *Not acting* and *Can't take it*. */
export function answerModal(
  view: ViewContext,
  alert: Alert,
  kind: AnswerForm,
  options: { hats: readonly Post[]; reason?: string | undefined },
) {
  const { t } = view.words
  const says = isWarning(alert.urgency) && kind !== 'cannot_take' ? 'alert.warning' : 'alert.form'
  const blocks: Record<AnswerForm, () => Block[]> = {
    respond: () => [
      input('who', t(`${says}.who`), textInput('who', { placeholder: t(`${says}.whoHint`), max: 200 })),
      input('span', t(`${says}.expected`), spanSelect(view, 'respond')),
      exactly(view),
    ],
    watch: () => [
      input(
        'span',
        t(says === 'alert.warning' ? 'alert.warning.button.watch' : 'alert.form.until'),
        spanSelect(view, 'watch'),
      ),
      exactly(view),
      note(view, 'alert.form.watchNote', true),
    ],
    not_acting: () => [
      reasonInput(view, 'not_acting', options.reason),
      reasonNote(view, 'not_acting', options.reason),
    ],
    cannot_take: () => [
      reasonInput(view, 'cannot_take', options.reason),
      reasonNote(view, 'cannot_take', options.reason),
    ],
  }
  return modal(
    `alert.${kind}`,
    { title: t(`${says}.title.${kind}`), submit: t('alert.modal.record'), close: t('alert.modal.cancel') },
    { alertId: alert.id },
    [
      context(`${alert.code} · ${t(`${says}.about.${kind}`)}`),
      ...hatInput(view, alert, options.hats),
      ...blocks[kind](),
    ],
  )
}

export type Said = 'acknowledge' | 'respond' | 'watch' | 'not_acting' | 'on_site'

/** What a post answered by phone or radio, written down by somebody else; the fields follow what was said. */
export function recordedModal(view: ViewContext, facts: AlertFacts, answered: Said) {
  const { t } = view.words
  const posts = (['civilian', 'uniformed'] as const).flatMap((slot: Slot) =>
    ownerIn(facts, slot).posts.map((ref, rung) => ({
      text: pair(view, t(`alert.slot.${slot}`), post(view, facts.alert, ref)),
      value: `${slot}:${rung}`,
    })),
  )
  const choices = (['acknowledge', 'respond', 'watch', 'not_acting', 'on_site'] as const).map(value => ({
    text: t(`alert.recorded.said.${value}`),
    value,
  }))
  const follows: Record<Said, () => Block[]> = {
    acknowledge: () => [],
    on_site: () => [],
    respond: () => [
      input('who', t('alert.form.who'), textInput('who', { placeholder: t('alert.form.whoHint'), max: 200 })),
      input('span', t('alert.form.expected'), spanSelect(view, 'respond')),
    ],
    watch: () => [input('span', t('alert.form.until'), spanSelect(view, 'watch'))],
    not_acting: () => [reasonInput(view, 'not_acting')],
  }
  return modal(
    'alert.recorded',
    {
      title: t('alert.recorded.title', { code: facts.alert.code }),
      submit: t('alert.modal.record'),
      close: t('alert.modal.cancel'),
    },
    { alertId: facts.alert.id },
    [
      input('post', t('alert.recorded.post'), select('post', t('alert.details.choose'), posts)),
      input(
        'means',
        t('alert.recorded.means'),
        radio(
          'means',
          (['radio', 'phone'] as const).map(value => ({ text: t(`alert.recorded.by.${value}`), value })),
          'radio',
        ),
      ),
      input('at', t('alert.recorded.at'), {
        type: 'datetimepicker',
        action_id: 'at',
        initial_date_time: Math.floor(view.now / 1000),
      }),
      input(
        'said',
        t('alert.recorded.saidLabel'),
        select('alert.recorded_said', t('alert.details.choose'), choices, answered),
        { dispatch: true },
      ),
      ...follows[answered](),
      note(view, 'alert.form.note', true),
    ],
  )
}
