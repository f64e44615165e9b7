import { changeSettings, readSettings } from '../operations/settings.ts'
import { saidModal } from '../views/alert/receipt.ts'
import { AS_IN_SLACK, settingsKept, settingsModal } from '../views/settings.ts'
import type { ActionCall, CommandCall, Family, ViewAnswer, ViewCall } from './contract.ts'
import { readForm } from './form.ts'
import { viewContext } from './view-context.ts'

/** `/poc settings`, and the button of the App Home. */
async function open(call: CommandCall | ActionCall): Promise<void> {
  await call.ui.open(settingsModal(viewContext(call), await readSettings(call.ctx)))
}

async function submitted(call: ViewCall): Promise<ViewAnswer> {
  const form = readForm(call.values)
  const language = form.choice('language')
  const settings = await changeSettings(call.ctx, {
    language: language === AS_IN_SLACK ? null : language,
    quietFrom: form.time('quietFrom'),
    quietTo: form.time('quietTo'),
    digestAt: form.time('digestAt'),
    means: form.choice('means'),
  })
  const view = {
    ...viewContext(call),
    words: settings.language
      ? call.wordsOf({ locale: settings.language, zone: call.person.zone })
      : call.words,
  }
  return { update: saidModal(view, view.words.t('settings.title'), `✅ ${settingsKept(view, settings)}`) }
}

export const settingsFamily: Family = {
  subcommands: { settings: open },
  actions: { 'settings.open': open },
  views: { settings: submitted },
}
