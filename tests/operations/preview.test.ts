import { expect, it } from 'vitest'
import type { Constituency } from '../../src/domain/mission.ts'
import { markForSpecialist, previewAlert, previewDraft } from '../../src/operations/alert.ts'
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
  expect(shown.restricted.map(({ layer }) => layer)).toEqual(['attribution', 'command'])
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
  expect(shown).toMatchObject({ of: 'summary', anybody: ['un_agency'], posts: [] })
  expect(
    await refusalCode(
      previewRecord(await desk.as('ngo'), { ...about, constituencies: ['ngo'], channels: [] }),
    ),
  ).toBe('not_found')
})

it('every part that only some read is told apart, with the posts it is opened to', async () => {
  const desk = await openDesk()
  const { alert } = await desk.raise()
  const shown = await previewAlert(await desk.as('joc'), alert.id)
  expect(shown.restricted).toEqual(
    Object.entries(desk.mission.layers).map(([layer, roles]) => ({ layer, roles })),
  )
  const layersOf = (role: string) => shown.posts.find(post => post.role?.role === role)?.layers
  expect(layersOf('company_duty_officer')).toEqual(['record'])
  expect(layersOf('joc_watch')).toEqual(['record', 'attribution', 'command'])
  // A card in a channel never holds what only persons are told, whoever is in it.
  expect(new Set(shown.channels.flatMap(({ layers }) => layers))).not.toContain('command')
})

it('a form that changes an alert says who reads it then: other owners for another sector, nobody of a State alleged', async () => {
  const desk = await openDesk()
  const { alert } = await desk.raise()
  const ctx = await desk.as('joc')
  const about = (change: object) => previewRecord(ctx, { noun: 'alert', alertId: alert.id, change })
  const roles = async (change: object) =>
    (await about(change)).posts.flatMap(({ role }) => (role ? [`${role.role}@${role.sector}`] : []))
  expect(await about({})).toEqual(await previewAlert(ctx, alert.id))
  expect(await roles({})).toContain('company_duty_officer@north')
  const moved = await roles({ sector: 'south' })
  expect(moved).toContain('company_duty_officer@south')
  expect(moved).not.toContain('company_duty_officer@north')
})

it('where the first post is vacant, the next that somebody holds is said to be told, as it will be', async () => {
  const desk = await openDesk()
  await desk.vacate('company_duty_officer', 'north')
  const shown = await previewDraft(await desk.as('joc'), 'north')
  const roles = shown.posts.flatMap(({ role }) => role?.role ?? [])
  expect(roles).not.toContain('company_duty_officer')
  expect(roles).toContain('battalion_operations')
  await desk.raise()
  expect((await desk.said()).map(({ target }) => target)).toContain('U0BATTALIONNORTH')
})

it('once forces of the State are named in a form, nobody of the host State is said to read the alert', async () => {
  const usual = (await openDesk()).mission
  const audience: Constituency[] = [...usual.audiences.alert, 'host_state']
  const desk = await openDesk({ mission: { ...usual, fileReaders: audience } })
  const { alert } = await desk.raise()
  const group = usual.groups.find(({ class: kind }) => kind === 'state')?.id
  const ctx = await desk.as('joc')
  const reads = async (change: object) =>
    (await previewRecord(ctx, { noun: 'alert', alertId: alert.id, change })).anybody.includes('host_state')
  expect(await reads({})).toBe(true)
  expect(await reads({ perpetrator: 'state_forces' })).toBe(false)
  expect(await reads({ group })).toBe(false)
})

it('of an alert whose words are a specialist’s nobody is said to read them', async () => {
  const desk = await openDesk()
  const { alert } = await desk.raise()
  const ctx = await desk.as('humanRights')
  const marked = { alertId: alert.id, version: alert.version, layers: ['child_protection'] }
  await markForSpecialist(await desk.as('joc'), marked)
  expect((await previewAlert(ctx, alert.id)).of).toBe('marked')
})

it('a team and a group name their posts, and what of them is read apart', async () => {
  const desk = await openDesk()
  const ctx = await desk.as('joc')
  const team = await previewRecord(ctx, {
    noun: 'team',
    kind: 'investigation',
    sections: ['human_rights'],
  })
  expect(team.notes).toEqual(['movements', 'findings'])
  expect(team.posts.map(({ role }) => role?.role)).toContain('human_rights_officer')
  const about = { noun: 'group', kind: 'working_group', sector: null, channel: 'C0JOCWATCH' } as const
  const group = await previewRecord(ctx, {
    ...about,
    chair: 'joc_watch',
    members: ['poc_adviser', 'force_hq'],
  })
  expect(group.anybody).toEqual(['mission_civilian', 'military'])
  expect(group.posts.map(({ role }) => role?.role)).toEqual([
    'joc_watch',
    'poc_adviser',
    'force_hq',
    undefined,
  ])
  expect(group.notes).toEqual(['invited'])
})
