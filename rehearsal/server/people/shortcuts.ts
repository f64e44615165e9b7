import type { ActResult } from '../../protocol.ts'
import type { Core } from '../core.ts'
import { wireMessage } from '../operations/wire.ts'
import type { User } from '../state/model.ts'
import { ask, interactionBase, interactionChannel } from './interaction.ts'
import { notDone } from './refusal.ts'
import { findSurface } from './surfaces.ts'

const failed = (code: string): string => `This shortcut failed with the error "${code}"`

/** Runs one of the app's shortcuts; a message shortcut on the message named. */
export async function shortcut(
  core: Core,
  user: User,
  callbackId: string,
  on: { channel?: string; ts?: string },
): Promise<ActResult> {
  const known = core.manifest.features?.shortcuts?.find(s => s.callback_id === callbackId)
  if (!known || user.teamId !== core.state.homeTeam.id) {
    return notDone('not_allowed', 'There is no such shortcut here.')
  }
  if (known.type === 'global') {
    await ask(
      core,
      'interactive',
      {
        type: 'shortcut',
        ...interactionBase(core, user),
        callback_id: callbackId,
        action_ts: core.state.ids.ts(),
        trigger_id: core.triggers.make(user.id),
      },
      failed,
    )
    return { ok: true }
  }
  const found = findSurface(core, user, { kind: 'message', channel: on.channel ?? '', ts: on.ts ?? '' })
  if (found.kind !== 'message' || found.message.ephemeralFor) {
    return notDone('not_allowed', 'This message has no shortcuts.')
  }
  const { message, channel } = found
  await ask(
    core,
    'interactive',
    {
      type: 'message_action',
      ...interactionBase(core, user),
      callback_id: callbackId,
      action_ts: core.state.ids.ts(),
      trigger_id: core.triggers.make(user.id, { channel: channel.id }),
      response_url: core.responseUrls.make('app', { user: user.id, channel: channel.id }),
      channel: interactionChannel(channel),
      message_ts: message.ts,
      message: wireMessage(core, message, { metadata: true }),
    },
    failed,
  )
  return { ok: true }
}
