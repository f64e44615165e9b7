import { checkOptions } from '../../../blockkit/index.ts'
import type { ActResult, StateValues, Surface } from '../../protocol.ts'
import type { Core } from '../core.ts'
import { isJson, type Json, list, points } from '../json.ts'
import type { User } from '../state/model.ts'
import { completeState, objection } from './inputs.ts'
import { ask, buttonFailed, interactionBase } from './interaction.ts'
import { notDone } from './refusal.ts'
import { type Found, findElement, findSurface, surfaceParts } from './surfaces.ts'

/**
 * Presses a button, or picks from a menu, of a message, a modal or the home tab.
 * @param stale allows an element that the surface no longer shows, as on a screen that has not caught up
 */
export async function blockAction(
  core: Core,
  user: User,
  surface: Surface,
  action: Json,
  state: StateValues | undefined,
  stale: boolean,
): Promise<ActResult> {
  const found = findSurface(core, user, surface)
  const element = findElement(found.blocks, action.block_id, action.action_id)
  if (!element && !stale) return notDone('not_allowed', 'This button is no longer there.')
  if (element && !stale) checkAction(core, found, element, action)
  if (element?.type === 'button' && element.url && !element.action_id) return { ok: true }
  const values = completeState(found.blocks, state, found.kind === 'view' ? found.view.state : undefined)
  if (found.kind === 'view') found.view.state = values
  const channel = found.kind === 'message' ? found.channel : undefined
  await ask(
    core,
    'interactive',
    {
      type: 'block_actions',
      ...interactionBase(core, user, found.kind === 'view' ? user.teamId : undefined),
      trigger_id: core.triggers.make(user.id, {
        ...(found.kind === 'view' ? { viewId: found.view.id } : {}),
        ...(channel ? { channel: channel.id } : {}),
      }),
      ...surfaceParts(core, found),
      state: { values },
      ...(found.kind === 'message' ? { response_url: responseUrl(core, user, found) } : {}),
      actions: [{ ...action, action_ts: core.state.ids.ts() }],
    },
    buttonFailed,
  )
  return { ok: true }
}

function responseUrl(core: Core, user: User, found: Extract<Found, { kind: 'message' }>): string {
  const { message } = found
  return core.responseUrls.make('actions', {
    user: user.id,
    channel: found.channel.id,
    source: {
      ts: message.ts,
      ephemeral: Boolean(message.ephemeralFor),
      ...(message.threadTs ? { threadTs: message.threadTs } : {}),
    },
  })
}

function checkAction(core: Core, found: Found, element: Json, action: Json): void {
  if (element.type !== action.type) {
    notDone('not_allowed', `This is a ${element.type}, not a ${action.type}.`)
  }
  if (element.type === 'button' && (element.value ?? undefined) !== (action.value ?? undefined)) {
    notDone('not_allowed', 'This button carries another value.')
  }
  const chosen = isJson(action.selected_option) || list(action.selected_options).length > 0
  if (!chosen) return
  const wrong = objection(core, element, action, surfaceKey(found), String(action.block_id))
  if (wrong) notDone('not_allowed', wrong)
}

const surfaceKey = (found: Found): string =>
  found.kind === 'view' ? found.view.id : `${found.channel.id}/${found.message.ts}`

/** Asks the app for the options of an external select, given what the person has typed. */
export async function options(
  core: Core,
  user: User,
  surface: Surface,
  blockId: string,
  actionId: string,
  value: string,
): Promise<ActResult> {
  const found = findSurface(core, user, surface)
  const element = findElement(found.blocks, blockId, actionId)
  if (!element) return notDone('not_allowed', 'This menu is no longer there.')
  const least = Number(element.min_query_length ?? 3)
  if (points(value) < least) return { ok: true, options: [] }
  const answer = await ask(
    core,
    'interactive',
    {
      type: 'block_suggestion',
      ...interactionBase(core, user, found.kind === 'view' ? user.teamId : undefined),
      ...surfaceParts(core, found),
      block_id: blockId,
      action_id: actionId,
      value,
    },
    () => 'No results: the app did not answer.',
  )
  const offered = isJson(answer) ? answer : {}
  const groups = Array.isArray(offered.option_groups) ? list(offered.option_groups) : undefined
  const all = groups ? groups.flatMap(g => list(g.options)) : list(offered.options)
  const wrong = checkOptions(offered)
  if (wrong.length > 0) {
    const why = wrong.map(p => p.message).join('; ')
    core.deliveries.problem(`The app's options for ${actionId} are not taken: ${why}`)
    return notDone('unknown', 'No results: the app answered with something Slack does not take.')
  }
  const key = `${surfaceKey(found)}|${blockId}|${actionId}`
  core.offered.set(key, [...(core.offered.get(key) ?? []), ...all])
  return groups ? { ok: true, optionGroups: groups } : { ok: true, options: all }
}
