import { refuse } from '../errors.ts'
import type { Json } from '../json.ts'
import { pin, react, unpin, unreact } from '../operations/marks.ts'
import { wireMessage, wireReactions } from '../operations/wire.ts'
import type { Message } from '../state/model.ts'
import type { Call, Methods } from './method.ts'

/** Reactions, pins and bookmarks. */
export const marks: Methods = {
  'reactions.add': {
    tier: 3,
    scopes: ['reactions:write'],
    run: call => (react(call.core, target(call), call.botUser, emoji(call)) ? {} : refuse('already_reacted')),
  },
  'reactions.remove': {
    tier: 3,
    scopes: ['reactions:write'],
    run: call => (unreact(call.core, target(call), call.botUser, emoji(call)) ? {} : refuse('no_reaction')),
  },
  'reactions.get': {
    tier: 3,
    scopes: ['reactions:read'],
    run: call => {
      const message = target(call)
      return {
        type: 'message',
        channel: message.channel,
        message: { ...wireMessage(call.core, message), reactions: wireReactions(message) },
      }
    },
  },
  'pins.add': {
    tier: 2,
    scopes: ['pins:write'],
    run: call => {
      const message = target(call)
      if (message.pinnedBy) return refuse('already_pinned')
      pin(call.core, message, call.botUser)
      return {}
    },
  },
  'pins.remove': {
    tier: 2,
    scopes: ['pins:write'],
    run: call => {
      const message = target(call)
      if (!message.pinnedBy) return refuse('no_pin')
      unpin(call.core, message, call.botUser)
      return {}
    },
  },
  'pins.list': {
    tier: 2,
    scopes: ['pins:read'],
    run: call => {
      const channel = call.memberChannel()
      const pinned = call.core.state.messages(channel.id).filter(m => m.pinnedBy)
      return {
        items: pinned.map(m => ({
          type: 'message',
          channel: channel.id,
          created_by: m.pinnedBy,
          message: wireMessage(call.core, m),
        })),
      }
    },
  },
  'bookmarks.add': {
    tier: 2,
    scopes: ['bookmarks:write'],
    run: call => {
      const channel = call.memberChannel('channel_id')
      if (call.text('type') !== 'link') return refuse('invalid_bookmark_type')
      const bookmark: Json = {
        id: call.core.state.ids.next('Bk'),
        channel_id: channel.id,
        title: call.need('title'),
        link: call.need('link', 'invalid_link'),
        emoji: call.text('emoji') ?? '',
        type: 'link',
        date_created: Math.floor(call.core.clock.now() / 1000),
        app_id: call.core.state.app.id,
      }
      const all = call.core.state.bookmarks.get(channel.id) ?? []
      call.core.state.bookmarks.set(channel.id, [...all, bookmark])
      return { bookmark }
    },
  },
  'bookmarks.list': {
    tier: 3,
    scopes: ['bookmarks:read'],
    run: call => ({ bookmarks: call.core.state.bookmarks.get(call.memberChannel('channel_id').id) ?? [] }),
  },
}

function target(call: Call): Message {
  const channel = call.memberChannel()
  if (channel.archived) refuse('is_archived')
  if (!call.text('timestamp')) refuse('no_item_specified')
  return call.message(channel, 'timestamp')
}

function emoji(call: Call): string {
  const name = call.need('name', 'invalid_name').replaceAll(':', '')
  return /^[\w+'-]+$/.test(name) ? name : refuse('invalid_name')
}
