import { expect, it } from 'vitest'
import { askGate, findGate } from '../../src/operations/gate.ts'
import { endNotice, notices, notify, readsNotice } from '../../src/operations/notice.ts'
import { DAY, type Desk, openDesk, refusal, refusalCode, type Who } from '../support/operations.ts'

const day = (desk: Desk, days: number) => new Date(desk.clock.now() + days * DAY).toISOString().slice(0, 10)
const given = (desk: Desk, more: object = {}) => ({
  reference: 'HNS-2026-117',
  kind: 'movement',
  district: 'Karamba',
  fromDay: day(desk, 1),
  toDay: day(desk, 3),
  ...more,
})

it('OCHA alone notifies, by its reference and never by a position or an hour', async () => {
  const desk = await openDesk()
  for (const name of ['unhcr', 'ngo', 'joc', 'sectorHq'] as const)
    expect([name, await refusalCode(notify(await desk.as(name), given(desk)))]).toEqual([name, 'not_decider'])
  const ocha = await desk.as('ocha')
  for (const reference of ['HNS 06:30', 'LK 1234 5678', '-7.10, -9.21'])
    expect(await refusal(notify(ocha, given(desk, { reference })))).toMatchObject({
      code: 'by_secure_means',
      field: 'reference',
    })
  expect(await refusalCode(notify(ocha, given(desk, { toDay: day(desk, -1) })))).toBe('ends_before_start')
  expect(await refusalCode(notify(ocha, given(desk, { fromDay: day(desk, -1) })))).toBe('day_past')
  expect(await refusalCode(notify(ocha, given(desk, { toDay: day(desk, 200) })))).toBe('time_too_far')
})

it('those who plan there read the reference and nothing more; nobody else reads anything', async () => {
  const desk = await openDesk()
  const notice = await notify(await desk.as('ocha'), given(desk))
  expect((await desk.said()).map(({ target }) => target).sort()).toEqual([
    'U0BATTALIONNORTH',
    'U0OCHA',
    'U0SECTORNORTH',
  ])
  const reads = async (name: Who) =>
    readsNotice(desk.system, notice, (await desk.store.read.people.byId(await desk.id(name)))!)
  expect(await reads('ocha')).toBe('all')
  expect(await reads('sectorHq')).toBe('reference')
  for (const name of ['sectorHqSouth', 'joc', 'duty', 'unhcr', 'ngo', 'liaison', 'forceHq'] as const)
    expect([name, await reads(name)]).toEqual([name, null])
  const [seen] = await notices(await desk.as('sectorHq'))
  expect(seen?.full).toBe(false)
})

it('it expires, may be ended once, and stands beside a consultation about the same district', async () => {
  const desk = await openDesk()
  const ocha = await desk.as('ocha')
  const notice = await notify(ocha, given(desk))
  const consultation = {
    template: 'consultation',
    district: 'Karamba',
    days: 3,
    fields: { reference: 'OPS-114', harm: 'Homes near the road', contact: 'Duty line' },
  }
  const { gate } = await askGate(await desk.as('forceHq'), consultation)
  expect((await findGate(await desk.as('forceHq'), gate.code)).facts.notified).toEqual(['HNS-2026-117'])
  const second = await notify(ocha, given(desk))
  await endNotice(ocha, { noticeId: second.id })
  expect(await refusalCode(endNotice(ocha, { noticeId: second.id }))).toBe('already_done')
  await desk.pass(5 * DAY)
  expect((await desk.store.read.notices.byId(notice.id))?.endedAt).not.toBeNull()
  expect((await findGate(await desk.as('forceHq'), gate.code)).facts.notified).toEqual([])
})
