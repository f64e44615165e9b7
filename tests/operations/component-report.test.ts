import { expect, it } from 'vitest'
import {
  readComponentReports,
  scheduleComponentReports,
  sendComponentReport,
} from '../../src/operations/component-report.ts'
import { channelDigest } from '../../src/operations/digest.ts'
import { DAY, type Desk, HOUR, openDesk, refusalCode, type Who } from '../support/operations.ts'

/** 15:00 in the fictional mission, when reports due at 17:00 are asked for; the tests begin at 08:00. */
const ASKED = Date.parse('2026-03-02T13:00:00Z')
const CENTRE = 'C0JOCWATCH'

const asked = async (desk: Desk) =>
  (await desk.said()).filter(({ data }) => data.record === 'component_report').map(({ target }) => target)

const states = async (desk: Desk) =>
  (await readComponentReports(await desk.as('joc')))!.components.map(({ component, report }) => [
    component.id,
    report?.state ?? null,
  ])

it('asks each component once a day, before its report is due, unless it is there', async () => {
  const desk = await openDesk()
  await scheduleComponentReports(desk.system)
  await desk.pass(ASKED - desk.clock.now() - 1)
  expect(await asked(desk)).toEqual([])
  await desk.pass(1)
  expect(await asked(desk)).toContain('U0FORCEHQ')
  await sendComponentReport(await desk.as('forceHq'), { component: 'force', nil: true })
  await desk.said()
  await scheduleComponentReports(desk.system)
  await desk.pass(DAY - 1)
  expect(await asked(desk)).toEqual([])
  await desk.pass(1)
  expect(await asked(desk)).toContain('U0FORCEHQ')
})

it('when the hour has come the cards of those who are silent say so, and no others move', async () => {
  const desk = await openDesk()
  await scheduleComponentReports(desk.system)
  await desk.pass(ASKED - desk.clock.now())
  const target = async (name: Who) => `person:${await desk.id(name)}`
  const stands = { channel: 'D1', ts: '1.1', postedAt: ASKED }
  for (const [component, name] of [
    ['force', 'forceHq'],
    ['police', 'policeHq'],
  ] as const) {
    const recordId = `component_report:${component}:2026-03-02`
    const at = await target(name)
    await desk.store.write(({ cards }) => cards.put({ recordId, target: at, ...stands }))
  }
  await sendComponentReport(await desk.as('policeHq'), { component: 'police', nil: true })
  await desk.said()
  await desk.pass(2 * HOUR)
  expect(await asked(desk)).toEqual(['U0FORCEHQ'])
})

it('takes a nil return, a report in its place, and what is late as late, for the day it was due', async () => {
  const desk = await openDesk()
  desk.clock.set(ASKED)
  const force = await desk.as('forceHq')
  await sendComponentReport(force, { component: 'force', nil: true })
  expect(Object.fromEntries(await states(desk))).toMatchObject({ force: 'nil', police: null })
  desk.clock.advance(12 * HOUR)
  const sent = await sendComponentReport(force, {
    component: 'force',
    nil: false,
    words: { situation: 'Calm', needs: ' ' },
  })
  expect(sent).toMatchObject({ state: 'reported', day: '2026-03-02', words: { situation: 'Calm' } })
  const police = await sendComponentReport(await desk.as('policeHq'), { component: 'police', nil: true })
  expect(police.at).toBeGreaterThan(police.dueAt)
  expect(police.day).toBe('2026-03-02')
  expect(Object.fromEntries(await states(desk))).toMatchObject({ force: 'reported', police: 'nil' })
})

it('refuses whoever does not report for it, an empty report, and shows partners none of it', async () => {
  const desk = await openDesk()
  const nil = { component: 'force', nil: true }
  expect(await refusalCode(sendComponentReport(await desk.as('policeHq'), nil))).toBe('not_allowed')
  expect(await refusalCode(sendComponentReport(await desk.as('forceHq'), { ...nil, component: 'x' }))).toBe(
    'not_found',
  )
  expect(
    await refusalCode(sendComponentReport(await desk.as('forceHq'), { component: 'force', nil: false })),
  ).toBe('report_empty')
  expect((await readComponentReports(await desk.as('unhcr')))!.components).toEqual([])
})

it('names in the operations centre’s digest who has not yet reported, and nobody before it is due', async () => {
  const desk = await openDesk()
  await desk.store.write(async ({ channels }) => {
    await channels.update(CENTRE, { isPublic: false })
    await channels.setMembers(CENTRE, [{ teamId: 'T0MISSION', userId: 'U0JOCWATCH' }], ASKED + 3 * HOUR)
  })
  const silent = async () => {
    const window = { from: desk.clock.now() - DAY, to: desk.clock.now() }
    const digest = await channelDigest(desk.system, CENTRE, window, null)
    return digest!.given.reports!.map(({ component }) => component.id)
  }
  desk.clock.set(ASKED + HOUR)
  expect(await silent()).toEqual([])
  await sendComponentReport(await desk.as('forceHq'), { component: 'force', nil: true })
  desk.clock.set(ASKED + 3 * HOUR)
  expect(await silent()).toEqual(['police', 'civil_affairs', 'human_rights'])
})
