import type { Surface } from '../../protocol.ts'
import type { Core } from '../core.ts'
import { isJson, type Json, list } from '../json.ts'
import { wireMessage, wireView } from '../operations/wire.ts'
import type { Channel, Message, User, View } from '../state/model.ts'
import { interactionChannel } from './interaction.ts'
import { notDone } from './refusal.ts'

export type Found =
  | { kind: 'message'; message: Message; channel: Channel; blocks: Json[] }
  | { kind: 'view'; view: View; blocks: Json[] }

/** Finds the surface a person acts on and makes sure they see it. @throws NotDone */
export function findSurface(core: Core, user: User, surface: Surface): Found {
  const { state } = core
  if (surface.kind === 'message') {
    const channel = state.channels.get(surface.channel)
    const message = state.message(surface.channel, surface.ts)
    if (!channel?.members.has(user.id)) return notDone('not_in_channel', 'You are not in this channel.')
    if (!message || (message.ephemeralFor && message.ephemeralFor !== user.id)) {
      return notDone('not_allowed', 'This message is gone.')
    }
    const inAttachments = list(message.attachments).flatMap(a => list(a.blocks))
    return { kind: 'message', message, channel, blocks: [...(message.blocks ?? []), ...inAttachments] }
  }
  const view = surface.kind === 'home' ? state.homes.get(user.id) : state.views.get(surface.viewId)
  if (!view || view.user !== user.id) return notDone('not_allowed', 'This window is gone.')
  return { kind: 'view', view, blocks: list(view.payload.blocks) }
}

/** Where a payload says it comes from: container, channel, message, view. */
export function surfaceParts(core: Core, found: Found): Json {
  if (found.kind === 'view') {
    return { container: { type: 'view', view_id: found.view.id }, view: wireView(core, found.view) }
  }
  const { message, channel } = found
  return {
    container: {
      type: 'message',
      message_ts: message.ts,
      channel_id: channel.id,
      is_ephemeral: Boolean(message.ephemeralFor),
      ...(message.threadTs ? { thread_ts: message.threadTs } : {}),
    },
    channel: interactionChannel(channel),
    ...(message.ephemeralFor ? {} : { message: wireMessage(core, message, { metadata: true }) }),
  }
}

/** The interactive element of this block and action, as it is shown now. */
export function findElement(blocks: Json[], blockId: unknown, actionId: unknown): Json | undefined {
  for (const block of blocks) {
    if (block.block_id !== blockId) continue
    const elements = [block.accessory, block.element, ...list(block.elements)].filter(isJson)
    const found = elements.find(e => e.action_id === actionId)
    if (found) return found
  }
  return undefined
}
