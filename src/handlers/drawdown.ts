import { TASKABLE } from '../domain/mission.ts'
import { TocsinError } from '../errors.ts'
import * as operation from '../operations/drawdown.ts'
import { saidModal } from '../views/alert/receipt.ts'
import * as views from '../views/drawdown.ts'
import type { ActionCall, Call, CommandCall, Family, ViewAnswer, ViewCall } from './contract.ts'
import { readForm, readMetadata } from './form.ts'
import { viewContext } from './view-context.ts'

/** `/poc drawdown`: those there are; with a code, that one. */
async function drawdownCommand(call: CommandCall): Promise<void> {
  const view = viewContext(call)
  if (call.text)
    return call.ui.tell(views.drawdownCard(view, await operation.readDrawdown(call.ctx, call.text)))
  await call.ui.tell(views.drawdownsMessage(view, await operation.drawdowns(call.ctx)))
}

async function newPressed(call: Call): Promise<void> {
  await operation.drawdowns(call.ctx)
  await call.ui.open(views.drawdownModal(viewContext(call)))
}

async function declareSubmitted(call: ViewCall): Promise<ViewAnswer> {
  const form = readForm(call.values)
  const { drawdown, entries } = await operation.drawDown(call.ctx, {
    kind: form.choice('kind') ?? '',
    base: form.choice('base'),
    sector: form.choice('sector'),
    day: form.date('day'),
    functions: form.text('functions'),
    note: form.text('note'),
    requestKey: call.viewId,
  })
  const text = call.words.t('drawdown.done', { code: drawdown.code, count: entries.length })
  return { update: saidModal(viewContext(call), drawdown.code, `✅ ${text}`) }
}

async function showPressed(call: ActionCall): Promise<void> {
  await call.ui.tell(
    views.drawdownCard(viewContext(call), await operation.readDrawdown(call.ctx, call.value)),
  )
}

/** The items that found no room above. */
async function furtherPressed(call: ActionCall): Promise<void> {
  const [id = '', from = ''] = call.value.split(':')
  const facts = await operation.readDrawdown(call.ctx, id)
  await call.ui.tell(views.drawdownCard(viewContext(call), facts, Number(from) || 0))
}

async function settlePressed(call: ActionCall): Promise<void> {
  const { entry, alike } = await operation.itemToSettle(call.ctx, call.value)
  await call.ui.open(views.settleModal(viewContext(call), entry, alike))
}

async function settleSubmitted(call: ViewCall): Promise<ViewAnswer> {
  const form = readForm(call.values)
  const { itemId = '' } = readMetadata<{ itemId: string }>(call.privateMetadata)
  const user = form.user('receiver')
  await operation.settleItem(call.ctx, {
    itemId,
    receiver: user ? { userId: user } : null,
    needed: form.text('needed'),
    available: form.text('available'),
    line: form.choice('line'),
    lineText: form.text('lineText'),
    alike: form.choices('alike').length > 0,
  })
  if (form.choices('handed').length > 0) await operation.handOverItem(call.ctx, { itemId })
  return {
    update: saidModal(
      viewContext(call),
      call.words.t('drawdown.settle.title'),
      `✅ ${call.words.t(user ? 'drawdown.settle.doneAsked' : 'drawdown.settle.done')}`,
    ),
  }
}

/** *Show* in a reminder: what one is asked to take over, with its buttons. */
async function itemPressed(call: ActionCall): Promise<void> {
  const { entry, drawdown, alike } = await operation.readItem(call.ctx, call.value)
  const { constituency } = call.person
  const free = constituency === null || !TASKABLE.includes(constituency)
  await call.ui.tell(views.drawdownItemCard(viewContext(call), drawdown, entry, { free, alike }))
}

/** *Accept*, and *Accept all of this kind*: nothing more is asked. */
async function acceptPressed(call: ActionCall): Promise<void> {
  const alike = forAll(call)
  const { others } = await operation.answerItem(call.ctx, { itemId: call.value, answer: 'accepted', alike })
  await call.ui.tell({ text: answerThanks(call, others) })
}

const forAll = ({ actionId }: ActionCall): boolean => actionId.endsWith(':all')

const answerThanks = ({ words }: Call, others: number): string =>
  others === 0 ? words.t('drawdown.offer.thanks') : words.t('drawdown.offer.thanksAll', { count: others + 1 })

/** *With conditions* and *Decline* ask for words; an agency may leave out why not. */
async function answerPressed(call: ActionCall): Promise<void> {
  const answer = call.actionId.split(':')[1] === 'with_conditions' ? 'with_conditions' : 'declined'
  const { entry, alike } = await operation.readItem(call.ctx, call.value)
  if (entry.item.state !== 'offered') throw new TocsinError('already_done')
  const { constituency } = call.person
  const free = constituency === null || !TASKABLE.includes(constituency)
  const optional = answer === 'declined' && free
  await call.ui.open(views.answerItemModal(viewContext(call), entry, answer, { optional, alike }))
}

async function answerSubmitted(call: ViewCall): Promise<ViewAnswer> {
  const { itemId = '', answer = '' } = readMetadata<{ itemId: string; answer: string }>(call.privateMetadata)
  const form = readForm(call.values)
  const alike = form.choices('alike').length > 0
  const words = form.text('words')
  const { others } = await operation.answerItem(call.ctx, { itemId, answer, words, alike })
  return {
    update: saidModal(
      viewContext(call),
      call.words.t('drawdown.offer.answer'),
      `✅ ${answerThanks(call, others)}`,
    ),
  }
}

/** *Handed over*, by whoever took it or those who manage it. */
async function handPressed(call: ActionCall): Promise<void> {
  await operation.handOverItem(call.ctx, { itemId: call.value, alike: forAll(call) })
  await call.ui.tell({ text: call.words.t('drawdown.hand.thanks') })
}

/** *It works*: by somebody else than who handed it over. */
async function verifyPressed(call: ActionCall): Promise<void> {
  await operation.verifyItem(call.ctx, { itemId: call.value })
  await call.ui.tell({ text: call.words.t('drawdown.verify.thanks') })
}

async function closePressed(call: ActionCall): Promise<void> {
  const { drawdown } = await operation.closeDrawdown(call.ctx, { drawdownId: call.value })
  await call.ui.tell({ text: call.words.t('drawdown.closedDone', { code: drawdown.code }) })
}

async function reportPressed(call: ActionCall): Promise<void> {
  await operation.reportDrawdown(call.ctx, { drawdownId: call.value })
  await call.ui.tell({ text: call.words.t('drawdown.report.sent') })
}

export const drawdownFamily: Family = {
  subcommands: { drawdown: drawdownCommand },
  actions: {
    'drawdown.new': newPressed,
    'drawdown.show': showPressed,
    'drawdown.further': furtherPressed,
    'drawdown.item': itemPressed,
    'drawdown.settle': settlePressed,
    'drawdown.accept': acceptPressed,
    'drawdown.answer': answerPressed,
    'drawdown.hand': handPressed,
    'drawdown.verify': verifyPressed,
    'drawdown.close': closePressed,
    'drawdown.report': reportPressed,
  },
  views: {
    'drawdown.declare': declareSubmitted,
    'drawdown.settle': settleSubmitted,
    'drawdown.answer': answerSubmitted,
  },
}
