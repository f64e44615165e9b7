import { codeTyped } from '../domain/code.ts'
import { TocsinError } from '../errors.ts'
import { findAlerts, readAlert } from '../operations/alert.ts'
import { renewCallbackCard } from '../operations/callback/tell.ts'
import {
  addFromCallback,
  decideNumber,
  myCallbacks,
  notWarning,
  raiseFromCallback,
  readCallback,
  showCallback,
  tryAgain,
} from '../operations/callback.ts'
import { mySources } from '../operations/source.ts'
import { saidModal } from '../views/alert/receipt.ts'
import { callbacksModal } from '../views/callback.ts'
import {
  addModal,
  callbackRaiseModal,
  noAnswerModal,
  notWarningModal,
  showModal,
  whoseModal,
} from '../views/callback-forms.ts'
import { raisedReceipt, toPlace } from './alert/raise.ts'
import type { ActionCall, CommandCall, Family, View, ViewAnswer, ViewCall } from './contract.ts'
import { readForm, readMetadata } from './form.ts'
import { viewContext } from './view-context.ts'

/** `/poc callbacks`: who waits to be called back, among those the person may call. */
async function callbacksCommand(call: CommandCall): Promise<void> {
  await call.ui.open(callbacksModal(viewContext(call), await myCallbacks(call.ctx), call.person.id))
}

/** *Call back*: number and words, in a window of their own. */
async function showPressed(call: ActionCall): Promise<void> {
  const shown = await showCallback(call.ctx, { callbackId: call.value })
  await call.ui.open(showModal(viewContext(call), shown, call.person.id))
}

async function raisePressed(call: ActionCall): Promise<void> {
  const shown = await showCallback(call.ctx, { callbackId: call.value })
  await call.ui.open(callbackRaiseModal(viewContext(call), shown))
}

async function noAnswerPressed(call: ActionCall): Promise<void> {
  await call.ui.open(noAnswerModal(viewContext(call), await readCallback(call.ctx, call.value)))
}

async function notWarningPressed(call: ActionCall): Promise<void> {
  await call.ui.open(notWarningModal(viewContext(call), await readCallback(call.ctx, call.value)))
}

async function whosePressed(call: ActionCall): Promise<void> {
  const facts = await readCallback(call.ctx, call.value)
  if (!facts.contact) throw new TocsinError('not_found')
  const kept = (await mySources(call.ctx)).filter(({ source }) => source.erasedAt === null)
  await call.ui.open(whoseModal(viewContext(call), facts, kept))
}

/** *Add to A-…*: the alert is named by the button, else asked for. */
async function addPressed(call: ActionCall): Promise<void> {
  const [callbackId = '', alertId] = call.value.split(':')
  const facts = await readCallback(call.ctx, callbackId)
  const alert = alertId ? await readAlert(call.ctx, alertId) : null
  await call.ui.open(addModal(viewContext(call), facts, alert))
}

/** Something was chosen under *More…*. */
async function morePicked(call: ActionCall): Promise<void> {
  const [act = '', callbackId = ''] = call.value.split(':')
  const acts: Record<string, (call: ActionCall) => Promise<void>> = {
    add: addPressed,
    whose: whosePressed,
    not_warning: notWarningPressed,
  }
  const open = acts[act]
  if (!open) throw new TocsinError('unknown_term', { details: { value: act } })
  await open({ ...call, value: callbackId })
  if (call.message) await renewCallbackCard(call.ctx, call.message)
}

async function raiseSubmitted(call: ViewCall): Promise<ViewAnswer> {
  const form = readForm(call.values)
  const facts = await raiseFromCallback(call.ctx, {
    callbackId: callbackOf(call),
    what: form.text('what'),
    place: toPlace(form.choice('place')),
    how: form.text('how'),
    urgency: form.choice('urgency') ?? '',
    threat: form.choice('threat'),
    verdict: form.choice('verdict'),
    name: form.text('name'),
    requestKey: call.viewId,
  })
  return { update: closesAll(await raisedReceipt(call, facts)) }
}

async function addSubmitted(call: ViewCall): Promise<ViewAnswer> {
  const form = readForm(call.values)
  const { alertId } = readMetadata<{ alertId: string | null }>(call.privateMetadata)
  const { alert } = await addFromCallback(call.ctx, {
    callbackId: callbackOf(call),
    alertId: alertId ?? (await alertNamed(call, form.text('alert'))),
    what: form.text('what'),
    requestKey: call.viewId,
  })
  return done(call, alert.code, call.words.t('callback.done.added', { code: alert.code }))
}

async function alertNamed(call: ViewCall, typed: string): Promise<string> {
  const found = codeTyped('A', typed) ? await findAlerts(call.ctx, typed.trim()) : []
  const id = found[0]?.alert.id
  if (id === undefined) throw new TocsinError('not_found', { field: 'alert' })
  return id
}

async function noAnswerSubmitted(call: ViewCall): Promise<ViewAnswer> {
  const at = readForm(call.values).dateTime('at')
  const { callback } = await tryAgain(call.ctx, { callbackId: callbackOf(call), at })
  const text = call.words.t('callback.done.tryAgain', { at: call.words.dateTime(callback.tryAt ?? 0) })
  return done(call, callback.code, text)
}

async function notWarningSubmitted(call: ViewCall): Promise<ViewAnswer> {
  const reason = readForm(call.values).choice('reason') ?? ''
  const { callback } = await notWarning(call.ctx, { callbackId: callbackOf(call), reason })
  return done(call, callback.code, call.words.t('callback.done.notWarning'))
}

async function whoseSubmitted(call: ViewCall): Promise<ViewAnswer> {
  const form = readForm(call.values)
  const facts = await decideNumber(call.ctx, {
    callbackId: callbackOf(call),
    verdict: form.choice('verdict') ?? '',
    sourceId: form.choice('source'),
    name: form.text('name'),
  })
  const said = facts.source
    ? call.words.t('callback.done.source', {
        code: facts.source.code,
        prefix: call.ctx.mission.commandPrefix,
      })
    : call.words.t('callback.done.nobody')
  return done(call, facts.callback.code, said)
}

const callbackOf = (call: ViewCall): string =>
  readMetadata<{ callbackId: string }>(call.privateMetadata).callbackId ?? ''

function done(call: ViewCall, title: string, text: string): { update: View } {
  return { update: closesAll(saidModal(viewContext(call), title, `✅ ${text}`)) }
}

/** What lies beneath shows the call back as it was before it was decided; closing the receipt closes that too. */
const closesAll = (view: View): View => ({ ...view, clear_on_close: true })

export const callbackFamily: Family = {
  actions: {
    'callback.show': showPressed,
    'callback.raise': raisePressed,
    'callback.add': addPressed,
    'callback.no_answer': noAnswerPressed,
    'callback.not_warning': notWarningPressed,
    'callback.whose': whosePressed,
    'callback.more': morePicked,
  },
  views: {
    'callback.raise': raiseSubmitted,
    'callback.add': addSubmitted,
    'callback.no_answer': noAnswerSubmitted,
    'callback.not_warning': notWarningSubmitted,
    'callback.whose': whoseSubmitted,
  },
  subcommands: { callbacks: callbacksCommand },
}
