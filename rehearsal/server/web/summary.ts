import type {
  ChannelSummary,
  FileSummary,
  MessageSummary,
  OpenView,
  Persona,
  Snapshot,
} from '../../protocol.ts'
import type { Core } from '../core.ts'
import { commandHints, shortcutHints } from '../manifest.ts'
import { mentions } from '../operations/markup.ts'
import type { Channel, Message, StoredFile, User, View } from '../state/model.ts'

/** True where this person sees the message: they are in its channel, and it is not for another's eyes only. */
export function sees(core: Core, user: string, message: Message): boolean {
  if (message.ephemeralFor && message.ephemeralFor !== user) return false
  return core.state.channels.get(message.channel)?.members.has(user) ?? false
}

/** True where the channel stands in this person's list: they are in it, or may join it. */
export function knows(core: Core, user: string, channel: Channel): boolean {
  return channel.members.has(user) || (channel.kind === 'public' && !core.state.isExternal(user))
}

export function personaOf(core: Core, user: User): Persona {
  return {
    id: user.id,
    teamId: user.teamId,
    teamName: core.state.teams.get(user.teamId)?.name ?? user.teamId,
    handle: user.handle,
    name: user.name,
    title: user.title,
    locale: user.locale,
    tz: user.tz,
    colour: user.colour,
    external: core.state.isExternal(user.id),
  }
}

export function channelSummary(core: Core, user: string, channel: Channel): ChannelSummary {
  const read = channel.lastRead.get(user) ?? '0'
  const fresh = core.state
    .messages(channel.id)
    .filter(m => m.ts > read && m.user !== user && !m.ephemeralFor && !m.subtype?.match(/_(join|leave)$/))
  const direct = channel.kind === 'im' || channel.kind === 'mpim'
  const other = channel.kind === 'im' ? ([...channel.members].find(id => id !== user) ?? user) : undefined
  return {
    id: channel.id,
    name: channel.name,
    kind: channel.kind,
    topic: channel.topic,
    shared: channel.sharedWith.length > 0,
    isMember: channel.members.has(user),
    memberIds: [...channel.members],
    ...(other ? { with: other } : {}),
    unread: fresh.filter(m => !m.threadTs || m.threadTs === m.ts).length,
    mentions: fresh.filter(m => direct || mentions(m, user)).length,
  }
}

export function messageSummary(core: Core, message: Message): MessageSummary {
  const replies = message.ephemeralFor ? [] : core.state.replies(message.channel, message.ts)
  const files = (message.fileIds ?? []).map(id => core.state.files.get(id)).filter(f => f !== undefined)
  return {
    channel: message.channel,
    ts: message.ts,
    ...(message.threadTs ? { threadTs: message.threadTs } : {}),
    user: message.user,
    fromApp: message.fromApp,
    text: message.text,
    ...(message.blocks ? { blocks: message.blocks } : {}),
    ...(message.attachments ? { attachments: message.attachments } : {}),
    ...(files.length > 0 ? { files: files.map(fileSummary) } : {}),
    ...(message.metadata ? { metadata: message.metadata } : {}),
    ...(message.edited ? { edited: message.edited.ts } : {}),
    ...(message.ephemeralFor ? { ephemeralFor: message.ephemeralFor } : {}),
    ...(message.subtype ? { subtype: message.subtype } : {}),
    ...(message.pinnedBy ? { pinned: true } : {}),
    ...(message.reactions.size > 0
      ? { reactions: [...message.reactions].map(([name, users]) => ({ name, users: [...users] })) }
      : {}),
    ...(replies.length > 0 ? { replyCount: replies.length, latestReply: replies.at(-1)!.ts } : {}),
  }
}

function fileSummary(file: StoredFile): FileSummary {
  return {
    id: file.id,
    name: file.name,
    title: file.title,
    mimetype: file.mimetype,
    size: file.size,
    ...(file.altText ? { altText: file.altText } : {}),
    url: `/files/${file.id}/${encodeURIComponent(file.name)}`,
  }
}

export function openViews(core: Core, user: string): OpenView[] {
  return core.state.stack(user).map((view: View) => ({
    id: view.id,
    hash: view.hash,
    view: view.payload,
    ...(view.errors ? { errors: view.errors } : {}),
    ...(view.failure ? { failure: view.failure } : {}),
  }))
}

/** The messages a person sees, oldest first in each channel: of one channel, or of all. */
export function messagesFor(core: Core, user: string, channel?: string): MessageSummary[] {
  const channels = channel === undefined ? [...core.state.channels.keys()] : [channel]
  return channels.flatMap(id =>
    core.state
      .messages(id)
      .filter(m => sees(core, user, m))
      .map(m => messageSummary(core, m)),
  )
}

/** One message as a person sees it, if they do. */
export function messageFor(
  core: Core,
  user: string,
  channel: string,
  ts: string,
): MessageSummary | undefined {
  const message = core.state.message(channel, ts)
  return message && sees(core, user, message) ? messageSummary(core, message) : undefined
}

/** All a person's client shows when it is opened. Their ephemerals of before are gone, as in Slack. */
export function snapshot(core: Core, user: User, options: { ephemerals: boolean }): Snapshot {
  const { state, manifest, link } = core
  const channels = [...state.channels.values()].filter(c => knows(core, user.id, c))
  const inHome = !state.isExternal(user.id)
  return {
    persona: personaOf(core, user),
    personas: [...state.users.values()].filter(u => !u.isBot).map(u => personaOf(core, u)),
    app: {
      name: state.users.get(state.app.botUserId)!.name,
      botUserId: state.app.botUserId,
      connected: link.connection !== 'none',
      connection: link.connection,
    },
    users: Object.fromEntries(
      [...state.users.values()].map(u => [
        u.id,
        {
          name: u.name,
          handle: u.handle,
          teamName: state.teams.get(u.teamId)?.name ?? u.teamId,
          colour: u.colour,
          isBot: u.isBot,
        },
      ]),
    ),
    channels: channels.map(c => channelSummary(core, user.id, c)),
    messages: Object.fromEntries(
      channels.map(c => [
        c.id,
        state
          .messages(c.id)
          .filter(m => sees(core, user.id, m) && (options.ephemerals || !m.ephemeralFor))
          .map(m => messageSummary(core, m)),
      ]),
    ),
    views: openViews(core, user.id),
    ...(state.homes.get(user.id) ? { home: state.homes.get(user.id)!.payload } : {}),
    commands: inHome ? commandHints(manifest) : [],
    shortcuts: inHome ? shortcutHints(manifest) : [],
  }
}
