import type { StateValues } from '../handlers/contract.ts'
import type { ActionBody, Payload, ShortcutBody, ViewBody } from './payload.ts'
import type { Place } from './ui.ts'

type Interactive = Exclude<Payload, { kind: 'event' }>

/** Where the person acted, read from the payload. */
export function placeOf(payload: Interactive, userId: string): Place {
  const { body } = payload
  if (payload.kind === 'command') {
    return {
      userId,
      channelId: payload.body.channel_id,
      threadTs: null,
      triggerId: body.trigger_id ?? null,
      responseUrl: body.response_url ?? null,
      view: null,
      submitting: false,
    }
  }
  const interaction = payload.body
  const message =
    'message' in interaction
      ? (interaction.message as { ts?: string; thread_ts?: string | null } | null)
      : null
  const view = 'view' in interaction ? (interaction.view as ViewBody['view'] | null | undefined) : null
  return {
    userId,
    channelId: interaction.channel?.id ?? null,
    // The head of a thread names its own thread. An answer there would be seen by nobody who has it not open.
    threadTs: message?.thread_ts === message?.ts ? null : (message?.thread_ts ?? null),
    triggerId: interaction.trigger_id ?? null,
    responseUrl: interaction.response_url ?? null,
    view: view && payload.kind !== 'closed' ? { id: view.id, type: view.type } : null,
    submitting: payload.kind === 'view',
  }
}

/** What an element held, as one text: a button's value, the chosen option, a picked date, or what was typed. */
export function valueIn(action: Record<string, unknown>): string {
  const option = action.selected_option as { value?: unknown } | null | undefined
  const options = action.selected_options as { value: string }[] | undefined
  const found =
    option?.value ??
    action.value ??
    action.selected_date ??
    action.selected_time ??
    action.selected_date_time ??
    action.selected_user ??
    action.selected_conversation ??
    action.selected_channel ??
    options?.map(({ value }) => value).join(',')
  return found == null ? '' : String(found)
}

/** The key of a handler in an action id: what stands before the first colon. */
export function keyOf(actionId: string): string {
  return actionId.split(':', 1)[0] ?? ''
}

export function actionPart(body: ActionBody) {
  const action = body.actions[0]!
  const { message, view, channel } = body
  return {
    actionId: action.action_id,
    blockId: action.block_id,
    value: valueIn(action),
    values: (body.state?.values ?? view?.state?.values ?? {}) as StateValues,
    message:
      message && channel
        ? { channel: channel.id, ts: message.ts, threadTs: message.thread_ts ?? null }
        : null,
    view: view
      ? {
          id: view.id,
          hash: view.hash,
          callbackId: view.callback_id,
          privateMetadata: view.private_metadata,
          type: view.type,
        }
      : null,
  }
}

export function viewPart({ view }: ViewBody) {
  return {
    viewId: view.id,
    hash: view.hash,
    callbackId: view.callback_id,
    privateMetadata: view.private_metadata,
    values: (view.state?.values ?? {}) as StateValues,
  }
}

export function shortcutPart(body: ShortcutBody) {
  const message =
    body.type === 'message_action' && body.channel
      ? {
          channel: body.channel.id,
          ts: body.message.ts,
          threadTs: body.message.thread_ts ?? null,
          text: body.message.text,
          userId: body.message.user,
        }
      : null
  return { callbackId: body.callback_id, message }
}

/**
 * What makes two deliveries the same press: Slack's trigger for most, the modal as it stood for a submission, so
 * that a double click submits once. Undefined where repeating does no harm.
 */
export function pressOf(payload: Interactive): string | undefined {
  if (payload.kind === 'view') return `view ${payload.body.view.id} ${payload.body.view.hash}`
  if (payload.kind === 'options' || payload.kind === 'closed') return undefined
  return payload.body.trigger_id ? `trigger ${payload.body.trigger_id}` : undefined
}
