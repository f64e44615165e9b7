import fc from 'fast-check'
import * as alerts from '../../../src/operations/alert.ts'
import { callTreeModal } from '../../../src/views/alert/call-tree.ts'
import { act, type Noun } from '../noun.ts'
import { note, nth, room, who } from '../world.ts'

export const noun: Noun = {
  acts: {
    pointToCasevac: act(fc.record({ by: who, nth }), async (world, given) =>
      alerts.pointToCasevac(await world.as(given.by), world.pick('alert', given.nth)),
    ),
    takePlace: act(fc.record({ by: who, nth }), async (world, given) => {
      const alertId = world.pick('alert', given.nth)
      const alert = await world.desk.store.read.alerts.byId(alertId)
      return alerts.takePlace(await world.as(given.by), {
        alertId,
        version: alert?.version ?? 0,
        place: { said: `${note} -7.1045, -9.2181` },
      })
    }),
    reportUndelivered: act(fc.record({ room, nth }), (world, given) =>
      alerts.reportUndelivered(world.desk.system, {
        kind: 'card',
        recordId: world.pick('alert', given.nth),
        target: given.room,
      }),
    ),
  },
  apart: {
    resolvePlace: 'what somebody typed as a place, before it is stored',
    placeDoubt: 'asked of whoever raised, on their own receipt',
  },
  opens: {
    async readCallTree({ made: { alert = [] } }, { ctx, view, see }) {
      for (const id of alert) await see(async () => callTreeModal(view, await alerts.readCallTree(ctx, id)))
    },
  },
}
