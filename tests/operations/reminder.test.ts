import { DateTime } from 'luxon'
import { expect, it } from 'vitest'
import type { ReminderPlan } from '../../src/domain/reminder.ts'
import { answerItem, drawDown, settleItem } from '../../src/operations/drawdown.ts'
import { askGate, decideGate, suspend } from '../../src/operations/gate.ts'
import { acceptHandover, declineHandover, handOver } from '../../src/operations/handover.ts'
import { remindables } from '../../src/operations/remindables.ts'
import { fireReminder, type Remindable, remindOf, snooze } from '../../src/operations/reminder.ts'
import { subscribe } from '../../src/operations/subscription.ts'
import { task } from '../../src/operations/tasking.ts'
import { DAY, type Desk, HOUR, openDesk, refusalCode, who } from '../support/operations.ts'

const day = (desk: Desk, days: number) => new Date(desk.clock.now() + days * DAY).toISOString().slice(0, 10)
const reminders = async (desk: Desk) => (await desk.said()).filter(({ kind }) => kind === 'reminder')

async function give(desk: Desk, hours: number, more: object = {}) {
  const { tasking } = await task(await desk.as('forceHq'), {
    origin: { kind: 'none', id: null },
    role: 'force_hq',
    to: 'company_duty_officer@north',
    result: 'The ford is watched',
    tier: 2,
    dueAt: desk.clock.now() + hours * HOUR,
    ...more,
  })
  return tasking
}

it('what runs out and what should begin again come in one message in the morning, whatever kind they are', async () => {
  const desk = await openDesk()
  const rights = await desk.as('humanRights')
  const { gate } = await askGate(rights, {
    template: 'due_diligence',
    about: 'logistics',
    fields: { unit: '2nd Brigade', commander: 'The commander', assessment: 'Two open cases' },
  })
  // Both fall due at the same midnight: fourteen days before the clearance ends, and as the day of the restart begins.
  await decideGate(await desk.as('leadership'), {
    gateId: gate.id,
    decision: 'cleared',
    expiresDay: day(desk, 20),
  })
  const consultation = await askGate(await desk.as('forceHq'), {
    template: 'consultation',
    district: 'Karamba',
    days: 3,
    fields: { reference: 'OPS-114', harm: 'Homes near the road', contact: 'Duty line' },
  })
  await suspend(rights, {
    gateId: consultation.gate.id,
    what: 'Visits to the west',
    restartDay: day(desk, 7),
  })
  await desk.said()
  await desk.pass(8 * DAY)
  const [first] = (await reminders(desk)).filter(({ target }) => target === who.humanRights)
  const ids = first?.data.reminders as string[]
  const kinds = await Promise.all(ids.map(async id => (await desk.store.read.reminders.byId(id))?.recordKind))
  expect(kinds.sort()).toEqual(['gate', 'suspension'])
})

it('quiet hours are those of the person’s own zone, and what is urgent does not wait for their end', async () => {
  const desk = await openDesk()
  const zone = 'Pacific/Auckland'
  const id = await desk.id('company')
  await desk.store.write(({ people }) => people.update(id, { zone }))
  const { quiet } = desk.mission.reminders
  // A day before its date it is three in the night in Auckland.
  const night = DateTime.fromMillis(desk.clock.now(), { zone })
    .plus({ days: 2 })
    .startOf('day')
    .plus({ hours: 3 })
  const tasking = await give(desk, (night.toMillis() + DAY - desk.clock.now()) / HOUR)
  const urgent = await give(desk, 5)
  const [row] = await desk.store.read.reminders.ofRecord('tasking', tasking.id)
  expect(DateTime.fromMillis(row!.nextDueAt!, { zone }).toFormat('HH:mm')).toBe(quiet?.to)
  const [now] = await desk.store.read.reminders.ofRecord('tasking', urgent.id)
  expect(now?.nextDueAt).toBe(urgent.dueAt)
})

