import type { Act, ActResult } from '../../protocol.ts'
import type { Core } from '../core.ts'
import type { Json } from '../json.ts'
import { leave } from '../operations/channels.ts'
import type { Channel, Message, User } from '../state/model.ts'
import { blockAction, options } from './actions.ts'
import { command } from './commands.ts'
import { dismissView, submitView } from './modals.ts'
import { NotDone, notDone } from './refusal.ts'
import { shortcut } from './shortcuts.ts'
import * as talk from './talk.ts'

/** `stale` lets a person press what their screen still shows and the message no longer has. */
export interface ActOptions {
  stale?: boolean
}

/** Does what a person does with their client. Refusals come back as results, never as exceptions. */
export async function act(core: Core, deed: Act, opts: ActOptions = {}): Promise<ActResult> {
  try {
    const user = core.state.users.get(deed.persona)
    if (!user || user.isBot) return notDone('unknown', 'There is no such person.')
    return await perform(core, user, deed, opts)
  } catch (error) {
    if (error instanceof NotDone) return error.result
    throw error
  }
}

async function perform(core: Core, user: User, deed: Act, opts: ActOptions): Promise<ActResult> {
  const inside = (id: string): Channel => memberOf(core, user, id)
  const seen = (channel: string, ts: string): Message => messageOf(core, user, channel, ts)
  switch (deed.do) {
    case 'say':
      if (deed.text.startsWith('/')) {
        if (deed.threadTs) {
          const name = deed.text.split(/\s/)[0]
          return notDone('invalid_command', `${name} is not supported in threads. Sorry!`)
        }
        return command(core, user, inside(deed.channel), deed.text)
      }
      return talk.say(core, user, inside(deed.channel), deed.text, deed.threadTs)
    case 'edit':
      return talk.editOwn(core, user, seen(deed.channel, deed.ts), deed.text)
    case 'delete':
      return talk.deleteOwn(core, user, seen(deed.channel, deed.ts))
    case 'command':
      return command(core, user, inside(deed.channel), deed.text)
    case 'blockAction':
      return blockAction(core, user, deed.surface, deed.action as Json, deed.state, opts.stale ?? false)
    case 'submitView':
      return submitView(core, user, deed.viewId, deed.state)
    case 'closeView':
      return dismissView(core, user, deed.viewId, deed.all ?? false)
    case 'options':
      return options(core, user, deed.surface, deed.blockId, deed.actionId, deed.value)
    case 'shortcut':
      return shortcut(core, user, deed.callbackId, deed)
    case 'openHome':
      return talk.openHome(core, user)
    case 'openDirect':
      return talk.openDirect(core, user, deed.user)
    case 'join':
      return talk.joinOpen(
        core,
        user,
        core.state.channels.get(deed.channel) ?? notDone('unknown', 'There is no such channel.'),
      )
    case 'leave':
      leave(core, inside(deed.channel), user.id)
      return { ok: true }
    case 'invite':
      return talk.inviteOther(core, user, inside(deed.channel), deed.user)
    case 'react':
    case 'unreact':
      return talk.reaction(core, user, seen(deed.channel, deed.ts), deed.name, deed.do === 'react')
    case 'markRead':
      inside(deed.channel).lastRead.set(user.id, core.state.ids.ts())
      core.state.changes.emit({ type: 'channel', channel: deed.channel })
      return { ok: true }
    default:
      return notDone('unknown', 'There is no such deed.')
  }
}

function memberOf(core: Core, user: User, id: string): Channel {
  const channel = core.state.channels.get(id)
  return channel?.members.has(user.id) ? channel : notDone('not_in_channel', 'You are not in this channel.')
}

function messageOf(core: Core, user: User, channel: string, ts: string): Message {
  memberOf(core, user, channel)
  const message = core.state.message(channel, ts)
  if (!message || (message.ephemeralFor && message.ephemeralFor !== user.id)) {
    return notDone('not_allowed', 'This message is gone.')
  }
  return message
}
