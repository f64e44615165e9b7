import type { Slot } from '../../domain/mission.ts'
import { TocsinError } from '../../errors.ts'
import { type Hat, hatsHeld } from '../../operations/alert/chain.ts'
import type { AlertFacts } from '../../operations/alert/facts.ts'
import { renewCard } from '../../operations/alert/tell.ts'
import {
  acknowledge,
  cannotTake,
  notActing,
  onSite,
  readAlert,
  recordAnswer,
  respond,
  watch,
} from '../../operations/alert.ts'
import {
  type AnswerForm,
  answerModal,
  recordedModal,
  type Said,
  withoutWords,
} from '../../views/alert/forms.ts'
import { whichOwnerModal } from '../../views/alert/receipt.ts'
import { offerRecord } from '../../views/response.ts'
import type { ActionCall, Call, ViewAnswer, ViewCall } from '../contract.ts'
import { readForm, readMetadata } from '../form.ts'
import { viewContext } from '../view-context.ts'
import { recorded } from './recorded.ts'

/** The owner, and the post where it was asked for, behind a colon of an action id or as a form's choice. */
export function hatOf(choice: string | null | undefined): Hat {
  const [slot, rung] = (choice ?? '').split(':')
  if (slot !== 'civilian' && slot !== 'uniformed') return {}
  return rung === undefined ? { slot } : { slot, rung: Number(rung) }
}

const behindColon = (actionId: string): string => actionId.slice(actionId.indexOf(':') + 1)

export async function acknowledgePressed(call: ActionCall): Promise<void> {
  await oneTap(call, 'alert.acknowledge', call.value, hat =>
    acknowledge(call.ctx, { alertId: call.value, ...hat }),
  )
}

export async function onSitePressed(call: ActionCall): Promise<void> {
  await oneTap(call, 'alert.on_site', call.value, hat => onSite(call.ctx, { alertId: call.value, ...hat }))
}

/** A reason picked on the card: recorded at once, unless it asks for a note or for whom the person speaks. */
export async function notActingPicked(call: ActionCall): Promise<void> {
  const { reason, alertId } = splitChoice(call.value)
  try {
    await notActing(call.ctx, { alertId, reason })
  } catch (error) {
    const asks =
      error instanceof TocsinError && ['which_owner', 'which_role', 'note_missing'].includes(error.code)
    if (!asks) throw error
    await openAnswer(call, 'not_acting', alertId, reason)
    if (call.message) await renewCard(call.ctx, call.message)
  }
}

export const openRespond = (call: ActionCall) => openAnswer(call, 'respond', call.value)
export const openWatch = (call: ActionCall) => openAnswer(call, 'watch', call.value)

/** Opens one of the short forms, asking for the owner only where the person stands on both ladders. */
export async function openAnswer(
  call: ActionCall,
  kind: AnswerForm,
  alertId: string,
  reason?: string,
): Promise<void> {
  const facts = await readAlert(call.ctx, alertId)
  const hats = hatsHeld(call.ctx, facts)
  if (hats.length === 0) throw new TocsinError('not_in_chain', { details: { code: facts.alert.code } })
  const form = answerModal(viewContext(call), facts.alert, kind, { hats, reason })
  await call.ui.open(facts.specialist.length > 0 ? withoutWords(form) : form)
}

export async function respondSubmitted(call: ViewCall): Promise<ViewAnswer> {
  const { form, alertId, hat } = answered(call)
  const facts = await respond(call.ctx, { alertId, ...hat, who: form.text('who'), until: timeChosen(call) })
  const receipt = recorded(call, facts)
  const act = facts.acts.findLast(({ kind, byPerson }) => kind === 'respond' && byPerson === call.person.id)
  const offer = act ? [offerRecord(viewContext(call), alertId, act.id)] : []
  return { update: { ...receipt.update, blocks: [...receipt.update.blocks, ...offer] } }
}

