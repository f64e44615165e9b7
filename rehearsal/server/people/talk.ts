import { randomUUID } from 'node:crypto'
import type { ActResult } from '../../protocol.ts'
import type { Core } from '../core.ts'
import * as channels from '../operations/channels.ts'
import * as marks from '../operations/marks.ts'
import { richText, typed } from '../operations/markup.ts'
import { edit, post, remove } from '../operations/messages.ts'
import { wireView } from '../operations/wire.ts'
import type { Channel, Message, User } from '../state/model.ts'
import { notDone } from './refusal.ts'

/** Writes a message as a person does: mentions resolved, everything else escaped. */
export function say(core: Core, user: User, channel: Channel, text: string, threadTs?: string): ActResult {
  writable(core, channel)
  const words = typed(core.state, text)
  const message = post(core, {
    channel: channel.id,
    user: user.id,
    text: words,
    blocks: [richText(words, core.state.ids.small())],
    clientMsgId: randomUUID(),
    ...(threadTs ? { threadTs: core.state.message(channel.id, threadTs)?.threadTs ?? threadTs } : {}),
  })
  return { ok: true, ts: message.ts, channel: channel.id }
}

export function editOwn(core: Core, user: User, message: Message, text: string): ActResult {
  if (message.user !== user.id) return notDone('not_allowed', 'You can edit only what you wrote.')
  const words = typed(core.state, text)
  edit(core, message, { text: words, blocks: [richText(words, core.state.ids.small())] }, user.id)
  return { ok: true, ts: message.ts, channel: message.channel }
}

/** Deletes a person's own message; an administrator may delete anybody's; an ephemeral may be dismissed. */
export function deleteOwn(core: Core, user: User, message: Message): ActResult {
  if (message.user !== user.id && !user.isAdmin && message.ephemeralFor !== user.id) {
    return notDone('not_allowed', 'You can delete only what you wrote.')
  }
  remove(core, message)
  return { ok: true }
}

/** Opens the app's home tab, which the app is told of. */
export function openHome(core: Core, user: User): ActResult {
  if (core.manifest.features?.app_home?.home_tab_enabled !== true || core.state.isExternal(user.id)) {
    return notDone('not_allowed', 'This app has no home tab for you.')
  }
  appHomeOpened(core, user, 'home')
  return { ok: true }
}

/** Opens the conversation with a person or the app. */
export function openDirect(core: Core, user: User, other: string): ActResult {
  const person = core.state.users.get(other)
  if (!person) return notDone('unknown', 'There is no such person.')
  if (person.isBot && core.state.isExternal(user.id)) {
    return notDone('not_allowed', 'This app belongs to another workspace.')
  }
  const { channel } = channels.openDirect(core, [user.id, other])
  if (person.isBot) appHomeOpened(core, user, 'messages')
  return { ok: true, channel: channel.id }
}

function appHomeOpened(core: Core, user: User, tab: 'home' | 'messages'): void {
  const { channel } = channels.openDirect(core, [user.id, core.state.app.botUserId])
  const home = core.state.homes.get(user.id)
  core.events.send('app_home_opened', {
    type: 'app_home_opened',
    user: user.id,
    channel: channel.id,
    tab,
    ...(home && tab === 'home' ? { view: wireView(core, home) } : {}),
  })
}

export function joinOpen(core: Core, user: User, channel: Channel): ActResult {
  if (channel.kind !== 'public' || core.state.isExternal(user.id)) {
    return notDone('not_allowed', 'You need an invitation to this channel.')
  }
  channels.join(core, channel, user.id)
  return { ok: true }
}

export function inviteOther(core: Core, user: User, channel: Channel, other: string): ActResult {
  const invited = core.state.users.get(other)
  if (!invited) return notDone('unknown', 'There is no such person.')
  if (invited.teamId !== core.state.homeTeam.id && !channel.sharedWith.includes(invited.teamId)) {
    return notDone('not_allowed', 'This channel is not shared with their workspace.')
  }
  channels.join(core, channel, other, user.id)
  return { ok: true }
}

export function reaction(core: Core, user: User, message: Message, name: string, add: boolean): ActResult {
  const done = add ? marks.react(core, message, user.id, name) : marks.unreact(core, message, user.id, name)
  return done
    ? { ok: true }
    : notDone('not_allowed', add ? 'You reacted so before.' : 'You did not react so.')
}

function writable(core: Core, channel: Channel): void {
  if (channel.archived) notDone('not_allowed', 'This channel is archived.')
  const home = core.manifest.features?.app_home
  const withApp = channel.kind === 'im' && channel.members.has(core.state.app.botUserId)
  if (withApp && (home?.messages_tab_enabled === false || home?.messages_tab_read_only_enabled === true)) {
    notDone('not_allowed', 'Sending messages to this app has been turned off.')
  }
}
