import { expect, it } from 'vitest'
import { parseFind } from '../../src/domain/find-query.ts'
import { addDetails } from '../../src/operations/alert.ts'
import type { Ctx } from '../../src/operations/context.ts'
import { callCrisis } from '../../src/operations/crisis.ts'
import { find, findCodes } from '../../src/operations/find.ts'
import { createHotspot } from '../../src/operations/hotspot.ts'
import { ask } from '../../src/operations/inquiry.ts'
import { makePlan } from '../../src/operations/plan.ts'
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

it('finds several warnings together for whoever may read each of them, and opens them for whoever decides', async () => {
  const desk = await openDesk()
  for (const who of ['liaison', 'duty', 'company'] as const) {
    const ctx = await desk.as(who)
    const { alert } = await desk.raise({ what: 'Threats at the mill', urgency: 'tension' }, ctx)
    await addDetails(ctx, { alertId: alert.id, version: alert.version, threat: 'crime' })
  }
  const warnings = async (who: 'joc' | 'duty' | 'unhcr') =>
    (await find(await desk.as(who), parseFind('mill', desk.mission))).items.filter(
      each => each.kind === 'warning',
    )
  expect(await warnings('joc')).toMatchObject([{ decides: true }])
  expect(await warnings('duty')).toMatchObject([{ decides: false }])
  expect(await warnings('unhcr')).toEqual([])
  const code = (await warnings('joc'))[0]?.item.row.code ?? ''
  expect(await kinds(await desk.as('joc'), code)).toEqual(['warning'])
})

it('finds a joint plan by its goal and its steps for those who read its group', async () => {
  const desk = await openDesk()
  const joc = await desk.as('joc')
  const crisis = { kind: 'crisis_forum', situation: 'Fighting near the base', channelId: 'C0JOCWATCH' }
  const { forum } = await callCrisis(joc, crisis)
  const { plan } = await makePlan(joc, { forumId: forum.forum.id, goal: 'People in the site are safe' })
  expect(await kinds(joc, 'people site')).toEqual(['plan'])
  expect(await kinds(joc, plan.code)).toEqual(['plan'])
  expect(await kinds(await desk.as('unhcr'), 'people site')).toEqual([])
})
