/** Texts to owners, and a person's own telephone. */
import { findRole } from '../domain/mission.ts'
import { phoneNumber } from '../domain/phone.ts'
import { segmentsOf, toGsm } from '../domain/sms.ts'
import type { AlertFacts } from '../operations/alert/facts.ts'
import type { Block, Rendered } from '../ports.ts'
import { actions, button, context, input, modal, section, textInput } from './blocks.ts'
import { sector, type ViewContext } from './context.ts'

/**
 * What an owner is texted: code, urgency, the nearest base, a number to ring and a one-time code, in one segment. No
 * place, no threat, no name: a telephone lies open, and networks are listened to.
 *
 * @param code null where nothing is to be acknowledged any more.
 */
export function ownerText(view: ViewContext, facts: AlertFacts, code: string | null): string {
  const { t } = view.words
  const { alert } = facts
  const base = facts.nearest?.base.name ?? (alert.sector === null ? null : sector(view, alert.sector))
  const call = callNumber(view)
  const text = (where: string | null) =>
    toGsm(
      [
        [alert.code, t(`sms.urgency.${alert.urgency}`), ...(where ? [where] : [])].join(' - '),
        ...(call ? [t('sms.call', { call })] : []),
        ...(code ? [t('sms.answer', { code })] : []),
      ].join('. '),
    )
  const whole = text(base)
  if (segmentsOf(whole).count === 1 || base === null) return whole
  const over = segmentsOf(whole).units - 160
  const short = toGsm(base)
    .slice(0, Math.max(0, toGsm(base).length - over))
    .trim()
  return text(short === '' ? null : short)
}

/** The number owners are asked to ring, as it is dialled. */
function callNumber({ mission }: ViewContext): string | null {
  const said = mission.intake.texts.call ?? findRole(mission, mission.operationsCentre.role)?.phone ?? null
  return said && (phoneNumber(said, mission.intake.country) ?? said)
}

/** To whoever answered a text with a code that does not count, or too late, or said that a team is well and it was not clear which. */
export function textRefused(view: ViewContext, why: string): Rendered {
  const { t } = view.words
  const known = ['code', 'already_done', 'already_ended', 'which_team', 'no_team']
  const text = t(`sms.refused.${known.includes(why) ? why : 'other'}`)
  return { text, blocks: [section(text)] }
}

/** What stands in `/poc me` of a person's own telephone. */
export function phoneBlocks(view: ViewContext, setAt: number | null): Block[] {
  const { t, date } = view.words
  return [
    section(setAt === null ? t('sms.me.none') : t('sms.me.kept', { date: date(setAt) })),
    actions('phone', [
      button(t(setAt === null ? 'sms.me.set' : 'sms.me.change'), 'sms.phone', 'set'),
      ...(setAt === null ? [] : [button(t('sms.me.remove'), 'sms.forget', 'forget')]),
    ]),
  ]
}

export function phoneModal(view: ViewContext) {
  const { t } = view.words
  return modal(
    'sms.phone',
    { title: t('sms.form.title'), submit: t('alert.modal.save'), close: t('alert.modal.cancel') },
    {},
    [
      input(
        'number',
        t('sms.form.number'),
        textInput('number', { max: 30, placeholder: '+243 990 000 000' }),
        {
          hint: t('sms.form.hint'),
        },
      ),
      context(t('sms.form.what')),
    ],
  )
}
