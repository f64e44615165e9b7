import { expect, test } from 'vitest'
import type { IndicatorKind } from '../../src/domain/indicators.ts'
import type { ChannelReader } from '../../src/domain/sharing.ts'
import { acknowledge, respond } from '../../src/operations/alert.ts'
import { personReader } from '../../src/operations/channel.ts'
import { indicatorsFor, readIndicators, requestIndicators } from '../../src/operations/indicators.ts'
import { proposeRelease, release } from '../../src/operations/release.ts'
import { DAY, type Desk, MINUTE, openDesk, refusalCode, type Who } from '../support/operations.ts'

async function seen(desk: Desk, by: Who = 'joc') {
  const { rows } = await readIndicators(await desk.as(by))
  return (kind: IndicatorKind) => rows.find(row => row.kind === kind)!
}

test('figures of the whole mission are for those who answer for the whole, and nobody else is sent them', async () => {
  const desk = await openDesk()
  for (const name of ['joc', 'pocAdviser', 'leadership', 'forceHq'] as const)
    await requestIndicators(await desk.as(name), { form: 'csv' })
  for (const name of ['company', 'ngo', 'liaison', 'humanRights'] as const) {
    const ctx = await desk.as(name)
    expect(await refusalCode(readIndicators(ctx))).toBe('figures_not_yours')
    expect(await refusalCode(requestIndicators(ctx, { form: 'csv' }))).toBe('figures_not_yours')
  }
  expect(await refusalCode(requestIndicators(await desk.as('joc'), { form: 'film' }))).toBe('unknown_term')
})

test('alerts count once they are answered; exercises never; and a week of few is told apart from none', async () => {
  const desk = await openDesk()
  const first = (await desk.raise()).alert.id
  await desk.raise({ what: 'Another village' })
  const drill = (await desk.raise({ what: 'A drill' })).alert.id
  await desk.store.write(({ alerts }) => alerts.update(drill, 1, { exercise: true }))
  desk.clock.advance(4 * MINUTE)
  await acknowledge(await desk.as('company'), { alertId: first })
  await respond(await desk.as('company'), { alertId: first, who: 'Patrol', until: null })
  const of = await seen(desk)
  expect(of('acknowledged')).toMatchObject({ span: { done: 1, of: 2, median: 4 * MINUTE }, week: null })
  expect(of('decided').span).toMatchObject({ done: 1, of: 2 })
  expect(of('responded').span).toMatchObject({ done: 0, of: 2 })
  expect(of('acknowledged').before).toMatchObject({ done: 0, of: 0 })
  desk.clock.advance(91 * DAY)
  expect((await seen(desk))('acknowledged').span.of).toBe(0)
})

test('what is shared is counted in the direction it goes, refused or not', async () => {
  const desk = await openDesk()
  const alert = (await desk.raise()).alert.id
  const proposal = {
    alertId: alert,
    what: 'summary',
    summary: 'Armed men near the market.',
    constituencies: ['un_agency'],
    channels: [],
    why: 'So that aid keeps away',
    sensitivity: 'moderate',
    tlp: 'amber',
    requestKey: null,
  }
  const liaison = await desk.as('liaison')
  const { release: row } = await proposeRelease(liaison, proposal)
  await proposeRelease(liaison, { ...proposal, summary: 'The same in other words.' })
  desk.clock.advance(30 * MINUTE)
  await release(await desk.as('pocAdviser'), { releaseId: row.id })
  const of = await seen(desk)
  expect(of('released_out').span).toEqual({ done: 1, of: 2, median: 30 * MINUTE })
  expect(of('released_in').span.of).toBe(0)
})

test('a channel reads them where each of its members does, and no other channel', async () => {
  const desk = await openDesk()
  const channel = async (...names: Who[]): Promise<ChannelReader> => ({
    kind: 'channel',
    isPublic: false,
    membersAt: desk.clock.now(),
    members: await Promise.all(
      names.map(async name => {
        const person = await desk.store.read.people.byId(await desk.id(name))
        return personReader(desk.store.read, person!, desk.clock.now())
      }),
    ),
  })
  const reads = async (reader: ChannelReader) => (await indicatorsFor(desk.system, reader)) !== null
  expect(await reads(await channel('joc', 'pocAdviser'))).toBe(true)
  expect(await reads(await channel('joc', 'company'))).toBe(false)
  expect(await reads(await channel())).toBe(false)
  expect(await reads({ ...(await channel('joc')), isPublic: true })).toBe(false)
  expect(await reads({ ...(await channel('joc')), membersAt: null })).toBe(false)
})
