import type { Core } from '../core.ts'
import type { Json } from '../json.ts'
import type { Channel, Message, StoredFile, User, View } from '../state/model.ts'

/** A message as the Web API and events show it. */
export function wireMessage(core: Core, message: Message, options: { metadata?: boolean } = {}): Json {
  const { state } = core
  const isThread = state.replies(message.channel, message.ts)
  const author = state.users.get(message.user)
  return {
    type: 'message',
    ...(message.subtype ? { subtype: message.subtype } : {}),
    user: message.user,
    text: message.text,
    ts: message.ts,
    team: author?.teamId ?? state.homeTeam.id,
    ...(author && author.teamId !== state.homeTeam.id
      ? { user_team: author.teamId, source_team: author.teamId }
      : {}),
    ...(message.clientMsgId ? { client_msg_id: message.clientMsgId } : {}),
    ...(message.fromApp
      ? {
          bot_id: state.app.botId,
          app_id: state.app.id,
          bot_profile: wireBot(core),
        }
      : {}),
    ...(message.username ? { username: message.username } : {}),
    ...(message.blocks ? { blocks: message.blocks } : {}),
    ...(message.attachments ? { attachments: message.attachments } : {}),
    ...(message.fileIds?.length
      ? { files: message.fileIds.map(id => wireFile(core, state.files.get(id)!)), upload: false }
      : {}),
    ...(message.metadata && options.metadata ? { metadata: message.metadata } : {}),
    ...(message.edited ? { edited: message.edited } : {}),
    ...(message.threadTs ? { thread_ts: message.threadTs } : {}),
    ...(message.threadTs && message.threadTs !== message.ts
      ? { parent_user_id: state.message(message.channel, message.threadTs)?.user ?? message.user }
      : {}),
    ...(isThread.length > 0
      ? {
          thread_ts: message.ts,
          reply_count: isThread.length,
          reply_users: [...new Set(isThread.map(m => m.user))],
          reply_users_count: new Set(isThread.map(m => m.user)).size,
          latest_reply: isThread.at(-1)!.ts,
        }
      : {}),
    ...(message.reactions.size > 0 ? { reactions: wireReactions(message) } : {}),
    ...(message.pinnedBy ? { pinned_to: [message.channel] } : {}),
  }
}

export const wireReactions = (message: Message): Json[] =>
  [...message.reactions].map(([name, users]) => ({ name, users: [...users], count: users.size }))

export function wireBot(core: Core): Json {
  const { state } = core
  return {
    id: state.app.botId,
    app_id: state.app.id,
    user_id: state.app.botUserId,
    name: state.users.get(state.app.botUserId)!.name,
    deleted: false,
    updated: 0,
    team_id: state.homeTeam.id,
    icons: {},
  }
}

/** A channel as `conversations.*` shows it to the bot. */
export function wireChannel(core: Core, channel: Channel, options: { members?: boolean } = {}): Json {
  const { state } = core
  const bot = state.app.botUserId
  const direct = channel.kind === 'im'
  const shared = channel.sharedWith.length > 0
  return {
    id: channel.id,
    ...(direct
      ? { user: [...channel.members].find(id => id !== bot) ?? bot, is_im: true, is_user_deleted: false }
      : { name: channel.name, name_normalized: channel.name, is_im: false }),
    is_channel: channel.kind === 'public' || (channel.kind === 'private' && shared),
    is_group: channel.kind === 'private',
    is_mpim: channel.kind === 'mpim',
    is_private: channel.kind !== 'public',
    created: channel.created,
    updated: channel.created * 1000,
    creator: channel.creator,
    is_archived: channel.archived,
    is_general: channel.name === 'general',
    is_member: channel.members.has(bot),
    is_shared: shared,
    is_ext_shared: shared,
    is_org_shared: false,
    is_pending_ext_shared: false,
    pending_shared: [],
    shared_team_ids: [state.homeTeam.id, ...channel.sharedWith],
    ...(shared ? { connected_team_ids: channel.sharedWith, internal_team_ids: [state.homeTeam.id] } : {}),
    context_team_id: state.homeTeam.id,
    conversation_host_id: state.homeTeam.id,
    unlinked: 0,
    topic: { value: channel.topic, creator: channel.creator, last_set: channel.created },
    purpose: { value: channel.purpose, creator: channel.creator, last_set: channel.created },
    previous_names: [],
    ...(options.members ? { num_members: channel.members.size } : {}),
  }
}

