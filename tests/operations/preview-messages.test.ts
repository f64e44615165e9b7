import { expect, it } from 'vitest'
import { personReader } from '../../src/operations/channel.ts'
import { callCrisis } from '../../src/operations/crisis.ts'
import { ask, mayReadInquiry } from '../../src/operations/inquiry.ts'
import { notify, readsNotice } from '../../src/operations/notice.ts'
import { mayReadPlan } from '../../src/operations/plan/facts.ts'
import { makePlan } from '../../src/operations/plan.ts'
import { type About, previewRecord } from '../../src/operations/preview.ts'
import { recordResponse } from '../../src/operations/response.ts'
import { amend, mayReadTasking, task } from '../../src/operations/tasking.ts'
import { previewModal } from '../../src/views/alert/preview.ts'
import { DAY, type Desk, HOUR, openDesk, refusalCode, type Who } from '../support/operations.ts'
import { viewIn } from '../views/surface.ts'

const preview = async (desk: Desk, name: Who, about: About) => previewRecord(await desk.as(name), about)
const personOf = async (desk: Desk, name: Who) => (await desk.store.read.people.byId(await desk.id(name)))!
const readerOf = async (desk: Desk, name: Who) =>
  personReader(desk.store.read, await personOf(desk, name), desk.clock.now())
const rolesIn = (shown: Awaited<ReturnType<typeof preview>>) =>
  shown.posts.flatMap(({ role }) => (role ? [role.role] : []))

it('a request for information is said to reach the releasing officer of the other side alone, as it does', async () => {
  const desk = await openDesk()
  const shown = await preview(desk, 'ngo', { noun: 'inquiry', side: 'mission' })
  expect(shown.posts.map(({ role, layers }) => [role?.role ?? 'you', layers])).toEqual([
    ['poc_adviser', ['record']],
    ['you', ['record']],
  ])
  expect(shown).toMatchObject({ channels: [], anybody: [], restricted: [] })
  const question = { what: 'Which roads are closed?', why: 'Convoys carry water', side: 'mission' }
  const inquiry = await ask(await desk.as('ngo'), question)
  for (const name of ['pocAdviser', 'ngo', 'joc', 'ocha'] as const)
    expect([name, await mayReadInquiry(desk.system, inquiry, await personOf(desk, name))]).toEqual([
      name,
      name === 'pocAdviser' || name === 'ngo',
    ])
})

it('of a notification those who plan there are said to read the reference, in the sector of its district', async () => {
  const desk = await openDesk()
  const shown = await preview(desk, 'ocha', { noun: 'notice', district: 'Karamba' })
  const sectors = new Set(shown.posts.flatMap(({ role }) => role?.sector ?? []))
  expect([...sectors]).toEqual(['north'])
  for (const { role, of } of shown.posts) expect(of).toBe(role ? 'reference' : undefined)
  const day = (days: number) => new Date(desk.clock.now() + days * DAY).toISOString().slice(0, 10)
  const notice = await notify(await desk.as('ocha'), {
    reference: 'HNS-2026-117',
    kind: 'movement',
    district: 'Karamba',
    fromDay: day(1),
    toDay: day(3),
  })
  expect(rolesIn(shown)).toContain('battalion_operations')
  expect(await readsNotice(desk.system, notice, await personOf(desk, 'battalion'))).toBe('reference')
  const anywhere = await preview(desk, 'ocha', { noun: 'notice', district: null })
  expect(anywhere.posts.length).toBeGreaterThan(shown.posts.length)
})

it('of a concern whoever writes it is not said to read it, and it is OCHA’s alone', async () => {
  const desk = await openDesk()
  const shown = await preview(desk, 'duty', { noun: 'concern' })
  expect(shown.posts).toEqual([{ role: { role: 'ocha_bridge_officer', sector: null }, layers: ['record'] }])
  expect(shown).toMatchObject({ channels: [], anybody: [], notes: ['unsigned'] })
})

it('of a partner’s response its own side alone is said to read, where it chose so', async () => {
  const desk = await openDesk()
  const { alert } = await desk.raise({}, await desk.as('ngo'))
  const about = (responder: string, readers: string | null) =>
    ({ noun: 'response', alertId: alert.id, responseId: null, responder, readers }) as const
  const mission = await preview(desk, 'company', about('mission_military', null))
  expect(mission.anybody).toEqual(alert.audience)
  expect(rolesIn(mission)).toContain('company_duty_officer')
  const own = await preview(desk, 'ngo', about('humanitarian_partner', 'own_side'))
  expect(own.anybody).toEqual(alert.audience.filter(each => each === 'un_agency' || each === 'ngo'))
  for (const { role, layers } of own.posts) expect(layers).toEqual(role ? [] : ['record'])
  for (const { layers } of own.channels) expect(layers).toEqual([])
  const said = { responder: 'humanitarian_partner', tier: 3, did: 'Shelter', readers: 'own_side' }
  const input = { ...said, alertId: alert.id, startedAt: desk.clock.now() }
  const { response } = await recordResponse(await desk.as('ngo'), input)
  expect(response.audience).toEqual(['un_agency', 'ngo'])
  expect(
    await refusalCode(preview(desk, 'duty', { ...about('mission_military', 'own_side'), alertId: 'none' })),
  ).toBe('not_found')
})

