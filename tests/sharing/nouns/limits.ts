import fc from 'fast-check'
import * as alerts from '../../../src/operations/alert.ts'
import { callTreeModal } from '../../../src/views/alert/call-tree.ts'
import { act, type Noun } from '../noun.ts'
import { nth, room, who } from '../world.ts'

export const noun: Noun = {
  acts: {
    pointToCasevac: act(fc.record({ by: who, nth }), async (world, given) =>
      alerts.pointToCasevac(await world.as(given.by), world.pick('alert', given.nth)),
    ),
    reportUndelivered: act(fc.record({ room, nth }), (world, given) =>
      alerts.reportUndelivered(world.desk.system, {
        kind: 'card',
        recordId: world.pick('alert', given.nth),
        target: given.room,
      }),
    ),
  },
  opens: {
    async readCallTree({ made: { alert = [] } }, { ctx, view, see }) {
      for (const id of alert) await see(async () => callTreeModal(view, await alerts.readCallTree(ctx, id)))
    },
  },
}
