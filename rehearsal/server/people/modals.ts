import type { ActResult, StateValues } from '../../protocol.ts'
import type { Core } from '../core.ts'
import { SlackError } from '../errors.ts'
import { isJson, type Json, list } from '../json.ts'
import { statefulElements } from '../operations/view-state.ts'
import * as views from '../operations/views.ts'
import { wireView } from '../operations/wire.ts'
import type { User, View } from '../state/model.ts'
import { completeState, inputErrors } from './inputs.ts'
import { ask, interactionBase } from './interaction.ts'
import { NotDone, notDone } from './refusal.ts'

const TROUBLE = 'We had some trouble connecting. Try again?'

/** Submits the modal on top of a person's screen, after the client's own checks, and does what the app answers. */
export async function submitView(
  core: Core,
  user: User,
  viewId: string,
  state: StateValues,
): Promise<ActResult> {
  const view = topmost(core, user, viewId)
  if (!view.payload.submit) return notDone('not_allowed', 'This window has nothing to submit.')
  const blocks = list(view.payload.blocks)
  const values = completeState(blocks, state, view.state)
  const wrong = inputErrors(core, blocks, values, view.id)
  if (Object.keys(wrong).length > 0) {
    show(core, view, wrong)
    return { ok: false, code: 'not_allowed', errors: wrong }
  }
  view.state = values
  show(core, view, undefined)
  let answer: unknown
  try {
    answer = await ask(
      core,
      'interactive',
      {
        type: 'view_submission',
        ...interactionBase(core, user, user.teamId),
        trigger_id: core.triggers.make(user.id, {
          viewId: view.id,
          ...(view.channel ? { channel: view.channel } : {}),
        }),
        view: wireView(core, view),
        response_urls: responseUrls(core, user, view),
      },
      () => TROUBLE,
    )
  } catch (error) {
    if (error instanceof NotDone) trouble(core, view, TROUBLE)
    throw error
  }
  return follow(core, view, answer)
}

/** Closes a modal, or with `all` the whole stack, and tells the app where it asked to be told. */
export async function dismissView(core: Core, user: User, viewId: string, all: boolean): Promise<ActResult> {
  const view = topmost(core, user, viewId)
  for (const closed of views.closeView(core, view, all || view.payload.clear_on_close === true)) {
    if (closed.payload.notify_on_close !== true) continue
    await core.link.deliver('interactive', {
      type: 'view_closed',
      ...interactionBase(core, user, user.teamId),
      view: wireView(core, closed),
      is_cleared: all,
    })
  }
  return { ok: true }
}

function topmost(core: Core, user: User, viewId: string): View {
  const view = core.state.stack(user.id).at(-1)
  return view?.id === viewId ? view : notDone('not_allowed', 'This window is not the one on top.')
}

/** Does what the app answered to a submission: close, errors, update, push, clear. */
function follow(core: Core, view: View, answer: unknown): ActResult {
  if (!core.state.views.has(view.id)) return { ok: true }
  const action = isJson(answer) ? answer.response_action : undefined
  if (action === undefined || action === null) {
    if (isJson(answer) && Object.keys(answer).length > 0) {
      return rejected(core, view, 'it has no response_action')
    }
    views.closeView(core, view)
    return { ok: true }
  }
  const given = answer as Json
  try {
    if (action === 'clear') views.closeView(core, view, true)
    else if (action === 'update') views.updateView(core, view, isJson(given.view) ? given.view : {})
    else if (action === 'push') {
      views.openView(core, view.user, isJson(given.view) ? given.view : {}, {
        onTopOf: view,
        channel: view.channel,
      })
    } else if (action === 'errors') return fieldErrors(core, view, given.errors)
    else return rejected(core, view, `"${String(action)}" is no response_action`)
    return { ok: true }
  } catch (error) {
    if (!(error instanceof SlackError)) throw error
    const detail = list([error.extra.response_metadata])
      .map(m => String(m.messages))
      .join()
    return rejected(core, view, `${error.code} ${detail}`)
  }
}

function fieldErrors(core: Core, view: View, given: unknown): ActResult {
  const inputs = list(view.payload.blocks).filter(b => b.type === 'input')
  const known = new Set(inputs.map(b => String(b.block_id)))
  const errors = isJson(given) ? given : {}
  const alien = Object.keys(errors).find(id => !known.has(id))
  if (alien !== undefined)
    return rejected(core, view, `errors names the block "${alien}", which is no input of the view`)
  if (Object.keys(errors).length === 0) return rejected(core, view, 'errors names no block')
  const sentences = Object.fromEntries(Object.entries(errors).map(([k, v]) => [k, String(v)]))
  show(core, view, sentences)
  return { ok: false, errors: sentences }
}

function rejected(core: Core, view: View, why: string): ActResult {
  core.deliveries.problem(
    `The answer to the submission of "${String(view.payload.callback_id)}" is not taken: ${why}`,
  )
  trouble(core, view, TROUBLE)
  return { ok: false, code: 'unknown', failure: TROUBLE }
}

function show(core: Core, view: View, errors: Record<string, string> | undefined): void {
  if (errors) view.errors = errors
  else delete view.errors
  delete view.failure
  core.state.changes.emit({ type: 'views', user: view.user })
}

function trouble(core: Core, view: View, sentence: string): void {
  view.failure = sentence
  core.state.changes.emit({ type: 'views', user: view.user })
}

/** A response_url for each conversation menu of the modal that asks for one. */
function responseUrls(core: Core, user: User, view: View): Json[] {
  return statefulElements(list(view.payload.blocks)).flatMap(({ block, element }) => {
    if (element.response_url_enabled !== true) return []
    const value = view.state[String(block.block_id)]?.[String(element.action_id)]
    const channel = value?.selected_conversation ?? value?.selected_channel
    if (typeof channel !== 'string') return []
    return [
      {
        block_id: block.block_id,
        action_id: element.action_id,
        channel_id: channel,
        response_url: core.responseUrls.make('app', { user: user.id, channel }),
      },
    ]
  })
}