it('one reminder that fails holds back no other, and is tried again by its own timer', async () => {
  const desk = await openDesk()
  const at = desk.clock.now() + HOUR
  const plan: ReminderPlan = {
    rules: [{ when: 'on_due', byMs: 0, everyMs: null, most: 1 }],
    dueAt: at,
    since: desk.clock.now(),
    imminent: true,
  }
  const person = (await desk.store.read.people.byId(await desk.id('company')))!
  for (const kind of ['whole', 'broken'])
    await desk.store.write(tx => remindOf({ ...desk.system, tx }, { kind, id: kind }, [person], plan))
  desk.clock.set(at)
  const whole: Remindable = { plan: async () => plan }
  const broken: Remindable = {
    async plan() {
      throw new Error('cannot be read')
    },
  }
  const row = async (kind: string) => (await desk.store.read.reminders.ofRecord(kind, kind))[0]!
  await fireReminder(desk.system, { recordId: (await row('whole')).id }, { whole, broken })
  expect((await reminders(desk)).map(({ data }) => data.reminders)).toEqual([[(await row('whole')).id]])
  expect(await row('broken')).toMatchObject({ active: true, nextDueAt: at, fired: 0 })
  await expect(
    fireReminder(desk.system, { recordId: (await row('broken')).id }, { whole, broken }),
  ).rejects.toThrow('cannot be read')
})

it('each choice of putting off is an event, is heard of at its time, and is nobody else’s to make', async () => {
  const desk = await openDesk()
  const tasking = await give(desk, 40)
  const record = { kind: 'tasking', id: tasking.id }
  const company = await desk.as('company')
  expect(await refusalCode(snooze(company, { record, choice: 'never' }, remindables))).toBe('unknown_term')
  expect(await refusalCode(snooze(await desk.as('head'), { record, choice: '4h' }, remindables))).toBe(
    'nothing_awaited',
  )
  const { until } = await snooze(company, { record, choice: 'tomorrow' }, remindables)
  const events = await desk.store.read.events.ofRecord('tasking', tasking.id)
  expect(events.at(-1)).toMatchObject({ kind: 'tasking.snoozed', data: { until, choice: 'tomorrow' } })
  await desk.said()
  await desk.pass(until - desk.clock.now() - HOUR)
  expect(await reminders(desk)).toEqual([])
  await desk.pass(2 * HOUR)
  expect((await reminders(desk)).map(({ target }) => target)).toEqual([who.company])
})

it('whatever kind a reminder is of, it is put off where it was said, and said again at that time', async () => {
  const desk = await openDesk()
  const rights = await desk.as('humanRights')
  const { gate } = await askGate(rights, {
    template: 'due_diligence',
    about: 'logistics',
    fields: { unit: '2nd Brigade', commander: 'The commander', assessment: 'Two open cases' },
  })
  const cleared = { gateId: gate.id, decision: 'cleared', expiresDay: day(desk, 20) }
  await decideGate(await desk.as('leadership'), cleared)
  const { gate: planned } = await askGate(await desk.as('forceHq'), {
    template: 'consultation',
    district: 'Karamba',
    days: 3,
    fields: { reference: 'OPS-114', harm: 'Homes near the road', contact: 'Duty line' },
  })
  await suspend(rights, { gateId: planned.id, what: 'Visits to the west', restartDay: day(desk, 7) })
  await desk.pass(8 * DAY)
  const said = (await reminders(desk)).findLast(({ target }) => target === who.humanRights)
  const ids = said?.data.reminders as string[]
  expect(ids).toHaveLength(2)
  for (const reminderId of ids) {
    expect(await refusalCode(snooze(await desk.as('head'), { reminderId, choice: '4h' }, remindables))).toBe(
      'nothing_awaited',
    )
    const { until } = await snooze(rights, { reminderId, choice: '1h' }, remindables)
    const row = (await desk.store.read.reminders.byId(reminderId))!
    expect((await desk.store.read.events.ofRecord(row.recordKind, row.recordId)).at(-1)).toMatchObject({
      kind: `${row.recordKind}.snoozed`,
      data: { until, choice: '1h' },
    })
  }
  await desk.pass(HOUR)
  const again = (await reminders(desk)).findLast(({ target }) => target === who.humanRights)
  expect(new Set(again?.data.reminders as string[])).toEqual(new Set(ids))
  await decideGate(rights, { gateId: gate.id, decision: 'suspended', reason: 'New cases' })
  const [row] = (await desk.store.read.reminders.ofRecord('gate', gate.id)).filter(({ id }) =>
    ids.includes(id),
  )
  const late = { reminderId: row!.id, choice: '1h' }
  expect(await refusalCode(snooze(rights, late, remindables))).toBe('nothing_awaited')
})

