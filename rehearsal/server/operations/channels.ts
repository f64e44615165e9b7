import type { Core } from '../core.ts'
import type { Channel } from '../state/model.ts'
import { post } from './messages.ts'
import { wireChannel } from './wire.ts'

/** Makes the direct conversation of these people, or finds it. `created` says which. */
export function openDirect(core: Core, members: string[]): { channel: Channel; created: boolean } {
  const { state } = core
  const found = state.direct(members)
  if (found) return { channel: found, created: false }
  const group = new Set(members).size > 2
  const channel: Channel = {
    id: state.ids.next(group ? 'G' : 'D'),
    name: group ? `mpdm-${members.map(id => state.users.get(id)?.handle ?? id).join('--')}-1` : '',
    kind: group ? 'mpim' : 'im',
    topic: '',
    purpose: '',
    creator: members[0]!,
    created: Math.floor(core.clock.now() / 1000),
    archived: false,
    sharedWith: [],
    members: new Set(members),
    lastRead: new Map(),
  }
  state.channels.set(channel.id, channel)
  state.changes.emit({ type: 'channel', channel: channel.id })
  return { channel, created: true }
}

/** Makes a channel with its creator as the first member. */
export function createChannel(
  core: Core,
  name: string,
  kind: 'public' | 'private',
  creator: string,
): Channel {
  const { state } = core
  const channel: Channel = {
    id: state.ids.next('C'),
    name,
    kind,
    topic: '',
    purpose: '',
    creator,
    created: Math.floor(core.clock.now() / 1000),
    archived: false,
    sharedWith: [],
    members: new Set([creator]),
    lastRead: new Map(),
  }
  state.channels.set(channel.id, channel)
  state.changes.emit({ type: 'channel', channel: channel.id })
  if (kind === 'public') {
    core.events.send('channel_created', {
      type: 'channel_created',
      channel: {
        id: channel.id,
        name,
        created: channel.created,
        creator,
        context_team_id: state.homeTeam.id,
      },
    })
  }
  return channel
}

/** Makes `user` a member and tells everyone. `inviter` is who brought them in, if somebody did. */
export function join(core: Core, channel: Channel, user: string, inviter?: string): void {
  if (channel.members.has(user)) return
  const { state } = core
  channel.members.add(user)
  state.changes.emit({ type: 'channel', channel: channel.id })
  core.events.send(
    'member_joined_channel',
    {
      type: 'member_joined_channel',
      user,
      channel: channel.id,
      channel_type: letter(channel),
      team: state.users.get(user)?.teamId ?? state.homeTeam.id,
      ...(inviter ? { inviter } : {}),
    },
    channel,
  )
  system(core, channel, user, 'join', `<@${user}> has joined the channel`)
}

/** Ends `user`'s membership. `by` is who put them out, if somebody did. */
export function leave(core: Core, channel: Channel, user: string, by?: string): void {
  if (!channel.members.delete(user)) return
  const { state } = core
  state.changes.emit({ type: 'channel', channel: channel.id })
  if (user === state.app.botUserId) {
    const type = channel.kind === 'private' ? 'group_left' : 'channel_left'
    if ((core.manifest.settings?.event_subscriptions?.bot_events ?? []).includes(type)) {
      core.events.sendAnyway({ type, channel: channel.id, actor_id: by ?? user }, channel)
    }
    return
  }
  core.events.send(
    'member_left_channel',
    {
      type: 'member_left_channel',
      user,
      channel: channel.id,
      channel_type: letter(channel),
      team: state.users.get(user)?.teamId ?? state.homeTeam.id,
    },
    channel,
  )
  system(core, channel, user, 'leave', `<@${user}> has left the channel`)
}

export function archive(core: Core, channel: Channel, by: string, archived: boolean): void {
  channel.archived = archived
  core.state.changes.emit({ type: 'channel', channel: channel.id })
  const type = `${channel.kind === 'private' ? 'group' : 'channel'}_${archived ? 'archive' : 'unarchive'}`
  core.events.send(
    type,
    { type, channel: channel.id, user: by },
    channel.kind === 'private' ? channel : undefined,
  )
}

export function rename(core: Core, channel: Channel, name: string): void {
  channel.name = name
  core.state.changes.emit({ type: 'channel', channel: channel.id })
  const type = channel.kind === 'private' ? 'group_rename' : 'channel_rename'
  core.events.send(
    type,
    { type, channel: wireChannel(core, channel) },
    channel.kind === 'private' ? channel : undefined,
  )
}

export function describe(
  core: Core,
  channel: Channel,
  what: 'topic' | 'purpose',
  text: string,
  by: string,
): void {
  channel[what] = text
  core.state.changes.emit({ type: 'channel', channel: channel.id })
  system(core, channel, by, what, `set the channel ${what}: ${text}`)
}

function system(core: Core, channel: Channel, user: string, what: string, text: string): void {
  if (channel.kind === 'im' || channel.kind === 'mpim') return
  const kind = channel.kind === 'private' ? 'group' : 'channel'
  post(core, {
    channel: channel.id,
    user,
    text,
    subtype: `${kind}_${what}`,
    fromApp: user === core.state.app.botUserId,
  })
}

const letter = (channel: Channel): string => (channel.kind === 'private' ? 'G' : 'C')
