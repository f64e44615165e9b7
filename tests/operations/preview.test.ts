import { expect, it } from 'vitest'
import { personReader } from '../../src/operations/channel.ts'
import { previewRecord } from '../../src/operations/preview.ts'
import { mayReadTasking, task } from '../../src/operations/tasking.ts'
import { type Desk, openDesk, refusalCode, type Who } from '../support/operations.ts'

const HOUR = 3_600_000

async function inside(desk: Desk, room: string, ...names: Who[]): Promise<void> {
  const { read } = desk.store
  const people = await Promise.all(names.map(async name => (await read.people.byId(await desk.id(name)))!))
  await desk.store.write(async ({ channels }) => {
    await channels.update(room, { isPublic: false })
    await channels.setMembers(room, people, desk.clock.now())
  })
}

it('a place says in which channels it will stand, why not in others, and who can look it up', async () => {
  const desk = await openDesk()
  await inside(desk, 'C0POCNORTH', 'duty', 'company')
  const shown = await previewRecord(await desk.as('duty'), { noun: 'hotspot', sector: 'north' })
  expect(shown.channels).toEqual([{ id: 'C0POCNORTH', obstacle: null, layers: ['record'] }])
  expect(shown.anybody).toEqual(desk.mission.audiences.hotspot)
  await desk.store.write(({ channels }) => channels.update('C0POCNORTH', { isPublic: true }))
  const open = await previewRecord(await desk.as('duty'), { noun: 'hotspot', sector: 'north' })
  expect(open.channels).toEqual([{ id: 'C0POCNORTH', obstacle: { because: 'public' }, layers: [] }])
})

it('what it says of a tasking is what comes true: a restricted one stands in no channel and in no list', async () => {
  const desk = await openDesk()
  const ctx = await desk.as('battalion')
  for (const restricted of [false, true]) {
    const about = { noun: 'tasking', to: 'company_duty_officer@north', restricted, alertId: null } as const
    const shown = await previewRecord(ctx, about)
    const facts = await task(ctx, {
      origin: { kind: 'none', id: null },
      to: about.to,
      result: 'Patrol to the market and back',
      tier: 2,
      dueAt: desk.clock.now() + 30 * HOUR,
      restricted,
    })
    expect(facts.tasking.audience).toEqual(restricted ? expect.anything() : shown.anybody)
    expect(shown.anybody.length > 0).toBe(!restricted)
    expect(shown.channels.length > 0).toBe(!restricted)
    const company = (await desk.store.read.people.byId(await desk.id('company')))!
    const reader = await personReader(desk.store.read, company, desk.clock.now())
    const [post] = shown.posts.filter(({ role }) => role?.role === 'company_duty_officer')
    expect(post?.layers.length).toBe(mayReadTasking(desk.system, facts, reader) ? 1 : 0)
  }
})

it('a human rights entry is read by holders of the layer’s roles, a dissent by all who read the alert', async () => {
  const desk = await openDesk()
  const { alert } = await desk.raise()
  const ctx = await desk.as('humanRights')
  const own = await previewRecord(ctx, { noun: 'entry', alertId: alert.id, kind: 'human_rights' })
  expect(own.anybody).toEqual([])
  const roles = own.posts.flatMap(({ role }) => role?.role ?? [])
  expect(roles.filter(role => !desk.mission.layers.human_rights.includes(role))).toEqual([])
  const dissent = await previewRecord(ctx, { noun: 'entry', alertId: alert.id, kind: 'dissent' })
  expect(dissent.anybody).toEqual(alert.audience)
})

it('a release names those it adds; of a record somebody may not read nothing is shown', async () => {
  const desk = await openDesk()
  const { alert } = await desk.raise()
  const about = {
    noun: 'release',
    alertId: alert.id,
    what: 'summary',
    constituencies: ['un_agency'],
    channels: [],
  } as const
  const shown = await previewRecord(await desk.as('duty'), {
    ...about,
    constituencies: ['un_agency'],
    channels: [],
  })
  expect(shown).toMatchObject({ of: 'summary', anybody: expect.arrayContaining(['un_agency']) })
  expect(
    await refusalCode(
      previewRecord(await desk.as('ngo'), { ...about, constituencies: ['ngo'], channels: [] }),
    ),
  ).toBe('not_found')
})
