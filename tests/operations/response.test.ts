import { expect, it } from 'vitest'
import { renderers } from '../../src/jobs/rendering/index.ts'
import { createLocales } from '../../src/locales/index.ts'
import { actorAsReader, asReadBy, mayReadResponse } from '../../src/operations/alert/reading.ts'
import { close, markForSpecialist, readAlert, respond, withdraw } from '../../src/operations/alert.ts'
import { exposedIn } from '../../src/operations/channel/facts.ts'
import { personReader } from '../../src/operations/channel.ts'
import { amendResponse, axisOf, recordResponse, withdrawResponse } from '../../src/operations/response.ts'
import { applyRetention } from '../../src/operations/retention.ts'
import { task } from '../../src/operations/tasking.ts'
import { DAY, type Desk, MINUTE, openDesk, refusal, refusalCode, type Who } from '../support/operations.ts'

const patrol = (desk: Desk, change = {}) => ({
  responder: 'mission_military',
  tier: 2,
  did: 'Patrol stays at the market',
  startedAt: desk.clock.now(),
  ...change,
})
const partner = (desk: Desk, change = {}) =>
  patrol(desk, { responder: 'humanitarian_partner', tier: 3, ...change })

async function reads(desk: Desk, name: Who, alertId: string, responseId: string): Promise<boolean> {
  const facts = await desk.facts({ alert: { id: alertId } })
  const row = facts.responses.find(({ id }) => id === responseId)!
  const person = (await desk.store.read.people.byId(await desk.id(name)))!
  return mayReadResponse(
    desk.system,
    facts,
    row,
    await personReader(desk.store.read, person, desk.clock.now()),
  )
}

it('several responses by different responders stand side by side, each with its times', async () => {
  const desk = await openDesk()
  const { alert } = await desk.raise()
  const alertId = alert.id
  await recordResponse(await desk.as('company'), { ...patrol(desk), alertId })
  desk.clock.advance(30 * MINUTE)
  const times = { startedAt: desk.clock.now() - 20 * MINUTE, arrivedAt: desk.clock.now() - MINUTE }
  await recordResponse(await desk.as('duty'), {
    ...patrol(desk, { responder: 'civilian_section', tier: 1, ...times, endedAt: desk.clock.now() }),
    alertId,
  })
  const { responses } = await desk.facts({ alert })
  expect(responses.map(({ responder, tier, arrivedAt }) => [responder, tier, arrivedAt])).toEqual([
    ['mission_military', 2, null],
    ['civilian_section', 1, times.arrivedAt],
  ])
})

it('times follow each other and none is still to come', async () => {
  const desk = await openDesk()
  const { alert } = await desk.raise()
  const now = desk.clock.now()
  const ctx = await desk.as('company')
  const refused = async (change: object) =>
    refusal(recordResponse(ctx, { ...patrol(desk, change), alertId: alert.id }))
  expect(await refused({ startedAt: now + 1 })).toMatchObject({ code: 'time_future', field: 'startedAt' })
  expect(await refused({ arrivedAt: now - 1 })).toMatchObject({ code: 'times_disorder', field: 'arrivedAt' })
  expect(await refused({ endedAt: now - 1 })).toMatchObject({ code: 'times_disorder', field: 'endedAt' })
  expect(await refused({ tier: 4 })).toMatchObject({ code: 'unknown_term', field: 'tier' })
  expect(await refused({ result: 'fine' })).toMatchObject({ code: 'unknown_term', field: 'result' })
  expect(await refused({ did: ' ' })).toMatchObject({ code: 'text_missing', field: 'did' })
})