export async function watchSubmitted(call: ViewCall): Promise<ViewAnswer> {
  const { form, alertId, hat } = answered(call)
  const until = timeChosen(call)
  if (until === null) return { errors: { span: call.words.t('alert.form.timeNeeded') } }
  const facts = await watch(call.ctx, { alertId, ...hat, until, note: form.text('note') })
  return recorded(call, facts)
}

export async function notActingSubmitted(call: ViewCall): Promise<ViewAnswer> {
  const { form, alertId, hat } = answered(call)
  const facts = await notActing(call.ctx, {
    alertId,
    ...hat,
    reason: form.choice('reason') ?? '',
    note: form.text('note'),
  })
  return recorded(call, facts)
}

export async function cannotTakeSubmitted(call: ViewCall): Promise<ViewAnswer> {
  const { form, alertId, hat } = answered(call)
  const facts = await cannotTake(call.ctx, {
    alertId,
    ...hat,
    reason: form.choice('reason') ?? '',
    note: form.text('note'),
  })
  return recorded(call, facts)
}

/** What was said over the radio was chosen: the form shows the fields that go with it. */
export async function recordedSaidChosen(call: ActionCall): Promise<void> {
  const { alertId = '' } = readMetadata<{ alertId: string }>(call.view?.privateMetadata ?? '')
  const facts = await readAlert(call.ctx, alertId)
  await call.ui.replace(recordedModal(viewContext(call), facts, call.value as Said))
}

export async function recordedSubmitted(call: ViewCall): Promise<ViewAnswer> {
  const { form, alertId } = answered(call)
  const [slot = 'civilian', rung = '0'] = (form.choice('post') ?? '').split(':')
  const facts = await recordAnswer(call.ctx, {
    alertId,
    slot: slot as Slot,
    rung: Number(rung),
    means: form.choice('means') === 'phone' ? 'phone' : 'radio',
    // The picker knows whole minutes: an answer of this very minute is not in the future.
    at: Math.min(form.dateTime('at') ?? call.ctx.clock.now(), endOfMinute(call)),
    said: (form.choice('said') ?? 'acknowledge') as Said,
    who: form.text('who'),
    until: timeChosen(call),
    reason: form.choice('reason'),
    note: form.text('note'),
  })
  return recorded(call, facts)
}

function endOfMinute(call: ViewCall): number {
  const now = call.ctx.clock.now()
  const picked = readForm(call.values).dateTime('at') ?? now
  return picked - now < 60_000 ? now : picked
}

/** An exact time where one was picked, else the span from now; null where it is not known. */
function timeChosen(call: ViewCall): number | null {
  const form = readForm(call.values)
  const exactly = form.dateTime('until')
  if (exactly !== null) return exactly
  const span = Number(form.choice('span'))
  return span > 0 ? call.ctx.clock.now() + span : null
}

function answered(call: ViewCall) {
  const form = readForm(call.values)
  const { alertId = '' } = readMetadata<{ alertId: string }>(call.privateMetadata)
  return { form, alertId, hat: hatOf(form.choice('slot')) }
}

/** `reason:alertId`, as the card's menus carry it. */
export function splitChoice(value: string): { reason: string; alertId: string } {
  const at = value.indexOf(':')
  return { reason: value.slice(0, at), alertId: value.slice(at + 1) }
}

async function oneTap(
  call: ActionCall,
  action: string,
  alertId: string,
  act: (hat: Hat) => Promise<AlertFacts>,
): Promise<void> {
  try {
    const facts = await act(hatOf(behindColon(call.actionId)))
    if (call.view) await call.ui.replace(recordedModalFor(call, facts))
  } catch (error) {
    const asks = error instanceof TocsinError && (error.code === 'which_owner' || error.code === 'which_role')
    if (!asks) throw error
    const facts = await readAlert(call.ctx, alertId)
    await call.ui.open(whichOwnerModal(viewContext(call), facts, action, hatsHeld(call.ctx, facts)))
  }
}

function recordedModalFor(call: Call, facts: AlertFacts) {
  const answer = recorded(call, facts)
  return answer.update
}
