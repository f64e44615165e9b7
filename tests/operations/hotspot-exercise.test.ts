/** Places that are played: they say so, no round ranks them, and nothing real counts or shows them. */
import { expect, it } from 'vitest'
import { parseFind } from '../../src/domain/find-query.ts'
import { find } from '../../src/operations/find.ts'
import { ownHotspotsNear } from '../../src/operations/hotspot/near.ts'
import { plansOf } from '../../src/operations/hotspot/plan.ts'
import {
  alertClusters,
  createHotspot,
  hotspotDuplicates,
  hotspotGaps,
  linkAlert,
  listHotspots,
} from '../../src/operations/hotspot.ts'
import { openRound, readMatrix } from '../../src/operations/matrix.ts'
import { answerTasking, task } from '../../src/operations/tasking.ts'
import { listed, market } from '../support/hotspots.ts'
import { type Desk, HOUR, openDesk, refusal, refusalCode } from '../support/operations.ts'

const played = (desk: Desk, change: object = {}) => listed(desk, { exercise: true, ...change })

async function drill(desk: Desk) {
  const raised = await desk.raise({ what: 'Played' })
  await desk.store.write(({ alerts }) => alerts.update(raised.alert.id, 1, { exercise: true }))
  return desk.facts(raised)
}

it('a played place is in no round, matrix, list of gaps or live list, and is found where exercises are asked for', async () => {
  const desk = await openDesk()
  const { hotspot } = await played(desk)
  const chair = await desk.as('pocAdviser')
  expect(hotspot.exercise).toBe(true)
  expect(await listHotspots(chair)).toEqual([])
  expect(await listHotspots(chair, { exercise: 'alone' })).toHaveLength(1)
  expect((await readMatrix(chair)).places).toEqual([])
  expect(await hotspotGaps(chair)).toEqual([])
  expect(await refusalCode(openRound(chair, { channelId: 'C0PROTECTION' }))).toBe('no_places')
  const real = await listed(desk, { name: 'Mill' })
  const { places } = await openRound(chair, { channelId: 'C0PROTECTION' })
  expect(places.map(place => place.hotspot.id)).toEqual([real.hotspot.id])
  expect(await listHotspots(chair, { exercise: 'too' })).toHaveLength(2)
  expect((await find(chair, parseFind('karamba', desk.mission))).items).toHaveLength(2)
})

it('the card of a played place is put into no channel of its sector', async () => {
  const desk = await openDesk()
  await desk.said()
  const { hotspot } = await played(desk)
  expect((await desk.said()).filter(({ recordId }) => recordId === hotspot.id)).toEqual([])
  const real = await listed(desk)
  expect((await desk.said()).map(({ recordId }) => recordId)).toContain(real.hotspot.id)
})

it('a real alert names no played place, and one that is played both', async () => {
  const desk = await openDesk()
  const { hotspot } = await played(desk)
  const facts = await desk.raise()
  expect(await ownHotspotsNear(await desk.as('company'), facts)).toEqual([])
  expect(await ownHotspotsNear(await desk.as('company'), await drill(desk))).toMatchObject([
    { hotspot: { id: hotspot.id } },
  ])
})

it('a played place hides no cluster of real alerts, and is no duplicate of a real one', async () => {
  const desk = await openDesk()
  for (let n = 0; n < 3; n++) await desk.raise()
  await played(desk)
  const chair = await desk.as('pocAdviser')
  expect(await alertClusters(chair)).toHaveLength(1)
  expect(await hotspotDuplicates(chair, market)).toEqual([])
  expect(await hotspotDuplicates(chair, { ...market, exercise: true })).toHaveLength(1)
})

it('what is played and what is real are not linked, and what comes from alerts is what they are', async () => {
  const desk = await openDesk()
  const chair = await desk.as('pocAdviser')
  const [real, drilled] = [await desk.raise(), await drill(desk)]
  const { hotspot } = await played(desk)
  const link = (hotspotId: string, { alert }: typeof real) =>
    refusal(linkAlert(chair, { hotspotId, alertId: alert.id }))
  expect(await link(hotspot.id, real)).toMatchObject({ code: 'exercise_apart', field: 'record' })
  expect(await link((await listed(desk)).hotspot.id, drilled)).toMatchObject({ code: 'exercise_apart' })
  await linkAlert(chair, { hotspotId: hotspot.id, alertId: drilled.alert.id })
  const from = async (id: string, exercise: boolean) =>
    (await createHotspot(chair, { ...market, fromAlerts: [id], exercise })).hotspot.exercise
  expect([await from(drilled.alert.id, false), await from(real.alert.id, true)]).toEqual([true, false])
})

it('a tasking that comes from a played place is played, and is a line of its plan alone', async () => {
  const desk = await openDesk()
  const { hotspot } = await played(desk)
  const { tasking } = await task(await desk.as('forceHq'), {
    origin: { kind: 'hotspot', id: hotspot.id },
    role: 'force_hq',
    to: 'company_duty_officer@north',
    result: 'Traders get home',
    tier: 2,
    dueAt: desk.clock.now() + HOUR,
  })
  expect(tasking.exercise).toBe(true)
  await answerTasking(await desk.as('company'), { taskingId: tasking.id, act: 'accept' })
  const lines = async () => (await plansOf(desk.store.read, [hotspot.id])).get(hotspot.id)?.lines
  expect(await lines()).toEqual([{ tier: 2, stands: true }])
})
