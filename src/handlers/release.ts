import {
  narrowRelease,
  partOf,
  proposeRelease,
  readProposal,
  refuseRelease,
  release,
  releaseForm,
} from '../operations/release.ts'
import { saidModal } from '../views/alert/receipt.ts'
import { role } from '../views/context.ts'
import { audienceText, proposalModal, proposeModal, refuseModal } from '../views/release.ts'
import type { ActionCall, Call, ViewAnswer, ViewCall } from './contract.ts'
import { readForm, readMetadata } from './form.ts'
import { viewContext } from './view-context.ts'

/** *Propose a release* under *More…*. */
export async function openRelease(call: Call, alertId: string): Promise<void> {
  await call.ui.open(proposeModal(viewContext(call), await releaseForm(call.ctx, alertId)))
}

export async function proposeSubmitted(call: ViewCall): Promise<ViewAnswer> {
  const form = readForm(call.values)
  const { alertId = '' } = readMetadata<{ alertId: string }>(call.privateMetadata)
  const facts = await proposeRelease(call.ctx, {
    alertId,
    what: form.choice('what') ?? '',
    summary: form.text('summary'),
    constituencies: form.choices('constituencies'),
    channels: form.channels('channels'),
    why: form.text('why'),
    sensitivity: form.choice('sensitivity') ?? '',
    tlp: form.choice('tlp') ?? '',
    requestKey: call.viewId,
  })
  const view = viewContext(call)
  const text = call.words.t('release.proposed', {
    code: facts.release.code,
    role: role(view, facts.decides),
    audience: audienceText(view, facts.release),
    count: facts.recipients.people.length,
  })
  return { update: saidModal(view, facts.release.code, `✅ ${text}`) }
}

/** *Show* on a proposal among what waits. */
export async function proposalPressed(call: ActionCall): Promise<void> {
  const facts = await readProposal(call.ctx, call.value)
  await call.ui.open(proposalModal(viewContext(call), facts, call.person.id))
}

/** *Release* on a proposal: its card says so itself, a modal is answered there. */
export async function releasePressed(call: ActionCall): Promise<void> {
  const facts = await release(call.ctx, { releaseId: call.value })
  if (call.view?.type !== 'modal') return
  const { code } = facts.release
  const text = call.words.t('release.released', { code })
  await call.ui.replace(saidModal(viewContext(call), code, `✅ ${text}`))
}

/** *Do not release* on a proposal: asks why. */
export async function refusePressed(call: ActionCall): Promise<void> {
  const facts = await readProposal(call.ctx, call.value)
  const optional = partOf(facts.release.holder) === 'humanitarian'
  await call.ui.open(refuseModal(viewContext(call), facts, optional))
}

export async function refuseSubmitted(call: ViewCall): Promise<ViewAnswer> {
  const { releaseId = '' } = readMetadata<{ releaseId: string }>(call.privateMetadata)
  const facts = await refuseRelease(call.ctx, { releaseId, reason: readForm(call.values).text('reason') })
  const view = viewContext(call)
  return { update: saidModal(view, facts.release.code, `✅ ${call.words.t('release.refused')}`) }
}

/** *Take back*, in the form of a proposal or on its card. */
export async function narrowPressed(call: ActionCall): Promise<void> {
  const facts = await narrowRelease(call.ctx, { releaseId: call.value })
  const view = viewContext(call)
  const text = call.words.t('release.narrowed', { code: facts.release.code })
  if (call.view?.type === 'modal') await call.ui.replace(saidModal(view, facts.release.code, `✅ ${text}`))
  else await call.ui.tell({ text: `✅ ${text}` })
}
