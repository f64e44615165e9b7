import { type TeamFacts, teamLimits } from '../../operations/team.ts'
import { input, modal, radio, section, textInput } from '../blocks.ts'
import type { ViewContext } from '../context.ts'
import { texts, words } from './form-parts.ts'
import { teamName } from './phrases.ts'

const HOUR_MS = 3_600_000

/** A later return. */
export function extendModal(view: ViewContext, facts: TeamFacts) {
  const { t } = view.words
  return modal('team.extend', texts(view, facts.team.code), { teamId: facts.team.id }, [
    section(teamName(view, facts)),
    input('returnAt', t('team.form.returnAt'), {
      type: 'datetimepicker',
      action_id: 'returnAt',
      initial_date_time: Math.floor(((facts.team.returnAt ?? view.now) + 24 * HOUR_MS) / 1000),
    }),
    input('reason', t('team.form.reason'), textInput('reason', { multiline: true, max: teamLimits.reason })),
  ])
}

/** What the radio room heard: a check-in or the return, by radio or phone, and when. */
export function heardModal(view: ViewContext, facts: TeamFacts) {
  const { t } = view.words
  const choices = (key: string, values: readonly string[]) =>
    values.map(value => ({ value, text: t(`team.${key}.${value}`) }))
  return modal('team.record', texts(view, facts.team.code), { teamId: facts.team.id }, [
    section(teamName(view, facts)),
    input('what', t('team.form.heard'), radio('what', choices('heard', ['check_in', 'return']), 'check_in')),
    input('means', t('team.form.means'), radio('means', choices('means', ['radio', 'phone']), 'radio')),
    input('at', t('team.form.heardAt'), {
      type: 'datetimepicker',
      action_id: 'at',
      initial_date_time: Math.floor(view.now / 1000),
    }),
    words(view, 'words', { optional: true, max: teamLimits.line }),
  ])
}
