import type { PersonSettings } from '../domain/settings.ts'
import type { Settings } from '../operations/settings.ts'
import { actions, button, type Choice, input, modal, plain, section, select } from './blocks.ts'
import type { ViewContext } from './context.ts'
import { meansRadio } from './subscription.ts'

/** Stands for *As in Slack*: an option cannot be empty. */
export const AS_IN_SLACK = 'slack'

/** What a person chooses for themselves. */
export function settingsModal(view: ViewContext, { settings, canText }: Settings) {
  const { t } = view.words
  const { quiet: theirs } = view.mission.reminders
  const quiet = theirs ? t('settings.missionQuiet', { ...theirs }) : t('settings.noQuiet')
  const languages: Choice[] = [
    { text: t('settings.asInSlack'), value: AS_IN_SLACK },
    ...view.mission.languages.map(value => ({ text: t(`settings.languages.${value}`), value })),
  ]
  const time = (field: string, initial: string | undefined, hint?: string) =>
    input(
      field,
      t(`settings.${field}`),
      {
        type: 'timepicker',
        action_id: field,
        placeholder: plain(t(`settings.${field}`), 150),
        ...(initial ? { initial_time: initial } : {}),
      },
      { optional: true, ...(hint ? { hint } : {}) },
    )
  return modal(
    'settings',
    { title: t('settings.title'), submit: t('settings.save'), close: t('alert.modal.cancel') },
    {},
    [
      section(t('settings.about')),
      input(
        'language',
        t('settings.language'),
        select('language', t('settings.language'), languages, settings.language ?? AS_IN_SLACK),
      ),
      time('digestAt', settings.digestAt, t('settings.digestHint')),
      time('quietFrom', settings.quiet?.from),
      time('quietTo', settings.quiet?.to, t('settings.quietHint', { quiet })),
      input('means', t('settings.means'), meansRadio(view, canText, settings.means ?? 'direct'), {
        hint: t('settings.meansHint'),
      }),
      section(t(canText ? 'settings.phoneKept' : 'settings.noPhone')),
      actions('settings.means', [
        button(t('subscription.button'), 'subscription.open', 'settings'),
        button(t(canText ? 'sms.me.change' : 'sms.me.set'), 'sms.phone', 'settings'),
      ]),
    ],
  )
}

/** "Kept. Your own digest comes at 06:00." */
export function settingsKept(view: ViewContext, { digestAt }: PersonSettings): string {
  const { t } = view.words
  const digest = digestAt ? t('settings.digestSet', { at: digestAt }) : t('settings.digestNone')
  return t('settings.kept', { digest })
}

export const settingsButton = (view: ViewContext): object =>
  button(view.words.t('settings.button'), 'settings.open', 'settings')
