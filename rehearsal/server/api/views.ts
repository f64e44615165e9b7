import type { Trigger } from '../delivery/triggers.ts'
import { refuse } from '../errors.ts'
import * as ops from '../operations/views.ts'
import { wireView } from '../operations/wire.ts'
import type { View } from '../state/model.ts'
import type { Call, Methods } from './method.ts'

/** The methods that open, stack and change modals and home tabs. */
export const views: Methods = {
  'views.open': {
    tier: 4,
    run: call => {
      const trigger = triggered(call)
      const view = ops.openView(call.core, trigger.user, call.object('view'), { channel: trigger.channel })
      trigger.used = true
      return { view: wireView(call.core, view) }
    },
  },
  'views.push': {
    tier: 4,
    run: call => {
      const trigger = triggered(call)
      const under = trigger.viewId ? call.core.state.views.get(trigger.viewId) : undefined
      const top = call.core.state.stack(trigger.user).at(-1)
      if (under?.type !== 'modal' || top?.id !== under.id) return refuse('not_found')
      const view = ops.openView(call.core, trigger.user, call.object('view'), {
        onTopOf: under,
        channel: trigger.channel ?? under.channel,
      })
      trigger.used = true
      return { view: wireView(call.core, view) }
    },
  },
  'views.update': {
    tier: 4,
    run: call => {
      const view = ops.updateView(call.core, named(call), call.object('view'), call.text('hash'))
      return { view: wireView(call.core, view) }
    },
  },
  'views.publish': {
    tier: 4,
    run: call => {
      const user = call.user('user_id')
      if (call.core.manifest.features?.app_home?.home_tab_enabled !== true) return refuse('not_enabled')
      const view = ops.publishHome(call.core, user.id, call.object('view'), call.text('hash'))
      return { view: wireView(call.core, view) }
    },
  },
}

function triggered(call: Call): Trigger {
  if (!call.text('trigger_id')) refuse('invalid_arguments', '[ERROR] missing required field: trigger_id')
  return call.core.triggers.check(call.text('trigger_id'))
}

function named(call: Call): View {
  const id = call.text('view_id')
  const external = call.text('external_id')
  if (!id && !external) return refuse('invalid_arguments', '[ERROR] missing required field: view_id')
  const found = [...call.core.state.views.values()].find(v => (id ? v.id === id : v.externalId === external))
  return found ?? refuse('not_found')
}