/** A person as `users.*` shows them: a stranger shares no channel with the bot. */
export function wireUser(core: Core, user: User, options: { email: boolean; locale: boolean }): Json {
  const { state } = core
  const external = user.teamId !== state.homeTeam.id
  const sharesChannel = [...state.channels.values()].some(
    c => c.members.has(user.id) && c.members.has(state.app.botUserId),
  )
  return {
    id: user.id,
    team_id: user.teamId,
    name: user.handle,
    deleted: user.deleted,
    color: user.colour,
    real_name: user.name,
    tz: user.tz,
    tz_label: user.tz,
    tz_offset: offsetOf(user.tz, core.clock.now()),
    profile: wireProfile(user, options.email && !external),
    is_admin: user.isAdmin,
    is_owner: false,
    is_primary_owner: false,
    is_restricted: user.isGuest,
    is_ultra_restricted: false,
    is_bot: user.isBot,
    is_app_user: false,
    ...(external ? { is_stranger: !sharesChannel } : {}),
    updated: 0,
    is_email_confirmed: !user.isBot,
    ...(options.locale ? { locale: user.locale } : {}),
  }
}

export function wireProfile(user: User, withEmail: boolean): Json {
  return {
    title: user.title,
    real_name: user.name,
    real_name_normalized: user.name,
    display_name: user.handle,
    display_name_normalized: user.handle,
    status_text: '',
    status_emoji: '',
    team: user.teamId,
    ...(withEmail && user.email ? { email: user.email } : {}),
  }
}

function offsetOf(zone: string, at: number): number {
  const parts = new Intl.DateTimeFormat('en-US', {
    timeZone: zone,
    timeZoneName: 'longOffset',
  }).formatToParts(at)
  const match = /GMT([+-])(\d\d):(\d\d)/.exec(parts.find(p => p.type === 'timeZoneName')?.value ?? '')
  if (!match) return 0
  return (match[1] === '-' ? -1 : 1) * (Number(match[2]) * 3600 + Number(match[3]) * 60)
}

export function wireFile(core: Core, file: StoredFile): Json {
  const url = `${core.url}/files/${file.id}/${encodeURIComponent(file.name)}`
  return {
    id: file.id,
    created: file.created,
    timestamp: file.created,
    name: file.name,
    title: file.title,
    mimetype: file.mimetype,
    filetype: file.name.split('.').pop() ?? '',
    user: file.user,
    size: file.size,
    mode: 'hosted',
    is_external: false,
    is_public: false,
    url_private: url,
    url_private_download: url,
    permalink: url,
    channels: [...file.channels],
    ...(file.altText ? { alt_txt: file.altText } : {}),
  }
}

/** A view as the app gets it back. For a person of another workspace it carries their team's id. */
export function wireView(core: Core, view: View): Json {
  const { state } = core
  const p = view.payload
  return {
    id: view.id,
    team_id: state.users.get(view.user)?.teamId ?? state.homeTeam.id,
    type: view.type,
    blocks: p.blocks ?? [],
    private_metadata: p.private_metadata ?? '',
    callback_id: p.callback_id ?? '',
    state: { values: view.state },
    hash: view.hash,
    title: p.title ?? null,
    close: p.close ?? null,
    submit: p.submit ?? null,
    clear_on_close: p.clear_on_close ?? false,
    notify_on_close: p.notify_on_close ?? false,
    submit_disabled: p.submit_disabled ?? false,
    previous_view_id: view.previousViewId,
    root_view_id: view.rootViewId,
    external_id: view.externalId,
    app_id: state.app.id,
    app_installed_team_id: state.homeTeam.id,
    bot_id: state.app.botId,
  }
}
