import { expect, it } from 'vitest'
import { acknowledge, close, reopen, respond, verify, withdraw } from '../../src/operations/alert.ts'
import { DAY, HOUR, MINUTE, openDesk, refusalCode } from '../support/operations.ts'

it('a reopened alert is put to its owners again, and their clocks start anew', async () => {
  const desk = await openDesk()
  const facts = await desk.raise()
  const { id: alertId } = facts.alert
  await acknowledge(await desk.as('company'), { alertId })
  await respond(await desk.as('company'), { alertId, who: 'Patrol Bravo' })
  await close(await desk.as('joc'), { alertId, outcome: 'averted', note: 'The wrong one' })
  desk.clock.advance(HOUR)
  await desk.said()
  const reopened = await reopen(await desk.as('joc'), { alertId, note: 'Closed by mistake' })
  expect(reopened.alert).toMatchObject({ lifecycle: 'open', outcome: null })
  for (const { state } of reopened.owners) {
    expect(state).toMatchObject({ acknowledged: null, decision: null, awaiting: 'acknowledge' })
    expect(state.dueAt).toBe(desk.clock.now() + 10 * MINUTE)
  }
  const told = async () => new Set((await desk.said()).map(({ target }) => target))
  expect(await told()).toEqual(new Set(['C0POCNORTH', 'C0JOCWATCH', 'U0COMPANYKARAMBA', 'U0DUTYKARAMBA']))
  await desk.pass(11 * MINUTE)
  expect(await told()).toContain('U0BATTALIONNORTH')
})

it('what ended is reopened by who could have ended it, and once only', async () => {
  const desk = await openDesk()
  const closed = await desk.raise()
  const alertId = closed.alert.id
  expect(await refusalCode(reopen(await desk.as('joc'), { alertId, note: 'Why' }))).toBe('not_ended')
  await close(await desk.as('joc'), { alertId, outcome: 'averted', note: 'Done' })
  expect(await refusalCode(reopen(await desk.as('liaison'), { alertId, note: '' }))).toBe('text_missing')
  expect(await refusalCode(reopen(await desk.as('companySouth'), { alertId, note: 'Why' }))).toBe(
    'not_allowed',
  )
  const own = await desk.raise({}, await desk.as('ngo'))
  await withdraw(await desk.as('ngo'), { alertId: own.alert.id, note: 'Mistaken' })
  const again = await reopen(await desk.as('ngo'), { alertId: own.alert.id, note: 'It is true' })
  expect(again.alert.lifecycle).toBe('open')
})

it('the cards of a reopened alert stay when those of the ended one would have gone', async () => {
  const desk = await openDesk()
  const { alert } = await desk.raise()
  await close(await desk.as('joc'), { alertId: alert.id, outcome: 'averted', note: 'Done' })
  await reopen(await desk.as('joc'), { alertId: alert.id, note: 'Mistake' })
  const timer = await desk.store.read.timers.byKey(`alert.cards:${alert.id}`)
  expect(timer?.state).toBe('cancelled')
  await desk.pass(15 * DAY)
  expect((await desk.store.read.events.ofRecord('alert', alert.id)).map(({ kind }) => kind)).not.toContain(
    'alert.cards_removed',
  )
})

it('verification moves by itself, says who said so on what ground, and changes nothing of the response', async () => {
  const desk = await openDesk()
  const facts = await desk.raise()
  const alertId = facts.alert.id
  const before = (await desk.facts(facts)).owners
  const joc = await desk.as('joc')
  await verify(joc, { alertId, state: 'verifying', ground: 'partner' })
  const verified = await verify(joc, { alertId, state: 'verified', ground: 'own_observation' })
  expect(verified.verifications).toMatchObject([
    { state: 'verifying', ground: 'partner', role: 'joc_watch' },
    { state: 'verified', ground: 'own_observation', at: desk.clock.now() },
  ])
  expect(verified.owners).toEqual(before)
  const again = { alertId, state: 'verified', ground: 'partner' }
  expect(await refusalCode(verify(joc, again))).toBe('already_done')
  expect(await refusalCode(verify(joc, { alertId, state: 'unverified', ground: 'partner' }))).toBe(
    'unknown_term',
  )
  expect(await refusalCode(verify(joc, { alertId, state: 'unfounded', ground: 'other' }))).toBe(
    'note_missing',
  )
  expect(await refusalCode(verify(await desk.as('companySouth'), again))).toBe('not_allowed')
})
