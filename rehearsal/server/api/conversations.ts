import { refuse, SlackError } from '../errors.ts'
import type { Json } from '../json.ts'
import * as channels from '../operations/channels.ts'
import { wireChannel, wireMessage } from '../operations/wire.ts'
import type { Channel, ChannelKind, Message } from '../state/model.ts'
import type { Call, Methods } from './method.ts'

const TYPE_OF: Record<ChannelKind, string> = {
  public: 'public_channel',
  private: 'private_channel',
  im: 'im',
  mpim: 'mpim',
}
const SCOPE_OF: Record<ChannelKind, string> = {
  public: 'channels',
  private: 'groups',
  im: 'im',
  mpim: 'mpim',
}
const NAME = /^[\p{Ll}\p{Lo}\p{N}_-]{1,80}$/u

/** Reading conversations. */
export const conversations: Methods = {
  'conversations.list': { tier: 2, run: call => listed(call, visible(call)) },
  'users.conversations': {
    tier: 3,
    run: call => {
      const user = call.text('user') ?? call.botUser
      return listed(
        call,
        visible(call).filter(c => c.members.has(user)),
      )
    },
  },
  'conversations.info': {
    tier: 3,
    run: call => {
      const channel = call.channel()
      reads(call, channel, 'read')
      return { channel: wireChannel(call.core, channel, { members: call.flag('include_num_members') }) }
    },
  },
  'conversations.members': {
    tier: 4,
    run: call => {
      const channel = call.channel()
      reads(call, channel, 'read')
      const { items, response_metadata } = call.page([...channel.members])
      return { members: items, response_metadata }
    },
  },
  'conversations.history': {
    tier: 3,
    run: call => {
      const channel = call.memberChannel()
      reads(call, channel, 'history')
      const all = said(call, channel)
        .filter(m => !m.threadTs || m.threadTs === m.ts)
        .reverse()
      return { ...messages(call, all), pin_count: all.filter(m => m.pinnedBy).length }
    },
  },
  'conversations.replies': {
    tier: 3,
    run: call => {
      const channel = call.memberChannel()
      reads(call, channel, 'history')
      const ts = call.need('ts')
      const found = call.message(channel, 'ts', 'thread_not_found')
      const root = found.threadTs ?? found.ts
      const all = said(call, channel).filter(m => m.ts === root || m.threadTs === root)
      return messages(call, ts === root ? all : all.filter(m => m.ts === ts))
    },
  },
  'conversations.open': {
    tier: 3,
    run: call => {
      const given = call.text('channel')
      if (given) return opened(call, call.channel(), true)
      const ids = call.names('users')
      if (ids.length === 0) return refuse('users_list_not_supplied')
      if (ids.length > 8) return refuse('too_many_users')
      call.scope(ids.length > 1 ? 'mpim:write' : 'im:write')
      for (const id of ids) directable(call, id)
      const { channel, created } = channels.openDirect(call.core, [call.botUser, ...ids])
      return opened(call, channel, !created)
    },
  },
  'conversations.close': {
    tier: 2,
    run: call => {
      call.channel()
      return {}
    },
  },
  'conversations.mark': {
    tier: 3,
    run: call => {
      call.memberChannel().lastRead.set(call.botUser, call.need('ts'))
      return {}
    },
  },
}

/** Changing conversations. */
export const conversationChanges: Methods = {
  'conversations.create': {
    tier: 2,
    scopes: ['channels:manage', 'groups:write'],
    run: call => {
      const name = call.text('name')
      if (!name) return refuse('invalid_name_required')
      const isPrivate = call.flag('is_private')
      call.scope(isPrivate ? 'groups:write' : 'channels:manage')
      free(call, name)
      const made = channels.createChannel(call.core, name, isPrivate ? 'private' : 'public', call.botUser)
      return { channel: wireChannel(call.core, made) }
    },
  },
  'conversations.join': {
    tier: 3,
    scopes: ['channels:join'],
    run: call => {
      const channel = call.channel()
      if (channel.kind !== 'public') return refuse('method_not_supported_for_channel_type')
      if (channel.archived) return refuse('is_archived')
      const already = channel.members.has(call.botUser)
      channels.join(call.core, channel, call.botUser)
      const warning = already ? { warning: 'already_in_channel' } : {}
      return { channel: wireChannel(call.core, channel), ...warning }
    },
  },
  'conversations.leave': {
    tier: 3,
    run: call => {
      const channel = changeable(call, 'channels:manage')
      if (channel.name === 'general') return refuse('cant_leave_general')
      if (!channel.members.has(call.botUser)) return { not_in_channel: true }
      channels.leave(call.core, channel, call.botUser)
      return {}
    },
  },
  'conversations.invite': {
    tier: 3,
    run: call => {
      const channel = changeable(call, 'channels:manage', 'channels:write.invites')
      if (!channel.members.has(call.botUser)) return refuse('not_in_channel')
      const ids = call.names('users')
      if (ids.length === 0) return refuse('no_user')
      for (const id of ids) invitable(call, channel, id)
      for (const id of ids) channels.join(call.core, channel, id, call.botUser)
      return { channel: wireChannel(call.core, channel) }
    },
  },
  'conversations.kick': {
    tier: 3,
    run: call => {
      const channel = changeable(call, 'channels:manage')
      const user = call.user()
      if (user.id === call.botUser) return refuse('cant_kick_self')
      if (channel.name === 'general') return refuse('cant_kick_from_general')
      if (!channel.members.has(user.id)) return refuse('not_in_channel')
      channels.leave(call.core, channel, user.id, call.botUser)
      return { errors: {} }
    },
  },
  'conversations.setTopic': { tier: 2, run: call => describe(call, 'topic') },
  'conversations.setPurpose': { tier: 2, run: call => describe(call, 'purpose') },
  'conversations.archive': {
    tier: 2,
    run: call => {
      const channel = changeable(call, 'channels:manage')
      if (channel.archived) return refuse('already_archived')
      if (channel.name === 'general') return refuse('cant_archive_general')
      channels.archive(call.core, channel, call.botUser, true)
      return {}
    },
  },
  'conversations.unarchive': {
    tier: 2,
    run: call => {
      const channel = changeable(call, 'channels:manage')
      if (!channel.archived) return refuse('not_archived')
      channels.archive(call.core, channel, call.botUser, false)
      return {}
    },
  },
  'conversations.rename': {
    tier: 2,
    run: call => {
      const channel = changeable(call, 'channels:manage')
      const name = call.need('name', 'invalid_name_required')
      free(call, name)
      channels.rename(call.core, channel, name)
      return { channel: wireChannel(call.core, channel) }
    },
  },
}

