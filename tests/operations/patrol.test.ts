import { expect, it } from 'vitest'
import { renderers } from '../../src/jobs/rendering/index.ts'
import { createLocales } from '../../src/locales/index.ts'
import { lastPatrol, patrolRows, readPatrols, recordPatrols } from '../../src/operations/patrol.ts'
import { DAY, openDesk, refusalCode } from '../support/operations.ts'

const MARKET = { lat: -7.1045, lon: -9.2181 }

it('operations’ file is taken in once, by name, P-code or position, and mistakes are named by line', async () => {
  const desk = await openDesk()
  const at = new Date(desk.clock.now() - 2 * DAY).toISOString()
  const csv = [
    'at,unit,base,place',
    `${at},Company patrol,karamba,Karamba market`,
    `${at},Police patrol,,"-7.1001, -9.2001"`,
    `yesterday,Company patrol,karamba,Karamba market`,
    `${at},Company patrol,karamba,Nowhere known`,
  ].join('\n')
  const first = await recordPatrols(desk.system, readPatrols(csv))
  expect(first).toMatchObject({ stored: 2, repeated: 0 })
  expect(first.problems.map(({ line }) => line).sort()).toEqual([4, 5])
  expect(await recordPatrols(desk.system, readPatrols(csv))).toMatchObject({ stored: 0, repeated: 2 })
  expect(await lastPatrol(desk.system, MARKET)).toBe(Date.parse(at))
})

it('far from every patrol, and before any was sent, the last one is not known', async () => {
  const desk = await openDesk()
  expect(await lastPatrol(desk.system, MARKET)).toBeNull()
  await recordPatrols(
    desk.system,
    patrolRows([
      { at: new Date(desk.clock.now()).toISOString(), unit: 'Company patrol', place: '-8.21, -9.05' },
    ]),
  )
  expect(await lastPatrol(desk.system, MARKET)).toBeNull()
})

it('no person of Slack sends patrols', async () => {
  const desk = await openDesk()
  expect(await refusalCode(recordPatrols(await desk.as('joc'), patrolRows([])))).toBe('not_allowed')
})

it('coverage stands on the cards of those who may read the command layer, and on no other', async () => {
  const desk = await openDesk()
  const alert = await desk.raise()
  const card = renderers(createLocales('UTC', ['en', 'fr'])).card!
  const shown = async (target: string) => {
    const entry = { kind: 'card', recordId: alert.alert.id, target, data: { record: 'alert' } }
    return JSON.stringify(await card(desk.system, entry as never, 0))
  }
  const battalion = `person:${await desk.id('battalion')}`
  expect(await shown(battalion)).toMatch(/moins de 10 km|within 10 km: not known/)
  expect(await shown(`person:${await desk.id('duty')}`)).not.toMatch(/within 10 km|moins de 10 km/)
  await recordPatrols(
    desk.system,
    patrolRows([
      { at: new Date(desk.clock.now() - 2 * DAY).toISOString(), unit: 'x', place: 'karamba-market' },
    ]),
  )
  expect(await shown(`person:${await desk.id('joc')}`)).toMatch(/within 10 km: 2 d/)
})
