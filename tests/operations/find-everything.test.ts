import { expect, it } from 'vitest'
import { parseFind } from '../../src/domain/find-query.ts'
import type { Ctx } from '../../src/operations/context.ts'
import { find, findCodes } from '../../src/operations/find.ts'
import { createHotspot } from '../../src/operations/hotspot.ts'
import { ask } from '../../src/operations/inquiry.ts'
import { addReport } from '../../src/operations/report.ts'
import { DAY, openDesk, refusalCode } from '../support/operations.ts'

const kinds = async (ctx: Ctx, typed: string) => {
  const { items, total } = await find(ctx, parseFind(typed, ctx.mission))
  expect(items.length).toBe(Math.min(total, 8))
  return items.map(({ kind }) => kind).sort()
}

it('finds by words what a person may read of any kind, and does not count the rest', async () => {
  const desk = await openDesk()
  const joc = await desk.as('joc')
  const { alert } = await desk.raise({ what: 'Men at the mill' })
  await addReport(await desk.as('duty'), { alertId: alert.id, what: 'The mill burns, château' })
  await createHotspot(joc, {
    name: 'Mill quarter',
    kind: 'market',
    place: { said: 'by the mill' },
    threats: [],
  })
  await ask(await desk.as('unhcr'), { side: 'mission', what: 'Who guards the mill?', why: 'Families' })
  expect(await kinds(joc, 'mill')).toEqual(['alert', 'hotspot', 'report'])
  expect(await kinds(joc, 'chateau')).toEqual(['report'])
  // Whoever asked finds their question, the place both sides rank, and nothing of the mission's alerts.
  expect(await kinds(await desk.as('unhcr'), 'mill')).toEqual(['hotspot', 'inquiry'])
  expect(await refusalCode(find(await desk.stranger(), parseFind('mill', desk.mission)))).toBe(
    'not_registered',
  )
})

it('finds by code, sector and time', async () => {
  const desk = await openDesk()
  const joc = await desk.as('joc')
  const { alert } = await desk.raise()
  expect(await kinds(joc, alert.code.toLowerCase().replace('-', ''))).toEqual(['alert'])
  expect(await kinds(joc, 'north')).toEqual(['alert'])
  expect(await kinds(joc, 'south')).toEqual([])
  desk.clock.advance(3 * DAY)
  expect(await kinds(joc, 'north since:2d')).toEqual([])
  expect(await findCodes(joc, [alert.code, 'A-ZZZZ'])).toHaveLength(1)
  expect(await findCodes(await desk.as('unhcr'), [alert.code])).toEqual([])
})
