import { assertView } from '../check.ts'
import type { Core } from '../core.ts'
import { refuse } from '../errors.ts'
import { isJson, type Json, list, str } from '../json.ts'
import type { View } from '../state/model.ts'
import { withIds } from './messages.ts'
import { initialState } from './view-state.ts'

const DEEPEST = 3

/** Puts a new modal on top of a person's screen; with `onTopOf`, on top of that view's stack. */
export function openView(
  core: Core,
  user: string,
  payload: Json,
  from: { onTopOf?: View; channel?: string } = {},
): View {
  const { state } = core
  assertView('modal', payload)
  const externalId = freeExternalId(core, payload)
  const stack = from.onTopOf ? (state.stacks.get(user) ?? []) : []
  if (stack.length >= DEEPEST) refuse('push_limit_reached')
  const view: View = {
    ...filled(core, payload),
    id: state.ids.next('V'),
    hash: state.ids.hash(),
    user,
    type: 'modal',
    rootViewId: '',
    previousViewId: from.onTopOf?.id ?? null,
    externalId,
    ...(from.channel ? { channel: from.channel } : {}),
  }
  view.rootViewId = from.onTopOf?.rootViewId ?? view.id
  if (!from.onTopOf) for (const old of state.stacks.get(user) ?? []) state.views.delete(old)
  state.views.set(view.id, view)
  state.stacks.set(user, [...stack, view.id])
  state.changes.emit({ type: 'views', user })
  return view
}

/** Replaces what a view shows. @throws SlackError `hash_conflict` where `hash` is not the view's own any more */
export function updateView(core: Core, view: View, payload: Json, hash?: string): View {
  if (hash && hash !== view.hash) refuse('hash_conflict')
  assertView(view.type, payload)
  const externalId = freeExternalId(core, payload, view) || view.externalId
  const { payload: next, state: values } = filled(core, payload)
  view.payload = next
  view.state = carried(values, view.state)
  view.externalId = externalId
  view.hash = core.state.ids.hash()
  delete view.errors
  delete view.failure
  core.state.changes.emit(
    view.type === 'home' ? { type: 'home', user: view.user } : { type: 'views', user: view.user },
  )
  return view
}

/** Publishes a person's home tab, made anew or replaced. */
export function publishHome(core: Core, user: string, payload: Json, hash?: string): View {
  const { state } = core
  const home = state.homes.get(user)
  if (home) return updateView(core, home, payload, hash)
  assertView('home', payload)
  const id = state.ids.next('V')
  const view: View = {
    ...filled(core, payload),
    id,
    hash: state.ids.hash(),
    user,
    type: 'home',
    rootViewId: id,
    previousViewId: null,
    externalId: freeExternalId(core, payload),
  }
  state.homes.set(user, view)
  state.views.set(id, view)
  state.changes.emit({ type: 'home', user })
  return view
}

/** Takes a view off the screen; `all` takes its whole stack. Answers what was closed, the topmost first. */
export function closeView(core: Core, view: View, all = false): View[] {
  const { state } = core
  const stack = state.stacks.get(view.user) ?? []
  const from = all ? 0 : stack.indexOf(view.id)
  const closed = stack.slice(from).reverse()
  state.stacks.set(view.user, stack.slice(0, from))
  const views = closed.map(id => state.views.get(id)!)
  for (const id of closed) state.views.delete(id)
  state.changes.emit({ type: 'views', user: view.user })
  return views
}

function filled(core: Core, payload: Json): Pick<View, 'payload' | 'state'> {
  const blocks = withIds(core, list(payload.blocks)) ?? []
  return { payload: { ...payload, blocks }, state: initialState(blocks) }
}

/** What a person had entered stays where block and action keep their ids and kind. */
function carried(fresh: View['state'], before: View['state']): View['state'] {
  for (const [block, actions] of Object.entries(fresh)) {
    for (const [action, value] of Object.entries(actions)) {
      const old = before[block]?.[action]
      if (old && isJson(old) && old.type === value.type) actions[action] = old
    }
  }
  return fresh
}

function freeExternalId(core: Core, payload: Json, self?: View): string {
  const id = str(payload.external_id)
  if (!id) return ''
  for (const view of core.state.views.values()) {
    if (view.externalId === id && view !== self) refuse('duplicate_external_id')
  }
  return id
}