it('of a change to a tasking those are named who read the tasking', async () => {
  const desk = await openDesk()
  const ctx = await desk.as('battalion')
  for (const restricted of [false, true]) {
    const { tasking } = await task(ctx, {
      origin: { kind: 'none', id: null },
      to: 'company_duty_officer@north',
      result: 'Patrol to the market and back',
      tier: 2,
      dueAt: desk.clock.now() + 30 * HOUR,
      restricted,
    })
    const shown = await previewRecord(ctx, { noun: 'tasking_change', taskingId: tasking.id })
    expect(rolesIn(shown)).toContain('company_duty_officer')
    expect(shown.anybody.length > 0).toBe(!restricted)
    expect(shown.channels.length > 0).toBe(!restricted)
    const { version, dueAt } = tasking
    const changed = { taskingId: tasking.id, version, dueAt, result: 'Patrol to the well', steps: null }
    const facts = await amend(ctx, changed)
    expect(mayReadTasking(desk.system, facts, await readerOf(desk, 'company'))).toBe(true)
    expect(await refusalCode(preview(desk, 'ngo', { noun: 'tasking_change', taskingId: tasking.id }))).toBe(
      'not_found',
    )
  }
})

it('a joint plan is said to be read by the posts of its group and in the group’s channel', async () => {
  const desk = await openDesk()
  const joc = await desk.as('joc')
  const { forum } = await callCrisis(joc, {
    kind: 'crisis_forum',
    situation: 'Fighting near the base',
    channelId: 'C0JOCWATCH',
  })
  const at = { forumId: forum.forum.id, meetingId: null }
  const shown = await previewRecord(joc, { noun: 'plan', planId: null, ...at })
  expect(shown.channels.map(({ id }) => id)).toEqual(['C0JOCWATCH'])
  expect(shown.anybody).toEqual(forum.audience)
  const facts = await makePlan(joc, { ...at, goal: 'People in the site are safe' })
  for (const name of ['forceHq', 'policeHq'] as const)
    expect(mayReadPlan(desk.system, facts, await readerOf(desk, name))).toBe(true)
  expect(await previewRecord(joc, { noun: 'plan', planId: facts.plan.id, ...at })).toEqual(shown)
  expect(await refusalCode(preview(desk, 'ngo', { noun: 'plan', planId: facts.plan.id, ...at }))).toBe(
    'not_found',
  )
})

it('is said in the reader’s language, what one post reads less than the others included', async () => {
  const desk = await openDesk()
  const shown = await preview(desk, 'ocha', { noun: 'notice', district: 'Karamba' })
  const said = { en: 'the district and the reference', fr: 'le district et la référence' } as const
  for (const language of ['en', 'fr'] as const) {
    const modal = JSON.stringify(previewModal(viewIn(language), shown))
    expect(modal).toContain(said[language])
    expect(modal).not.toContain('alert.preview.')
  }
})

it('what is said to the authorities, and what a meeting is told, is read by those who read the alert or the meeting', async () => {
  const desk = await openDesk()
  const { alert } = await desk.raise()
  const about = { noun: 'telling', alertId: alert.id } as const
  const telling = await preview(desk, 'company', about)
  expect(telling.anybody).toEqual(alert.audience)
  expect(telling.channels.map(({ id }) => id)).toEqual(['C0POCNORTH', 'C0JOCWATCH'])
  expect(await refusalCode(preview(desk, 'ngo', about))).toBe('not_found')
  const { forum } = await callCrisis(await desk.as('joc'), {
    kind: 'crisis_forum',
    situation: 'Fighting near the base',
    channelId: 'C0JOCWATCH',
  })
  const at = { noun: 'meeting', forumId: forum.forum.id, meetingId: null } as const
  const meeting = await preview(desk, 'joc', at)
  expect(meeting.anybody).toEqual(forum.audience)
  expect(await refusalCode(preview(desk, 'ngo', at))).toBe('not_found')
})

it('a drawdown is for those who manage it, a component’s report for the readers of such reports', async () => {
  const desk = await openDesk()
  const drawdown = await preview(desk, 'joc', { noun: 'drawdown' })
  expect(rolesIn(drawdown)).toContain(desk.mission.operationsCentre.role)
  expect(drawdown).toMatchObject({ channels: [], anybody: [], notes: ['settled'] })
  const [component] = desk.mission.componentReports?.components ?? []
  const report = await preview(desk, 'joc', { noun: 'component_report', component: component!.id })
  expect(report.anybody).toEqual(desk.mission.componentReports?.audience)
  expect(report).toMatchObject({ channels: [], notes: [] })
})
