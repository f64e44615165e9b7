import {
  acceptHandover,
  declineHandover,
  handOver,
  handoverTable,
  readHoldings,
  readOffered,
} from '../operations/handover.ts'
import { endAccess } from '../operations/leaving.ts'
import { askedModal, handoverCard, leavingModal } from '../views/handover.ts'
import type { ActionCall, Call, CommandCall, ViewAnswer, ViewCall } from './contract.ts'
import { readForm, readMetadata } from './form.ts'
import { mentionedUser } from './mention.ts'
import { viewContext } from './view-context.ts'

/** `/poc leaving [@person]`: what they hold, with a place for a successor beside each. */
export const leavingCommand = (call: CommandCall) => openLeaving(call, mentionedUser(call.text))
/** *Leaving* on what the bot knows of a person. */
export const leavingPressed = (call: ActionCall) => openLeaving(call, null)

async function openLeaving(call: Call, of: string | null): Promise<void> {
  const holdings = await readHoldings(call.ctx, of === null ? null : { userId: of })
  await call.ui.open(leavingModal(viewContext(call), holdings, of))
}

export async function leavingSubmitted(call: ViewCall): Promise<ViewAnswer> {
  const { of = null } = readMetadata<{ of: string | null }>(call.privateMetadata)
  const form = readForm(call.values)
  const named = Object.keys(call.values).map(key => {
    const userId = form.user(key)
    return [key, userId === null ? null : { userId }] as const
  })
  const holdings = await handOver(call.ctx, {
    of: of === null ? null : { userId: of },
    successors: Object.fromEntries(named),
  })
  const [first] = holdings.items
  const table = first && (await handoverTable(call.ctx, first.handoverId))
  return { update: askedModal(viewContext(call), holdings, table?.successors ?? new Map()) }
}

export async function acceptPressed(call: ActionCall): Promise<void> {
  const facts = await acceptHandover(call.ctx, { itemId: call.value })
  await call.ui.tell(handoverCard(viewContext(call), facts, call.person.id))
}

export async function declinePressed(call: ActionCall): Promise<void> {
  const facts = await declineHandover(call.ctx, { itemId: call.value })
  await call.ui.tell(handoverCard(viewContext(call), facts, call.person.id))
}

/** *Show* in a reminder: what there is to take over, with its buttons. */
export async function showPressed(call: ActionCall): Promise<void> {
  const facts = await readOffered(call.ctx, call.value)
  await call.ui.tell(handoverCard(viewContext(call), facts, call.person.id))
}

/** *End their access* on the table of a handover. */
export async function endPressed(call: ActionCall): Promise<void> {
  await endAccess(call.ctx, { personId: call.value })
  await call.ui.tell({ text: `✅ ${call.words.t('handover.ended')}` })
}