it('a partner’s response is the partner’s own: it writes it down, names itself and says who reads it', async () => {
  const desk = await openDesk()
  const { alert } = await desk.raise({}, await desk.as('ngo'))
  const alertId = alert.id
  expect(await refusalCode(recordResponse(await desk.as('duty'), { ...partner(desk), alertId }))).toBe(
    'partner_own',
  )
  expect(await refusalCode(recordResponse(await desk.as('ngo'), { ...patrol(desk), alertId }))).toBe(
    'partner_own',
  )
  const { response } = await recordResponse(await desk.as('ngo'), {
    ...partner(desk, { readers: 'own_side', naming: 'none' }),
    alertId,
  })
  expect(response).toMatchObject({
    holder: 'ngo',
    audience: ['un_agency', 'ngo'],
    naming: 'none',
    organisation: null,
  })
  for (const name of ['duty', 'company', 'joc', 'humanRights'] as const)
    expect([name, await reads(desk, name, alertId, response.id)]).toEqual([name, false])
  expect(await reads(desk, 'ngo', alertId, response.id)).toBe(true)
  expect((await readAlert(await desk.as('duty'), alertId)).responses).toEqual([])
  const { response: open } = await recordResponse(await desk.as('ngo'), { ...partner(desk), alertId })
  expect(await reads(desk, 'duty', alertId, open.id)).toBe(true)
  const change = { ...partner(desk), responseId: open.id, version: 1 }
  expect(await refusalCode(amendResponse(await desk.as('duty'), change))).toBe('partner_own')
})

it('a line about it counts as exposed once its channel holds somebody who may read the alert and not it', async () => {
  const desk = await openDesk()
  const { alert } = await desk.raise({}, await desk.as('ngo'))
  const { response } = await recordResponse(await desk.as('ngo'), {
    ...partner(desk, { readers: 'own_side' }),
    alertId: alert.id,
  })
  const room = 'C0PROTECTION'
  const inside = async (...names: Who[]) => {
    const { read } = desk.store
    const people = await Promise.all(names.map(async name => (await read.people.byId(await desk.id(name)))!))
    await desk.store.write(async ({ channels }) => {
      await channels.update(room, { isPublic: false })
      await channels.setMembers(room, people, desk.clock.now())
    })
    const { postings } = await exposedIn(desk.system, read, (await read.channels.byId(room))!)
    return postings.length
  }
  const line = await renderers(createLocales('UTC', ['en']))['response.line']!(
    desk.system,
    {
      kind: 'response.line',
      recordId: alert.id,
      target: `person:${await desk.id('ngo')}`,
      data: { response: response.id, what: 'recorded' },
    } as never,
    0,
  )
  const holds = line.do === 'line' ? (line.holds ?? []) : []
  const posted = { channel: room, ts: '1.1', target: room, kind: 'response.line', recordId: alert.id }
  await desk.store.write(({ postings }) => postings.add({ ...posted, holds, postedAt: desk.clock.now() }))
  expect(await inside('ngo')).toBe(0)
  expect(await inside('ngo', 'duty')).toBe(1)
})

it('a response is put right from the version the person saw, and taken back once', async () => {
  const desk = await openDesk()
  const { alert } = await desk.raise()
  const ctx = await desk.as('company')
  const { response } = await recordResponse(ctx, { ...patrol(desk), alertId: alert.id })
  const change = { ...patrol(desk, { tier: 1, did: 'Spoke with elders' }), responseId: response.id }
  await amendResponse(ctx, { ...change, version: 1 })
  expect(await refusalCode(amendResponse(await desk.as('joc'), { ...change, version: 1 }))).toBe('stale')
  expect(await refusalCode(withdrawResponse(ctx, { responseId: response.id, version: 1 }))).toBe('stale')
  await withdrawResponse(ctx, { responseId: response.id, version: 2 })
  expect((await desk.facts({ alert })).responses).toEqual([])
  expect(await refusalCode(withdrawResponse(ctx, { responseId: response.id, version: 3 }))).toBe('not_found')
})

