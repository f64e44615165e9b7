import { concerns, flagConcern, takeUpConcern } from '../operations/concern.ts'
import { registeredPerson } from '../operations/permission.ts'
import { saidModal } from '../views/alert/receipt.ts'
import { concernModal, concernsMessage } from '../views/concern.ts'
import type { ActionCall, Call, CommandCall, Family, ViewAnswer, ViewCall } from './contract.ts'
import { readForm } from './form.ts'
import { viewContext } from './view-context.ts'

/** `/poc concern`: the form; `/poc concern list`: what was flagged, for OCHA. */
async function concernCommand(call: CommandCall): Promise<void> {
  if (call.text.toLowerCase() === 'list')
    return call.ui.tell(concernsMessage(viewContext(call), await concerns(call.ctx)))
  await openForm(call)
}

async function openForm(call: Call): Promise<void> {
  registeredPerson(call.ctx)
  await call.ui.open(concernModal(viewContext(call)))
}

/** Nothing of the call but what was written goes on: not the view's id either. */
async function flagSubmitted(call: ViewCall): Promise<ViewAnswer> {
  const form = readForm(call.values)
  await flagConcern(call.ctx, {
    about: form.choice('about') ?? '',
    district: form.choice('district'),
    words: form.text('words'),
  })
  const { t } = call.words
  return { update: saidModal(viewContext(call), t('concern.form.title'), `✅ ${t('concern.done')}`) }
}

async function takeUpPressed(call: ActionCall): Promise<void> {
  const { code } = await takeUpConcern(call.ctx, { concernId: call.value })
  await call.ui.tell({ text: call.words.t('concern.takenDone', { code }) })
}

export const concernFamily: Family = {
  subcommands: { concern: concernCommand },
  actions: { 'concern.new': openForm, 'concern.take_up': takeUpPressed },
  views: { 'concern.flag': flagSubmitted },
}