function visible(call: Call): Channel[] {
  return [...call.core.state.channels.values()].filter(
    c => c.kind === 'public' || c.members.has(call.botUser),
  )
}

function listed(call: Call, from: Channel[]): Json {
  const types = call.names('types')
  const wanted = types.length > 0 ? types : ['public_channel']
  const known = Object.values(TYPE_OF)
  if (wanted.some(t => !known.includes(t))) return refuse('invalid_types')
  for (const [kind, type] of Object.entries(TYPE_OF)) {
    if (wanted.includes(type)) call.scope(`${SCOPE_OF[kind as ChannelKind]}:read`)
  }
  const shown = from.filter(
    c => wanted.includes(TYPE_OF[c.kind]) && !(call.flag('exclude_archived') && c.archived),
  )
  const { items, response_metadata } = call.page(shown)
  return { channels: items.map(c => wireChannel(call.core, c, { members: true })), response_metadata }
}

function reads(call: Call, channel: Channel, what: 'read' | 'history'): void {
  call.scope(`${SCOPE_OF[channel.kind]}:${what}`)
}

const said = (call: Call, channel: Channel): Message[] =>
  call.core.state.messages(channel.id).filter(m => !m.ephemeralFor)

function messages(call: Call, all: Message[]): Json {
  const latest = call.text('latest')
  const oldest = call.text('oldest')
  const inclusive = call.flag('inclusive')
  const inside = all.filter(m => {
    if (latest && (inclusive ? m.ts > latest : m.ts >= latest)) return false
    return !(oldest && (inclusive ? m.ts < oldest : m.ts <= oldest))
  })
  const { items, response_metadata } = call.page(inside, 100, 999)
  const metadata = call.flag('include_all_metadata')
  return {
    messages: items.map(m => wireMessage(call.core, m, { metadata })),
    has_more: response_metadata.next_cursor !== '',
    response_metadata,
  }
}

function opened(call: Call, channel: Channel, already: boolean): Json {
  const shown = call.flag('return_im') ? wireChannel(call.core, channel) : { id: channel.id }
  return { channel: shown, ...(already ? { no_op: true, already_open: true } : {}) }
}

/** Refuses people the bot cannot write to directly, those of another workspace among them. */
function directable(call: Call, id: string): void {
  const user = call.core.state.users.get(id)
  if (!user) throw new SlackError('user_not_found')
  if (user.isBot) refuse('cannot_dm_bot')
  if (user.deleted) refuse('user_disabled')
  if (call.core.state.isExternal(id)) refuse('user_not_visible')
}

function invitable(call: Call, channel: Channel, id: string): void {
  const user = call.core.state.users.get(id)
  if (!user) throw new SlackError('user_not_found')
  if (id === call.botUser) refuse('cant_invite_self')
  if (channel.members.has(id)) refuse('already_in_channel')
  if (user.teamId !== call.core.state.homeTeam.id && !channel.sharedWith.includes(user.teamId)) {
    refuse('user_team_not_in_channel')
  }
}

function changeable(call: Call, ...publicScopes: string[]): Channel {
  const channel = call.channel()
  if (channel.kind === 'im' || channel.kind === 'mpim') return refuse('method_not_supported_for_channel_type')
  const privateScopes = publicScopes.map(s =>
    s.replace('channels:manage', 'groups:write').replace('channels:', 'groups:'),
  )
  call.scope(...(channel.kind === 'public' ? publicScopes : privateScopes))
  return channel
}

function free(call: Call, name: string): void {
  if (!NAME.test(name)) refuse('invalid_name_specials')
  if ([...call.core.state.channels.values()].some(c => c.name === name)) refuse('name_taken')
}

function describe(call: Call, what: 'topic' | 'purpose'): Json {
  const channel = changeable(call, 'channels:manage', `channels:write.${what}`)
  if (channel.archived) return refuse('is_archived')
  if (!channel.members.has(call.botUser)) return refuse('not_in_channel')
  const text = call.text(what) ?? ''
  if ([...text].length > 250) return refuse('too_long')
  channels.describe(call.core, channel, what, text, call.botUser)
  return { channel: wireChannel(call.core, channel), [what]: text }
}