it('the tap “Responding” becomes one response, however often its form is sent', async () => {
  const desk = await openDesk()
  const { alert } = await desk.raise()
  const ctx = await desk.as('company')
  const { acts } = await respond(ctx, { alertId: alert.id, who: 'Patrol Bravo' })
  const given = { ...patrol(desk), alertId: alert.id, actId: acts.at(-1)!.id }
  await recordResponse(ctx, { ...given, requestKey: 'V1' })
  await recordResponse(ctx, { ...given, requestKey: 'V1' })
  expect(await refusalCode(recordResponse(ctx, { ...given, requestKey: 'V2' }))).toBe('already_done')
  expect((await desk.facts({ alert })).responses).toHaveLength(1)
})

it('a response may be written down after closing, and of an alert withdrawn none', async () => {
  const desk = await openDesk()
  const ctx = await desk.as('duty')
  const { alert } = await desk.raise()
  await close(ctx, { alertId: alert.id, outcome: 'averted', note: 'Over' })
  await recordResponse(ctx, { ...patrol(desk), alertId: alert.id })
  const { alert: other } = await desk.raise()
  await withdraw(ctx, { alertId: other.id, note: 'Raised twice' })
  expect(await refusalCode(recordResponse(ctx, { ...patrol(desk), alertId: other.id }))).toBe('already_ended')
})

it('whoever does not keep the record writes nothing down', async () => {
  const desk = await openDesk()
  const { alert } = await desk.raise()
  for (const name of ['policeHq', 'companySouth'] as const)
    expect([
      name,
      await refusalCode(recordResponse(await desk.as(name), { ...patrol(desk), alertId: alert.id })),
    ]).toEqual([name, 'not_allowed'])
})

it('words go with the specialist’s mark and with the time of the alert’s words', async () => {
  const desk = await openDesk()
  const ctx = await desk.as('duty')
  const { alert } = await desk.raise()
  await recordResponse(ctx, { ...patrol(desk, { who: 'Quagga' }), alertId: alert.id })
  const { version } = (await desk.store.read.alerts.byId(alert.id))!
  await markForSpecialist(ctx, { alertId: alert.id, version, layers: ['child_protection'] })
  await recordResponse(ctx, { ...patrol(desk, { did: 'Quagga' }), alertId: alert.id })
  const words = async (id: string) =>
    (await desk.facts({ alert: { id } })).responses.flatMap(({ who, did, resultNote }) => [
      who,
      did,
      resultNote,
    ])
  expect((await words(alert.id)).filter(Boolean)).toEqual([])
  const [layer] = await desk.store.read.alerts.layersOf([alert.id])
  expect(layer?.body?.notes.map(({ note }) => note)).toContain('Quagga')

  const { alert: other } = await desk.raise()
  await recordResponse(ctx, { ...patrol(desk), alertId: other.id })
  await close(ctx, { alertId: other.id, outcome: 'averted', note: 'Over' })
  desk.clock.advance(desk.mission.retention.alerts + DAY)
  await applyRetention(desk.system)
  expect((await words(other.id)).filter(Boolean)).toEqual([])
})

it('an alert about which somebody was openly tasked says so, until somebody goes', async () => {
  const desk = await openDesk()
  const { alert } = await desk.raise()
  const state = async () => axisOf(desk.system, await desk.facts({ alert })).state
  expect(await state()).toBe('none')
  const given = {
    to: 'battalion_operations@north',
    result: 'Patrol to the market',
    tier: 2,
    dueAt: desk.clock.now() + DAY,
    origin: { kind: 'alert', id: alert.id } as const,
  }
  await task(await desk.as('sectorHq'), { ...given, restricted: true })
  expect(await state()).toBe('none')
  await task(await desk.as('sectorHq'), given)
  expect(await state()).toBe('tasked')
  const outside = await desk.as('ngo')
  const facts = await desk.facts({ alert })
  expect(axisOf(outside, asReadBy(outside, facts, actorAsReader(outside)!)).state).toBe('none')
  await respond(await desk.as('company'), { alertId: alert.id, who: 'Patrol Bravo' })
  expect(await state()).toBe('en_route')
})
