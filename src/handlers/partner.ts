import { joinUnnamed, leaveUnnamed, readPartner } from '../operations/partner.ts'
import { saidModal } from '../views/alert/receipt.ts'
import { unnamedModal, unnamedReceipt, whichModal } from '../views/partner.ts'
import { posts } from '../views/registration.ts'
import type { ActionCall, Family, ViewAnswer, ViewCall } from './contract.ts'
import { readForm } from './form.ts'
import { viewContext } from './view-context.ts'

/** *Take part unnamed* in the form for joining. */
async function unnamedPressed(call: ActionCall): Promise<void> {
  const modal = unnamedModal(viewContext(call), call.ctx.partners.hasKey)
  if (call.view?.type === 'modal') await call.ui.replace(modal)
  else await call.ui.open(modal)
}

async function unnamedSubmitted(call: ViewCall): Promise<ViewAnswer> {
  const form = readForm(call.values)
  const facts = await joinUnnamed(call.ctx, {
    constituency: form.choice('partner_kind') ?? '',
    organisation: form.text('organisation'),
    told: form.choices('told').includes('told'),
  })
  const view = viewContext(call)
  const deciders = posts(view, facts.deciders)
  return { update: unnamedReceipt(view, facts.registration.reference ?? '', deciders) }
}

/** *Which organisation* on a request of somebody unnamed. */
async function whichPressed(call: ActionCall): Promise<void> {
  await call.ui.open(whichModal(viewContext(call), await readPartner(call.ctx, call.value)))
}

/** *Leave and take along what I gave*. */
async function leavePressed(call: ActionCall): Promise<void> {
  await leaveUnnamed(call.ctx)
  const text = call.words.t('partner.left')
  if (call.view?.type !== 'modal') return call.ui.tell({ text: `✅ ${text}` })
  await call.ui.replace(saidModal(viewContext(call), call.words.t('partner.leftTitle'), `✅ ${text}`))
}

export const partnerFamily: Family = {
  actions: {
    'partner.unnamed': unnamedPressed,
    'partner.which': whichPressed,
    'partner.leave': leavePressed,
  },
  views: { 'partner.unnamed': unnamedSubmitted },
}
