import { expect, it } from 'vitest'
import { addDetails, correct, markForSpecialist } from '../../src/operations/alert.ts'
import {
  decideEarlyWarning,
  earlyWarningsWaiting,
  readEarlyWarning,
} from '../../src/operations/early-warning.ts'
import { DAY, type Desk, HOUR, MINUTE, openDesk, refusalCode, type Who } from '../support/operations.ts'

async function warn(desk: Desk, by: Who = 'liaison', urgency = 'tension') {
  desk.clock.advance(MINUTE)
  const ctx = await desk.as(by)
  const { alert } = await desk.raise({ urgency }, ctx)
  await addDetails(ctx, { alertId: alert.id, version: alert.version, threat: 'crime' })
  return alert
}

const waiting = async (desk: Desk, name: Who) => earlyWarningsWaiting(await desk.as(name))
const told = async (desk: Desk) =>
  (await desk.said())
    .filter(({ kind, data }) => kind.startsWith('early_warning') || data.record === 'early_warning')
    .map(({ kind, target }) => `${kind}@${target}`)

it('the third low warning of a kind in an area comes before those who decide, as one item', async () => {
  const desk = await openDesk()
  await warn(desk)
  await warn(desk, 'duty')
  expect(await told(desk)).toEqual([])
  const third = await warn(desk, 'company', 'within_72h')
  expect(await told(desk)).toEqual(
    ['U0JOCWATCH', 'U0POCADVISER'].flatMap(user => [`card@${user}`, `early_warning.asked@${user}`]),
  )
  const [item] = await waiting(desk, 'joc')
  expect(item?.row).toMatchObject({ threat: 'crime', state: 'open' })
  expect(item?.alerts.map(({ alert }) => alert.id)).toContain(third.id)
  expect(await waiting(desk, 'duty')).toEqual([])
  await warn(desk)
  expect(await told(desk)).toContain('early_warning.grown@U0JOCWATCH')
  expect(await waiting(desk, 'pocAdviser')).toHaveLength(1)
})

it('a warning that becomes one by correcting counts, and an alert that is imminent does not', async () => {
  const desk = await openDesk()
  await warn(desk)
  await warn(desk)
  const urgent = await warn(desk, 'joc', 'imminent')
  expect(await waiting(desk, 'joc')).toEqual([])
  await correct(await desk.as('joc'), {
    alertId: urgent.id,
    version: (await desk.facts({ alert: urgent })).alert.version,
    place: { id: 'karamba-market' },
    urgency: 'tension',
  })
  expect(await waiting(desk, 'joc')).toHaveLength(1)
})

it('reminds until somebody decides, and then no more', async () => {
  const desk = await openDesk()
  for (let n = 0; n < 3; n++) await warn(desk)
  await desk.said()
  await desk.pass(2 * DAY + HOUR)
  const reminders = (await told(desk)).filter(each => each === 'early_warning.reminder@U0JOCWATCH')
  expect(reminders).toHaveLength(2)
  const [item] = await waiting(desk, 'joc')
  await decideEarlyWarning(await desk.as('pocAdviser'), {
    warningId: item!.row.id,
    decision: 'act',
    reason: 'Patrols doubled by Friday',
  })
  expect(await waiting(desk, 'joc')).toEqual([])
  // Who stands in for the operations centre too decides as the POC adviser.
  expect((await readEarlyWarning(await desk.as('joc'), item!.row.id)).row.decidedRole).toBe('poc_adviser')
  await desk.said()
  await desk.pass(3 * DAY)
  expect(await told(desk)).toEqual([])
  const again = decideEarlyWarning(await desk.as('joc'), {
    warningId: item!.row.id,
    decision: 'no_action',
    reason: 'No',
  })
  expect(await refusalCode(again)).toBe('already_done')
})

it('asks again when the time of monitoring has come, and when it grows after nothing was done', async () => {
  const desk = await openDesk()
  for (let n = 0; n < 3; n++) await warn(desk)
  const [item] = await waiting(desk, 'joc')
  const warningId = item!.row.id
  const joc = await desk.as('joc')
  await decideEarlyWarning(joc, { warningId, decision: 'monitor', until: desk.clock.now() + 5 * HOUR })
  expect(await waiting(desk, 'joc')).toEqual([])
  await desk.pass(5 * HOUR + MINUTE)
  expect(await waiting(desk, 'joc')).toHaveLength(1)
  await decideEarlyWarning(joc, { warningId, decision: 'no_action', reason: 'Known to the police' })
  await warn(desk)
  expect((await waiting(desk, 'joc'))[0]?.alerts).toHaveLength(4)
})

it('is read and decided by those alone who may read every warning, and says why not', async () => {
  const desk = await openDesk()
  for (let n = 0; n < 3; n++) await warn(desk)
  const [item] = await waiting(desk, 'joc')
  const warningId = item!.row.id
  expect(await refusalCode(readEarlyWarning(await desk.as('ngo'), warningId))).toBe('not_found')
  expect(await refusalCode(readEarlyWarning(await desk.as('duty'), warningId))).toBe('not_allowed')
  const joc = await desk.as('joc')
  expect(await refusalCode(decideEarlyWarning(joc, { warningId, decision: 'no_action' }))).toBe(
    'text_missing',
  )
  expect(await refusalCode(decideEarlyWarning(joc, { warningId, decision: 'monitor' }))).toBe('time_past')
  expect(await refusalCode(decideEarlyWarning(joc, { warningId, decision: 'wait' }))).toBe('unknown_term')
})

it('lets go of a warning that is marked for a specialist', async () => {
  const desk = await openDesk()
  await warn(desk)
  await warn(desk)
  const third = await warn(desk)
  const { version } = (await desk.facts({ alert: third })).alert
  await markForSpecialist(await desk.as('joc'), { alertId: third.id, version, layers: ['child_protection'] })
  expect((await waiting(desk, 'joc'))[0]?.alerts).toHaveLength(2)
})
