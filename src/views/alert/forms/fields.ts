/** Fields that several forms of an alert share. */
import type { Alert } from '../../../domain/alert.ts'
import type { RoleRef } from '../../../domain/mission.ts'
import type { Post } from '../../../operations/alert/chain.ts'
import { roleKey } from '../../../operations/permission.ts'
import type { Block } from '../../../ports.ts'
import { input, radio, select, textInput } from '../../blocks.ts'
import { asksNote, post, role, termOptions, type ViewContext } from '../../context.ts'
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

/** The owners a person may answer for; with their post where they hold several of one ladder. */
export function hatChoices(view: ViewContext, alert: Alert, hats: readonly Post[]) {
  const { t } = view.words
  return hats.map(({ slot, rung, ref }) => {
    const owner = t(`alert.slot.${slot}`)
    const several = hats.filter(hat => hat.slot === slot).length > 1
    return several
      ? { text: t('alert.form.hat', { owner, role: post(view, alert, ref) }), value: `${slot}:${rung}` }
      : { text: owner, value: slot }
  })
}

/** In which role somebody decides about the alert as a whole, asked only of those who hold several. */
export function roleInput(view: ViewContext, roles: readonly RoleRef[]): Block[] {
  if (roles.length < 2) return []
  const choices = roles.map(ref => ({ text: role(view, ref), value: roleKey(ref) }))
  return [input('role', view.words.t('alert.form.asRole'), radio('role', choices))]
}
