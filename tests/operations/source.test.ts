import { expect, it } from 'vitest'
import { createVault } from '../../src/db/vault.ts'
import { acceptHandover, handOver, itemKey } from '../../src/operations/handover.ts'
import {
  eraseSourcesBefore,
  handOverSources,
  markDoNotContact,
  mySources,
  nameDeputy,
  readSource,
  recordSource,
  rotateVault,
} from '../../src/operations/source.ts'
import { DAY, type Desk, openDesk, refusal, refusalCode, testVault, who } from '../support/operations.ts'

const GRADE = { reliability: 'B', credibility: 3, independent: true }

async function sealed(desk: Desk, change: { deputyUser?: string; name?: string } = {}) {
  const alert = await desk.raise()
  const { source } = await recordSource(await desk.as('liaison'), {
    alertId: alert.alert.id,
    name: 'Amo, the teacher',
    deputyUser: who.duty,
    ...GRADE,
    ...change,
  })
  return { source, alert }
}

it('only the recorder and the deputy find a source; to anybody else it does not exist, whatever role they hold', async () => {
  const desk = await openDesk()
  const { source } = await sealed(desk)
  for (const name of ['liaison', 'duty'] as const) {
    const ctx = await desk.as(name)
    expect((await mySources(ctx)).map(kept => kept.source.id)).toEqual([source.id])
    const read = await readSource(ctx, { sourceId: source.id, reason: 'answer' })
    expect(read.identity.name).toBe('Amo, the teacher')
  }
  for (const name of [
    'joc',
    'head',
    'pocAdviser',
    'company',
    'leadership',
    'humanRights',
    'unhcr',
  ] as const) {
    const ctx = await desk.as(name)
    expect(await mySources(ctx)).toEqual([])
    expect(await refusalCode(readSource(ctx, { sourceId: source.id, reason: 'answer' }))).toBe('not_found')
  }
})

it('a deputy is somebody confirmed of the recorder’s own constituency, and not the recorder', async () => {
  const desk = await openDesk()
  for (const deputyUser of [who.company, who.liaison, who.unhcr, 'U0NOBODY']) {
    const error = await refusal(sealed(desk, { deputyUser }))
    expect([error.code, error.field]).toEqual(['deputy_invalid', 'deputy'])
  }
})

it('a deputy cannot name another one, and loses sight of the source when the recorder does', async () => {
  const desk = await openDesk()
  const { source } = await sealed(desk)
  const naming = nameDeputy(await desk.as('duty'), { sourceId: source.id, deputyUser: who.joc })
  expect(await refusalCode(naming)).toBe('not_found')
  await nameDeputy(await desk.as('liaison'), { sourceId: source.id, deputyUser: who.joc })
  expect(await mySources(await desk.as('duty'))).toEqual([])
  expect(await mySources(await desk.as('joc'))).toHaveLength(1)
})

it('somebody outside the alert records no source for it, and nobody unconfirmed does', async () => {
  const desk = await openDesk()
  const { alert } = await desk.raise()
  const input = { alertId: alert.id, name: 'Amo', ...GRADE }
  expect(await refusalCode(recordSource(await desk.as('unhcr'), input))).toBe('not_found')
  expect(await refusalCode(recordSource(await desk.as('policeHq'), input))).toBe('not_allowed')
  expect(await refusalCode(recordSource(await desk.stranger(), input))).toBe('not_registered')
})

it('an outcry under a wrong key names no word of what was sealed', async () => {
  const desk = await openDesk()
  const { source } = await sealed(desk)
  const vault = createVault({ current: new Uint8Array(32).fill(9), old: [] })
  const error = await refusal(
    readSource({ ...(await desk.as('duty')), vault }, { sourceId: source.id, reason: 'warn' }),
  )
  expect(error.code).toBe('source_sealed')
  expect(JSON.stringify([error.message, error.details])).not.toContain('Amo')
})

it('after rotation the new key alone opens every source, and the trail says that it was done', async () => {
  const desk = await openDesk()
  const first = await sealed(desk)
  const second = await sealed(desk)
  const fresh = new Uint8Array(32).fill(3)
  const both = createVault({ current: fresh, old: [Buffer.alloc(32, 7)] })
  expect(testVault.keyId).not.toBe(both.keyId)
  expect(await rotateVault({ ...desk.system, vault: both })).toEqual({ moved: 2, unopened: 0 })
  expect(await rotateVault({ ...desk.system, vault: both })).toEqual({ moved: 0, unopened: 0 })
  const alone = { ...(await desk.as('duty')), vault: createVault({ current: fresh, old: [] }) }
  for (const { source } of [first, second]) {
    const { identity } = await readSource(alone, { sourceId: source.id, reason: 'handover' })
    expect(identity.name).toBe('Amo, the teacher')
  }
  expect(await desk.store.read.events.ofRecord('store', 'vault')).toHaveLength(1)
  expect(await desk.store.read.events.verify()).toMatchObject({ ok: true })
})

