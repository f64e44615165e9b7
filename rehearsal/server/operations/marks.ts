import type { Core } from '../core.ts'
import type { Json } from '../json.ts'
import type { Message } from '../state/model.ts'
import { wireMessage } from './wire.ts'

/** Adds a person's reaction. Answers false where they had given it before. */
export function react(core: Core, message: Message, user: string, name: string): boolean {
  const users = message.reactions.get(name) ?? new Set<string>()
  if (users.has(user)) return false
  users.add(user)
  message.reactions.set(name, users)
  reactionChanged(core, 'reaction_added', message, user, name)
  return true
}

/** Takes a person's reaction back. Answers false where there was none. */
export function unreact(core: Core, message: Message, user: string, name: string): boolean {
  const users = message.reactions.get(name)
  if (!users?.delete(user)) return false
  if (users.size === 0) message.reactions.delete(name)
  reactionChanged(core, 'reaction_removed', message, user, name)
  return true
}

function reactionChanged(core: Core, type: string, message: Message, user: string, name: string): void {
  core.state.putMessage(message)
  core.events.send(
    type,
    {
      type,
      user,
      reaction: name,
      item: { type: 'message', channel: message.channel, ts: message.ts },
      item_user: message.user,
    },
    core.state.channels.get(message.channel),
  )
}

export function pin(core: Core, message: Message, user: string): void {
  message.pinnedBy = user
  pinChanged(core, 'pin_added', message, user)
}

export function unpin(core: Core, message: Message, user: string): void {
  message.pinnedBy = undefined
  pinChanged(core, 'pin_removed', message, user)
}

function pinChanged(core: Core, type: string, message: Message, user: string): void {
  core.state.putMessage(message)
  const item: Json = {
    type: 'message',
    channel: message.channel,
    message: wireMessage(core, message),
    created: Math.floor(core.clock.now() / 1000),
    created_by: user,
  }
  core.events.send(
    type,
    { type, user, channel_id: message.channel, item },
    core.state.channels.get(message.channel),
  )
}
