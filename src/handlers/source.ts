import { codeTyped } from '../domain/code.ts'
import { TocsinError } from '../errors.ts'
import { requireKeeper } from '../operations/alert/chain.ts'
import { findAlerts, readAlert } from '../operations/alert.ts'
import { registeredPerson } from '../operations/permission.ts'
import { requireVault } from '../operations/source/vault.ts'
import {
  eraseSource,
  gradeSource,
  type KeptSource,
  linkSource,
  mySources,
  nameDeputy,
  readSource,
  recordSource,
  setDoNotContact,
  setReplyAgreed,
} from '../operations/source.ts'
import { saidModal } from '../views/alert/receipt.ts'
import {
  confirmSourceModal,
  deputyModal,
  gradeSourceModal,
  identityModal,
  linkSourceModal,
  readSourceModal,
  recordSourceModal,
  sourcesModal,
} from '../views/source.ts'
import type { ActionCall, Call, CommandCall, View, ViewAnswer, ViewCall } from './contract.ts'
import { readForm, readMetadata } from './form.ts'
import { viewContext } from './view-context.ts'

/** *Source (sealed)* in the card's *More…*. */
export async function openSource(call: ActionCall, alertId: string): Promise<void> {
  registeredPerson(call.ctx)
  requireVault(call.ctx)
  const facts = await readAlert(call.ctx, alertId)
  requireKeeper(call.ctx, facts)
  await call.ui.open(recordSourceModal(viewContext(call), facts.alert))
}

export async function recordSubmitted(call: ViewCall): Promise<ViewAnswer> {
  const form = readForm(call.values)
  const { alertId = '' } = readMetadata<{ alertId: string }>(call.privateMetadata)
  const { source, facts } = await recordSource(call.ctx, {
    alertId,
    name: form.text('name'),
    reach: form.text('reach'),
    language: form.text('language'),
    safeTimes: form.text('safeTimes'),
    note: form.text('note'),
    deputyUser: form.user('deputy'),
    ...grading(form),
  })
  const { code } = facts.alert
  const text = call.words.t('source.recorded.done', { source: source.code, code })
  return done(call, source.code, `${text}\n${whoOpens(call, source)}`)
}

/** `/poc sources`: the person's own list. */
export async function sourcesCommand(call: CommandCall): Promise<void> {
  await call.ui.open(sourcesModal(viewContext(call), await mySources(call.ctx)))
}

/** Something was chosen beside a source of the list. */
export async function sourceActPicked(call: ActionCall): Promise<void> {
  const [kind = '', sourceId = ''] = call.value.split(':')
  const kept = await keptOf(call, sourceId)
  const view = viewContext(call)
  const forms: Record<string, () => View> = {
    read: () => readSourceModal(view, kept),
    link: () => linkSourceModal(view, kept),
    grade: () => gradeSourceModal(view, kept),
    deputy: () => deputyModal(view, kept),
    do_not_contact: () => confirmSourceModal(view, kept, 'do_not_contact'),
    may_contact: () => confirmSourceModal(view, kept, 'may_contact'),
    reply_on: () => confirmSourceModal(view, kept, 'reply_on'),
    reply_off: () => confirmSourceModal(view, kept, 'reply_off'),
    erase: () => confirmSourceModal(view, kept, 'erase'),
  }
  const form = forms[kind]
  if (!form) throw new TocsinError('unknown_term', { details: { value: kind } })
  await call.ui.open(form())
}

export async function readSubmitted(call: ViewCall): Promise<ViewAnswer> {
  const sourceId = sourceOf(call)
  const reason = readForm(call.values).choice('reason') ?? ''
  const { identity } = await readSource(call.ctx, { sourceId, reason })
  return { update: identityModal(viewContext(call), await keptOf(call, sourceId), identity) }
}

export async function linkSubmitted(call: ViewCall): Promise<ViewAnswer> {
  const form = readForm(call.values)
  const typed = form.text('alert').trim()
  const found = codeTyped('A', typed) ? await findAlerts(call.ctx, typed) : []
  const alertId = found[0]?.alert.id
  if (alertId === undefined) throw new TocsinError('not_found', { field: 'alert' })
  const { alert } = await linkSource(call.ctx, { sourceId: sourceOf(call), alertId, ...grading(form) })
  return done(call, alert.code, call.words.t('source.graded', { code: alert.code }))
}

export async function gradeSubmitted(call: ViewCall): Promise<ViewAnswer> {
  const form = readForm(call.values)
  const alertId = form.choice('alert') ?? ''
  const { alert } = await gradeSource(call.ctx, { sourceId: sourceOf(call), alertId, ...grading(form) })
  return done(call, alert.code, call.words.t('source.graded', { code: alert.code }))
}

export async function deputySubmitted(call: ViewCall): Promise<ViewAnswer> {
  const deputyUser = readForm(call.values).user('deputy')
  const source = await nameDeputy(call.ctx, { sourceId: sourceOf(call), deputyUser })
  return done(call, source.code, whoOpens(call, source))
}

export async function confirmSubmitted(call: ViewCall): Promise<ViewAnswer> {
  const { kind = '' } = readMetadata<{ kind: string }>(call.privateMetadata)
  const sourceId = sourceOf(call)
  if (kind === 'erase') await eraseSource(call.ctx, sourceId)
  else if (kind === 'reply_on' || kind === 'reply_off')
    await setReplyAgreed(call.ctx, { sourceId, agreed: kind === 'reply_on' })
  else await setDoNotContact(call.ctx, { sourceId, doNotContact: kind === 'do_not_contact' })
  const { source } = await keptOf(call, sourceId)
  const said = ['erase', 'do_not_contact', 'reply_on', 'reply_off'].includes(kind) ? kind : 'may_contact'
  return done(call, source.code, call.words.t(`source.confirm.${said}.done`))
}

/** Who can open a source from now on. */
function whoOpens(call: Call, { deputy }: { deputy: string | null }): string {
  const { t } = call.words
  if (deputy === null) return t('source.recorded.noDeputy')
  return t('source.recorded.deputy', { prefix: call.ctx.mission.commandPrefix })
}

function sourceOf(call: ViewCall): string {
  return readMetadata<{ sourceId: string }>(call.privateMetadata).sourceId ?? ''
}

async function keptOf(call: Call, sourceId: string): Promise<KeptSource> {
  const kept = (await mySources(call.ctx)).find(({ source }) => source.id === sourceId)
  if (!kept) throw new TocsinError('not_found')
  return kept
}

function grading(form: ReturnType<typeof readForm>) {
  return {
    reliability: form.choice('reliability') ?? '',
    credibility: form.choice('credibility') ?? '',
    independent: form.choice('independent') !== 'no',
  }
}

function done(call: Call, title: string, text: string): { update: View } {
  return { update: saidModal(viewContext(call), title, `✅ ${text}`) }
}
