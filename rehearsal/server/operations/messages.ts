import type { Core } from '../core.ts'
import type { Json } from '../json.ts'
import type { Channel, Message } from '../state/model.ts'
import { wireMessage } from './wire.ts'

const CHANNEL_TYPE = { public: 'channel', private: 'group', im: 'im', mpim: 'mpim' } as const
const SUBSCRIPTION = {
  public: 'message.channels',
  private: 'message.groups',
  im: 'message.im',
  mpim: 'message.mpim',
} as const

export type NewMessage = Partial<Omit<Message, 'ts' | 'reactions'>> &
  Pick<Message, 'channel' | 'user' | 'text'>

/** Gives blocks and their elements the ids Slack makes up where the app gave none. */
export function withIds(core: Core, blocks: Json[] | undefined): Json[] | undefined {
  return blocks?.map(block => {
    const made: Json = { ...block, block_id: block.block_id || core.state.ids.small() }
    if (Array.isArray(made.elements) && block.type === 'actions') {
      made.elements = made.elements.map((e: Json) => withActionId(core, e))
    }
    if (made.accessory) made.accessory = withActionId(core, made.accessory as Json)
    if (block.type === 'input' && made.element) made.element = withActionId(core, made.element as Json)
    if (Array.isArray(block.child_blocks)) made.child_blocks = withIds(core, block.child_blocks as Json[])
    return made
  })
}

const withActionId = (core: Core, element: Json): Json =>
  element.type === 'image' ? element : { ...element, action_id: element.action_id || core.state.ids.small() }

/** Puts a message into a channel and tells the app where it may know. Answers the message. */
export function post(core: Core, message: NewMessage): Message {
  const { state } = core
  const blocks = withIds(core, message.blocks)
  const full: Message = {
    ...message,
    ...(blocks ? { blocks } : {}),
    fromApp: message.fromApp ?? false,
    ts: state.ids.ts(),
    reactions: new Map(),
  }
  state.putMessage(full)
  if (full.ephemeralFor) return full
  const channel = state.channels.get(full.channel)!
  channel.lastRead.set(full.user, full.ts)
  retellRoot(core, full)
  tell(core, channel, { ...wireMessage(core, full, { metadata: true }) })
  const bot = state.app.botUserId
  if (!full.fromApp && !full.subtype && new RegExp(`<@${bot}(\\|[^>]*)?>`).test(full.text)) {
    const { client_msg_id, team, ...rest } = wireMessage(core, full)
    core.events.send(
      'app_mention',
      { ...rest, type: 'app_mention', client_msg_id, team, channel: channel.id },
      channel,
    )
  }
  return full
}

/** Shows a message to one person alone. It leaves no trace in the channel's history. */
export function postEphemeral(core: Core, message: NewMessage & { ephemeralFor: string }): Message {
  return post(core, { ...message, fromApp: true })
}

/** Changes a message in place; `change` names what becomes different. */
export function edit(core: Core, message: Message, change: Partial<Message>, editor: string): Message {
  const { state } = core
  const before = wireMessage(core, message, { metadata: true })
  const blocks = 'blocks' in change ? withIds(core, change.blocks) : message.blocks
  const next: Message = {
    ...message,
    ...change,
    edited: { user: editor, ts: state.ids.ts() },
  }
  if (blocks) next.blocks = blocks
  else delete next.blocks
  state.putMessage(next)
  if (!next.ephemeralFor) {
    tell(core, state.channels.get(next.channel)!, {
      type: 'message',
      subtype: 'message_changed',
      hidden: true,
      message: wireMessage(core, next, { metadata: true }),
      previous_message: before,
      ts: state.ids.ts(),
    })
  }
  return next
}

/** Takes a message away. */
export function remove(core: Core, message: Message): void {
  const before = wireMessage(core, message, { metadata: true })
  core.state.dropMessage(message)
  if (message.ephemeralFor) return
  retellRoot(core, message)
  tell(core, core.state.channels.get(message.channel)!, {
    type: 'message',
    subtype: 'message_deleted',
    hidden: true,
    deleted_ts: message.ts,
    previous_message: before,
    ts: core.state.ids.ts(),
  })
}

/** Tells the watchers that a thread's first message shows another count of replies. */
function retellRoot(core: Core, message: Message): void {
  if (!message.threadTs || message.threadTs === message.ts) return
  const root = core.state.message(message.channel, message.threadTs)
  if (root) core.state.changes.emit({ type: 'message', message: root })
}

function tell(core: Core, channel: Channel, event: Json): void {
  core.events.send(
    SUBSCRIPTION[channel.kind],
    { ...event, channel: channel.id, channel_type: CHANNEL_TYPE[channel.kind] },
    channel,
  )
}