it('rotation leaves alone what it cannot open, and says how many', async () => {
  const desk = await openDesk()
  await sealed(desk)
  const vault = createVault({ current: new Uint8Array(32).fill(3), old: [] })
  expect(await rotateVault({ ...desk.system, vault })).toEqual({ moved: 0, unopened: 1 })
  expect(await rotateVault(desk.system)).toEqual({ moved: 0, unopened: 0 })
})

it('erasing by date reaches what is older, and leaves count, grade and trail true', async () => {
  const desk = await openDesk()
  const old = await sealed(desk)
  await desk.pass(10 * DAY)
  const young = await sealed(desk)
  expect(await refusalCode(eraseSourcesBefore(await desk.as('liaison'), desk.clock.now()))).toBe(
    'not_allowed',
  )
  expect(await eraseSourcesBefore(desk.system, desk.clock.now() - DAY)).toBe(1)
  const duty = await desk.as('duty')
  expect(await refusalCode(readSource(duty, { sourceId: old.source.id, reason: 'answer' }))).toBe(
    'source_erased',
  )
  expect((await readSource(duty, { sourceId: young.source.id, reason: 'answer' })).identity.name).toMatch(
    /Amo/,
  )
  expect((await desk.facts(old.alert)).sources).toEqual({ independent: 1, repeating: 0, grades: ['B3'] })
  expect(await desk.store.read.events.verify()).toMatchObject({ ok: true })
})

it('all sources a person knows are marked at once, as recorder and as deputy', async () => {
  const desk = await openDesk()
  await sealed(desk)
  await sealed(desk)
  const duty = await desk.id('duty')
  const marked = await desk.store.write(tx => markDoNotContact({ ...desk.system, tx }, duty))
  expect(marked).toBe(2)
  const kept = await mySources(await desk.as('liaison'))
  expect(kept.map(({ source }) => source.doNotContact)).toEqual([desk.clock.now(), desk.clock.now()])
})

it('sources pass to a successor, and out of sight of whoever left', async () => {
  const desk = await openDesk()
  const { source } = await sealed(desk)
  const [from, to] = [await desk.id('liaison'), await desk.id('joc')]
  expect(await desk.store.write(tx => handOverSources({ ...desk.system, tx }, from, to))).toBe(1)
  expect(await mySources(await desk.as('liaison'))).toEqual([])
  const read = await readSource(await desk.as('joc'), { sourceId: source.id, reason: 'handover' })
  expect(read.identity.name).toMatch(/Amo/)
})

it('the trail of alert and source holds no word of the identity and no code of the source', async () => {
  const desk = await openDesk()
  const { source, alert } = await sealed(desk)
  const { events } = desk.store.read
  const all = [
    ...(await events.ofRecord('alert', alert.alert.id)),
    ...(await events.ofRecord('source', source.id)),
  ]
  const text = JSON.stringify(all)
  expect(text).not.toContain('Amo')
  expect(text).not.toContain(source.code)
})

it('whoever leaves hands sources over themselves, to somebody who accepts; an administrator can not', async () => {
  const desk = await openDesk()
  const { source } = await sealed(desk)
  const key = itemKey({ kind: 'sources', ref: 'all' })
  const userId = 'U0LEADERSHIP'
  const byAdministrator = await handOver(await desk.as('joc'), {
    of: { userId: who.liaison },
    successors: { [key]: { userId } },
  })
  expect([byAdministrator.sources, byAdministrator.items.map(({ kind }) => kind)]).toEqual([
    0,
    expect.not.arrayContaining(['sources']),
  ])

  await handOver(await desk.as('liaison'), { of: null, successors: { [key]: { userId } } })
  expect(await mySources(await desk.as('leadership'))).toEqual([])
  const [item] = await desk.store.read.handovers.offeredTo(await desk.id('leadership'))
  await acceptHandover(await desk.as('leadership'), { itemId: item!.id })
  const read = await readSource(await desk.as('leadership'), { sourceId: source.id, reason: 'handover' })
  expect(read.identity.name).toMatch(/Amo/)
  expect(await mySources(await desk.as('liaison'))).toEqual([])
})