it('putting off quiets the person alone: what is late climbs all the same, and is said again at its time', async () => {
  const desk = await openDesk()
  const { id } = await give(desk, 30)
  const company = await desk.as('company')
  const put = { record: { kind: 'tasking', id }, choice: 'monday' }
  const { until } = await snooze(company, put, remindables)
  await desk.said()
  await desk.pass(until - desk.clock.now() - HOUR)
  expect((await reminders(desk)).filter(({ target }) => target === who.company)).toEqual([])
  const climbed = (await desk.store.read.events.ofRecord('tasking', id)).filter(
    ({ kind }) => kind === 'tasking.climbed',
  )
  expect(climbed.length).toBeGreaterThan(0)
  await desk.pass(2 * HOUR)
  expect((await reminders(desk)).filter(({ target }) => target === who.company)).toHaveLength(1)
})

it('who of the mission was asked to take something over is reminded until they answer; of an agency, whoever asked', async () => {
  const desk = await openDesk()
  const joc = await desk.as('joc')
  const functions = 'Camp security\nEarly warning network'
  const closure = { kind: 'base_closure', base: 'kowa', day: day(desk, 60), functions }
  const { entries } = await drawDown(await desk.as('leadership'), closure)
  const [own, asked] = entries.filter(({ item }) => item.kind === 'function').map(({ item }) => item.id)
  await settleItem(joc, { itemId: own!, receiver: { userId: who.head } })
  await settleItem(joc, { itemId: asked!, receiver: { userId: who.unhcr } })
  await desk.said()
  await desk.pass(5 * DAY)
  const said = await reminders(desk)
  expect(said.map(({ target }) => target).sort()).toEqual([who.head, who.head, who.joc, who.joc].sort())
  const events = await desk.store.read.events.ofRecord('drawdown_item', own!)
  expect(events.map(({ kind }) => kind)).toEqual(['drawdown_item.reminded', 'drawdown_item.reminded'])
  const record = { kind: 'drawdown_item', id: own! }
  const head = await desk.as('head')
  await snooze(head, { record, choice: '4h' }, remindables)
  expect((await desk.store.read.events.ofRecord(record.kind, own!)).at(-1)?.kind).toBe(
    'drawdown_item.snoozed',
  )
  await answerItem(head, { itemId: own!, answer: 'accepted' })
  await answerItem(await desk.as('unhcr'), { itemId: asked!, answer: 'declined' })
  await desk.said()
  await desk.pass(10 * DAY)
  expect(await reminders(desk)).toEqual([])
})

it('what a leaver hands on is named to the successor every morning in one message, until it is answered', async () => {
  const desk = await openDesk()
  const company = await desk.as('company')
  const tasking = await give(desk, 400)
  const to = { userId: who.sectorHq }
  await subscribe(company, { sector: 'north', means: 'direct' })
  const { items } = await handOver(company, {
    of: null,
    successors: { [`tasking:${tasking.id}`]: to, 'subscriptions:all': to },
  })
  const ids = items.filter(({ state }) => state === 'offered').map(({ id }) => id)
  expect(ids).toHaveLength(2)
  await desk.said()
  await desk.pass(DAY)
  const theirs = (await reminders(desk)).filter(({ target }) => target === who.sectorHq)
  expect(theirs.map(({ data }) => (data.reminders as string[]).length)).toEqual([2])
  const successor = await desk.as('sectorHq')
  const [first, second] = ids
  await acceptHandover(successor, { itemId: first! })
  await snooze(successor, { record: { kind: 'handover', id: second! }, choice: '4h' }, remindables)
  expect((await desk.store.read.events.ofRecord('handover', second!)).map(({ kind }) => kind)).toEqual([
    'handover.reminded',
    'handover.snoozed',
  ])
  await declineHandover(successor, { itemId: second! })
  await desk.pass(2 * DAY)
  expect((await reminders(desk)).filter(({ target }) => target === who.sectorHq)).toEqual([])
})
