import { TocsinError } from '../errors.ts'
import { followedAlerts, waitingFor } from '../operations/alert.ts'
import { channelFacts } from '../operations/channel/facts.ts'
import { registerChannel, requireRegistrar, unregisterChannel } from '../operations/channel/register.ts'
import { withdrawFrom } from '../operations/channel/withdraw.ts'
import { saidModal } from '../views/alert/receipt.ts'
import { type ChannelForm, channelModal } from '../views/channel.ts'
import { waitingMessage } from '../views/help.ts'
import type { ActionCall, Call, CommandCall, ViewAnswer, ViewCall } from './contract.ts'
import { readForm, readMetadata } from './form.ts'
import { viewContext } from './view-context.ts'
import { alsoWaits } from './waiting.ts'

/** `/poc channel`: what the bot may post in this channel and why not more; registers it. */
export function channelCommand(call: CommandCall): Promise<void> {
  return openChannel(call, call.channelId)
}

/** *Look at the channel* in the message that somebody in it may not read what stands there. */
export function channelLook(call: ActionCall): Promise<void> {
  return openChannel(call, call.value)
}

async function openChannel(call: Call, channelId: string): Promise<void> {
  requireRegistrar(call.ctx)
  if (!/^[CG]/.test(channelId)) throw new TocsinError('not_a_channel')
  // Slack takes its time over long lists of members, and a modal must open within three seconds.
  const waiting = saidModal(viewContext(call), call.words.t('channel.title'), call.words.t('channel.looking'))
  const viewId = await call.ui.open(waiting)
  const { teamId } = call.slack
  try {
    const looked = await call.look(channelId, teamId)
    const facts = await channelFacts(call.ctx, channelId, looked)
    await call.ui.replace(channelModal(viewContext(call), facts, { teamId, looked }), viewId)
  } catch (error) {
    if (!(error instanceof TocsinError)) throw error
    const sentence = call.words.t(`errors.${error.code}`)
    await call.ui.replace(saidModal(viewContext(call), call.words.t('channel.title'), sentence), viewId)
  }
}

export async function channelSubmitted(call: ViewCall): Promise<ViewAnswer> {
  const form = readForm(call.values)
  const {
    channelId = '',
    teamId = '',
    looked,
  } = readMetadata<ChannelForm & { channelId: string }>(call.privateMetadata)
  if (!looked) throw new TocsinError('channel_unreadable', { details: { code: 'no_answer' } })
  await registerChannel(call.ctx, {
    channelId,
    teamId,
    purpose: form.choice('purpose') ?? '',
    sector: form.choice('sector'),
    language: form.choice('language') ?? '',
    digest: form.choice('digest') === 'yes',
    looked,
  })
  return done(call, call.words.t('channel.done.registered', { channel: `<#${channelId}>` }))
}

/** *Take off the register*. */
export async function unregisterPressed(call: ActionCall): Promise<void> {
  const count = await unregisterChannel(call.ctx, call.value)
  const text = call.words.t('channel.done.unregistered', { channel: `<#${call.value}>`, count })
  await call.ui.replace(done(call, text).update)
}

/** *Delete them*: what the bot said and somebody there may not read. */
export async function withdrawPressed(call: ActionCall): Promise<void> {
  const count = await withdrawFrom(call.ctx, call.value)
  const text = call.words.t('channel.done.withdrawn', { channel: `<#${call.value}>`, count })
  if (call.view?.type === 'modal') await call.ui.replace(done(call, text).update)
  else await call.ui.tell({ text })
}

/**
 * *What waits for me* on the card of a shared channel, with the alerts the person raised: a direct message may not
 * reach them, so what they could read there stands here too.
 */
export async function partnerWaits(call: ActionCall): Promise<void> {
  const waiting = await waitingFor(call.ctx)
  const own = (await followedAlerts(call.ctx)).filter(
    ({ alert }) => !waiting.some(each => each.alert.id === alert.id),
  )
  await call.ui.tell(waitingMessage(viewContext(call), waiting, call.person, await alsoWaits(call), own))
}

function done(call: Call, text: string) {
  return { update: saidModal(viewContext(call), call.words.t('channel.title'), `✅ ${text}`) }
}
