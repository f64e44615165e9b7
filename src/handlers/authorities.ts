import { decideAuthorities, readAuthorities, tellAuthorities } from '../operations/authorities.ts'
import { saidModal } from '../views/alert/receipt.ts'
import { tellModal, withheldModal } from '../views/authorities.ts'
import type { ActionCall, Family, ViewAnswer, ViewCall } from './contract.ts'
import { readForm, readMetadata } from './form.ts'
import { viewContext } from './view-context.ts'

/** *Told the authorities* under *More…*: the form, or who must decide first. */
export async function openAuthorities(call: ActionCall, alertId: string): Promise<void> {
  const read = await readAuthorities(call.ctx, alertId)
  const view = viewContext(call)
  await call.ui.open(read.may ? tellModal(view, read) : withheldModal(view, read))
}

async function tellSubmitted(call: ViewCall): Promise<ViewAnswer> {
  const form = readForm(call.values)
  const { alertId = '' } = readMetadata<{ alertId: string }>(call.privateMetadata)
  const now = call.ctx.clock.now()
  const at = form.dateTime('at') ?? now
  const { facts } = await tellAuthorities(call.ctx, {
    alertId,
    role: form.choice('role') ?? '',
    told: form.choice('told') ?? '',
    words: form.text('words'),
    // The picker knows whole minutes: this very minute is not in the future.
    at: at > now && at - now < 60_000 ? now : at,
    means: form.choice('means'),
    requestKey: call.viewId,
  })
  return done(call, facts.alert.code, 'authorities.done')
}

async function decideSubmitted(call: ViewCall): Promise<ViewAnswer> {
  const form = readForm(call.values)
  const { alertId = '', decider = '' } = readMetadata<{ alertId: string; decider: string }>(
    call.privateMetadata,
  )
  const { facts, may } = await decideAuthorities(call.ctx, {
    alertId,
    decider,
    allows: form.choice('allows') === 'yes',
    why: form.text('why'),
  })
  return done(call, facts.alert.code, may ? 'authorities.decide.doneMay' : 'authorities.decide.done')
}

function done(call: ViewCall, code: string, key: string) {
  return { update: saidModal(viewContext(call), code, `✅ ${call.words.t(key)}`) }
}

/** *Decide* under the message that says that somebody else has decided. */
async function decidePressed(call: ActionCall): Promise<void> {
  await openAuthorities(call, call.value)
}

export const authoritiesFamily: Family = {
  actions: { 'authorities.open': decidePressed },
  views: { 'authorities.tell': tellSubmitted, 'authorities.decide': decideSubmitted },
}
