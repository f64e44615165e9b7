import { mySubscriptions, subscribe, unsubscribe } from '../operations/subscription.ts'
import { saidModal } from '../views/alert/receipt.ts'
import { subscribeModal, wantedText } from '../views/subscription.ts'
import type { ActionCall, Call, CommandCall, Family, ViewAnswer, ViewCall } from './contract.ts'
import { readForm } from './form.ts'
import { viewContext } from './view-context.ts'

/** `/poc subscribe`, and the button of the App Home. */
async function open(call: CommandCall | ActionCall): Promise<void> {
  await call.ui.open(subscribeModal(viewContext(call), await mySubscriptions(call.ctx)))
}

async function submitted(call: ViewCall): Promise<ViewAnswer> {
  const form = readForm(call.values)
  const chosen = (field: string) => {
    const value = form.choice(field)
    return value === 'any' ? null : value
  }
  const row = await subscribe(call.ctx, {
    sector: chosen('sector'),
    component: chosen('component'),
    threat: chosen('threat'),
    means: form.choice('means') ?? '',
  })
  const view = viewContext(call)
  const { t } = call.words
  const text = t('subscription.made', {
    wanted: wantedText(view, row),
    means: t(`subscription.means.${row.means}`),
  })
  return { update: saidModal(view, t('subscription.form.title'), `✅ ${text}`) }
}

/** *End* beside a subscription, in the list of them or under what it brought. */
async function endPressed(call: ActionCall): Promise<void> {
  const row = await unsubscribe(call.ctx, call.value)
  if (call.view?.type === 'modal') return refreshed(call)
  await call.ui.tell({
    text: call.words.t('subscription.ended', { wanted: wantedText(viewContext(call), row) }),
  })
}

async function refreshed(call: Call): Promise<void> {
  await call.ui.replace(subscribeModal(viewContext(call), await mySubscriptions(call.ctx)))
}

export const subscriptionFamily: Family = {
  subcommands: { subscribe: open },
  actions: { 'subscription.open': open, 'subscription.end': endPressed },
  views: { subscription: submitted },
}
