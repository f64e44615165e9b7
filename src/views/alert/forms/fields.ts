/** Fields that several forms of an alert share. */
import type { Block } from '../../../ports.ts'
import { input, select, textInput } from '../../blocks.ts'
import { asksNote, termOptions, type ViewContext } from '../../context.ts'
import { when } from '../phrases.ts'

const MINUTE = 60_000
const spans = {
  respond: [15, 30, 60, 120, 240, 480],
  watch: [30, 60, 120, 240, 480, 720, 1440, 2880, 4320],
} as const

/** Chosen when the form opens: who goes has promised no time yet, who watches looks again in an hour. */
const first = { respond: 'unknown', watch: String(60 * MINUTE) } as const

/** "in 30 min (02:40)": times ahead as one tap; who goes may not know yet. */
export function spanSelect(view: ViewContext, kind: keyof typeof spans): object {
  const { t, duration } = view.words
  const choices = spans[kind].map(minutes => ({
    text: t('alert.form.inSpan', {
      span: duration(minutes * MINUTE),
      at: when(view, { raisedAt: view.now }, view.now + minutes * MINUTE),
    }),
    value: String(minutes * MINUTE),
  }))
  const unknown = { text: t('alert.form.timeUnknown'), value: 'unknown' }
  return select(
    'span',
    t('alert.form.chooseTime'),
    kind === 'respond' ? [...choices, unknown] : choices,
    first[kind],
  )
}

/** An exact time, for whom no span fits. */
export const exactly = (view: ViewContext): Block =>
  input(
    'until',
    view.words.t('alert.form.exactly'),
    { type: 'datetimepicker', action_id: 'until' },
    { optional: true },
  )

export const note = (view: ViewContext, label: string, optional: boolean, hint?: string): Block =>
  input('note', view.words.t(label), textInput('note', { multiline: true, max: 3000 }), {
    optional,
    ...(hint ? { hint: view.words.t(hint) } : {}),
  })

/** A reason of the mission's list, chosen already where the card's menu named it. */
export function reasonInput(view: ViewContext, list: 'not_acting' | 'cannot_take', initial?: string): Block {
  const { t } = view.words
  return input(
    'reason',
    t('alert.form.reason'),
    select('reason', t('alert.details.choose'), termOptions(view, list), initial),
  )
}

/** The note beside a reason: asked for from the start where the reason chosen already cannot stand alone. */
export const reasonNote = (view: ViewContext, list: 'not_acting' | 'cannot_take', initial?: string): Block =>
  initial !== undefined && asksNote(view, list, initial)
    ? note(view, 'alert.form.note', false)
    : note(view, 'alert.form.note', true, 'alert.form.noteHint')
