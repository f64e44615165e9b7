import { assertMessage } from '../check.ts'
import { refuse } from '../errors.ts'
import { isJson, type Json } from '../json.ts'
import { openDirect } from '../operations/channels.ts'
import { edit, post, postEphemeral, remove } from '../operations/messages.ts'
import { wireMessage } from '../operations/wire.ts'
import type { Channel, Message, Metadata } from '../state/model.ts'
import type { Call, Methods } from './method.ts'

const SCOPES = ['chat:write']
const FURTHEST_DAYS = 120

/** The methods that say something. */
export const chat: Methods = {
  'chat.postMessage': {
    tier: 'posting',
    scopes: SCOPES,
    run: call => {
      const channel = writable(call)
      const message = post(call.core, {
        ...content(call),
        ...thread(call, channel),
        channel: channel.id,
        user: call.botUser,
        fromApp: true,
      })
      const { core } = call
      return { channel: channel.id, ts: message.ts, message: wireMessage(core, message, { metadata: true }) }
    },
  },
  'chat.postEphemeral': {
    tier: 4,
    scopes: SCOPES,
    run: call => {
      const channel = writable(call)
      const user = call.text('user')
      if (!user || !channel.members.has(user)) return refuse('user_not_in_channel')
      const { metadata: _, ...said } = content(call)
      const message = postEphemeral(call.core, {
        ...said,
        ...thread(call, channel),
        channel: channel.id,
        user: call.botUser,
        ephemeralFor: user,
      })
      return { message_ts: message.ts }
    },
  },
  'chat.update': {
    tier: 3,
    scopes: SCOPES,
    run: call => {
      const channel = call.channel()
      const message = own(call, channel, 'cant_update_message')
      if (channel.archived) refuse('is_archived')
      const said = content(call, message)
      const changed = edit(call.core, message, said, call.botUser)
      return {
        channel: channel.id,
        ts: message.ts,
        text: changed.text,
        message: wireMessage(call.core, changed, { metadata: true }),
      }
    },
  },
  'chat.delete': {
    tier: 3,
    scopes: SCOPES,
    run: call => {
      const channel = call.channel()
      const message = own(call, channel, 'cant_delete_message')
      remove(call.core, message)
      return { channel: channel.id, ts: message.ts }
    },
  },
  'chat.getPermalink': {
    tier: 'none',
    run: call => {
      const channel = call.channel()
      const message = call.message(channel, 'message_ts')
      const query = message.threadTs ? `?thread_ts=${message.threadTs}&cid=${channel.id}` : ''
      const team = call.core.state.homeTeam.domain
      return {
        channel: channel.id,
        permalink: `https://${team}.slack.com/archives/${channel.id}/p${message.ts.replace('.', '')}${query}`,
      }
    },
  },
  'chat.scheduleMessage': { tier: 3, scopes: SCOPES, run: schedule },
  'chat.deleteScheduledMessage': {
    tier: 3,
    scopes: SCOPES,
    run: call => {
      const scheduled = call.core.state.scheduled.get(call.need('scheduled_message_id'))
      if (!scheduled || scheduled.channel !== call.channel().id) {
        return refuse('invalid_scheduled_message_id')
      }
      scheduled.cancel()
      call.core.state.scheduled.delete(scheduled.id)
      return {}
    },
  },
  'chat.scheduledMessages.list': {
    tier: 3,
    run: call => {
      const { items, response_metadata } = call.page([...call.core.state.scheduled.values()])
      return {
        scheduled_messages: items.map(s => ({
          id: s.id,
          channel_id: s.channel,
          post_at: s.postAt,
          text: s.args.text ?? '',
        })),
        response_metadata,
      }
    },
  },
}

/** The conversation to write to: a channel's id, or a person's for their direct messages. */
function writable(call: Call): Channel {
  const { state } = call.core
  const target = call.need('channel', 'channel_not_found')
  const person = state.users.get(target)
  if (person) {
    if (person.isBot) return refuse('cannot_dm_bot')
    if (person.deleted) return refuse('user_disabled')
    if (person.teamId !== state.homeTeam.id) return refuse('channel_not_found')
    return direct(call, openDirect(call.core, [call.botUser, person.id]).channel)
  }
  const channel = call.channel()
  if (channel.archived) return refuse('is_archived')
  if (!channel.members.has(call.botUser) && !call.has('chat:write.public')) return refuse('not_in_channel')
  if (channel.kind === 'im') return direct(call, channel)
  return channel
}

