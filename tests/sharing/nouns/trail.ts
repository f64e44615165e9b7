import fc from 'fast-check'
import { sideOf } from '../../../src/domain/side.ts'
import { accessTrail, isTrailSound, recordTrail } from '../../../src/operations/trail.ts'
import { looksModal, trailModal } from '../../../src/views/trail.ts'
import { act, type Noun } from '../noun.ts'
import { type World, who } from '../world.ts'

/** Codes of records of the side that oversight watches: they name what it reads the trail of, and are no word of it. */
async function ownCodes({ desk, made }: World, side: ReturnType<typeof sideOf>): Promise<string[]> {
  const { read } = desk.store
  const rows = [
    ...(await read.alerts.byIds(made.alert ?? [])),
    ...(await read.taskings.byIds([...(made.tasking ?? []), ...(made.planLine ?? [])])),
    ...(await Promise.all((made.gate ?? []).map(id => read.gates.byId(id)))),
    ...(await Promise.all((made.posture ?? []).map(id => read.postures.byId(id)))),
    ...(await Promise.all((made.drawdown ?? []).map(id => read.drawdowns.byId(id)))),
    ...(await read.teams.byIds(made.team ?? [])),
  ]
  return rows.flatMap(row => (row && sideOf(row.holder) === side ? [row.code] : []))
}

/** Holds no words of its own: the trail of every record is opened, and says nothing that anybody wrote. */
export const noun: Noun = {
  acts: {
    'oversight is appointed': act(fc.record({ by: who }), async ({ desk }, { by }) => {
      await desk.vacate('oversight', null)
      await desk.pass(1)
      await desk.appoint(by, 'oversight', null)
    }),
  },
  apart: { isTrailSound: 'says yes or no' },
  opens: {
    async recordTrail(world, { ctx, person, view, see }) {
      if (ctx.actor.kind !== 'person' || !ctx.actor.roles.some(({ role }) => role === 'oversight')) return
      const side = person.constituency && sideOf(person.constituency)
      for (const code of await ownCodes(world, side))
        await see(async () => {
          const shown = trailModal(view, await recordTrail(ctx, code), 'sound')
          return JSON.stringify(shown).replaceAll(code, '')
        })
      await see(async () => String(await isTrailSound(ctx)))
    },
    accessTrail: (world, { ctx, person, view, see }) =>
      see(async () => {
        const shown = JSON.stringify(looksModal(view, await accessTrail(ctx, null), null))
        const codes = await ownCodes(world, person.constituency && sideOf(person.constituency))
        return codes.reduce((text, code) => text.replaceAll(code, ''), shown)
      }),
  },
}