function direct(call: Call, channel: Channel): Channel {
  if (call.core.manifest.features?.app_home?.messages_tab_enabled === false) refuse('messages_tab_disabled')
  return channel
}

/** A message of the bot's own, as only these can be changed. */
function own(call: Call, channel: Channel, code: string): Message {
  const found = call.core.state.message(channel.id, call.text('ts') ?? '')
  if (!found || found.ephemeralFor) return refuse('message_not_found')
  return found.user === call.botUser ? found : refuse(code)
}

function thread(call: Call, channel: Channel): { threadTs?: string } {
  const ts = call.text('thread_ts')
  if (!ts) return {}
  const root = call.core.state.message(channel.id, ts)
  if (!root || root.ephemeralFor) return refuse('thread_not_found')
  return { threadTs: root.threadTs ?? root.ts }
}

type Content = Pick<Message, 'text'> &
  Partial<Pick<Message, 'blocks' | 'attachments' | 'metadata' | 'username' | 'iconEmoji'>>

/**
 * What a call says: checked text, blocks, attachments and metadata. Of `before`, an update keeps what it does not
 * name; but a new text without blocks takes the place of the blocks, and empty metadata takes the old away.
 */
function content(call: Call, before?: Message): Content {
  const blocks = call.json('blocks', 'invalid_blocks_format') ?? undefined
  const attachments = call.json('attachments', 'invalid_attachments') ?? undefined
  const metadata = call.json('metadata', 'invalid_metadata_format') ?? undefined
  const cleared = before !== undefined && isJson(metadata) && Object.keys(metadata).length === 0
  const given = { text: call.text('text'), markdown_text: call.text('markdown_text') }
  assertMessage(
    present({ ...given, blocks, attachments, metadata: cleared ? undefined : metadata }),
    before ? 'chat.update' : 'chat.postMessage',
  )
  const text = given.text ?? given.markdown_text
  const shown = Array.isArray(blocks) ? (blocks as Json[]) : text === undefined ? before?.blocks : undefined
  const custom = call.has('chat:write.customize')
  return {
    text: text === undefined ? (before?.text ?? '') : obeyed(call, text),
    ...(shown?.length || before ? { blocks: shown } : {}),
    ...(Array.isArray(attachments) ? { attachments: attachments as Json[] } : {}),
    ...(cleared ? { metadata: undefined } : metadata ? { metadata: metadata as Metadata } : {}),
    ...(custom && call.text('username') ? { username: call.text('username') } : {}),
    ...(custom && call.text('icon_emoji') ? { iconEmoji: call.text('icon_emoji') } : {}),
  }
}

/** With `link_names` or `parse: full`, bare `@here` and `@handle` become mentions; else they stay words. */
function obeyed(call: Call, text: string): string {
  if (!call.flag('link_names') && call.text('parse') !== 'full') return text
  return text
    .replace(/(^|\s)@(here|channel|everyone)\b/g, '$1<!$2>')
    .replace(/(^|\s)@([a-z0-9._-]+)/g, (whole, before, handle) => {
      const user = [...call.core.state.users.values()].find(u => u.handle === handle)
      return user ? `${before}<@${user.id}>` : whole
    })
}

const present = (args: Json): Json =>
  Object.fromEntries(Object.entries(args).filter(([, value]) => value !== undefined))

function schedule(call: Call): Json {
  const { core } = call
  const channel = writable(call)
  const postAt = call.number('post_at', Number.NaN)
  if (!Number.isFinite(postAt)) return refuse('invalid_time')
  const wait = postAt * 1000 - core.clock.now()
  if (wait <= 0) return refuse('time_in_past')
  if (wait > FURTHEST_DAYS * 86_400_000) return refuse('time_too_far')
  const said = content(call)
  const where = thread(call, channel)
  const id = core.state.ids.next('Q')
  const cancel = core.clock.after(wait, () => {
    core.state.scheduled.delete(id)
    post(core, { ...said, ...where, channel: channel.id, user: call.botUser, fromApp: true })
  })
  core.state.scheduled.set(id, { id, channel: channel.id, postAt, args: call.args, cancel })
  return { channel: channel.id, scheduled_message_id: id, post_at: postAt, message: { text: said.text } }
}
