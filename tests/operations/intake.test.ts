import fc from 'fast-check'
import { expect, it } from 'vitest'
import { createVault } from '../../src/db/vault.ts'
import type { Inbound } from '../../src/domain/intake.ts'
import { myCallbacks, raiseFromCallback, showCallback } from '../../src/operations/callback.ts'
import { receive } from '../../src/operations/intake.ts'
import { applyRetention } from '../../src/operations/retention.ts'
import { eraseSource, mySources, rotateVault } from '../../src/operations/source.ts'
import { DAY, HOUR, MINUTE, openDesk, refusalCode } from '../support/operations.ts'

const text = (change: Partial<Inbound> = {}): Inbound => ({
  gateway: 'sms',
  id: null,
  kind: 'text',
  from: '+999770000001',
  to: '+999205550901',
  text: 'they are coming',
  sentAt: null,
  ...change,
})

it('the same text six hundred times is one, with or without an id, over ten minutes', async () => {
  for (const id of ['gateway-1', null]) {
    const desk = await openDesk()
    for (let sent = 0; sent < 600; sent++) {
      await receive(desk.system, text({ id }))
      desk.clock.advance(1000)
    }
    const [callback, ...others] = await desk.store.read.callbacks.open()
    expect(others).toEqual([])
    expect(callback!.count).toBe(1)
    await desk.store.close()
  }
})

it('however gateways repeat, each message counts once, and each number waits once', async () => {
  const message = fc.record({
    id: fc.option(fc.constantFrom('a', 'b', 'c', 'd'), { nil: null }),
    from: fc.constantFrom('+999770000001', '+999770000002', '00999770000001'),
    text: fc.constantFrom('one', 'two'),
    kind: fc.constantFrom('text' as const, 'call' as const),
  })
  await fc.assert(
    fc.asyncProperty(
      fc.array(message, { maxLength: 8 }),
      fc.array(fc.nat(7), { maxLength: 12 }),
      async (sent, again) => {
        const desk = await openDesk()
        try {
          const order = [...sent.map((_, at) => at), ...again.filter(at => at < sent.length)]
          for (const at of order) await receive(desk.system, text(sent[at]!))
          const open = await desk.store.read.callbacks.open()
          const ids = new Set(sent.flatMap(({ id }) => id ?? []))
          const plain = sent.filter(({ id }) => id === null)
          const counted = open.reduce((sum, { count }) => sum + count, 0)
          expect(open.length).toBeLessThanOrEqual(2)
          expect(counted).toBeLessThanOrEqual(ids.size + plain.length)
          expect(counted).toBeGreaterThanOrEqual(sent.length > 0 ? 1 : 0)
        } finally {
          await desk.store.close()
        }
      },
    ),
    { numRuns: 30 },
  )
}, 120_000)

it('a different text, a minute’s pause with an id, and another number each count', async () => {
  const desk = await openDesk()
  await receive(desk.system, text({ id: '1' }))
  await receive(desk.system, text({ id: '2', text: 'they burn houses' }))
  desk.clock.advance(2 * MINUTE)
  await receive(desk.system, text({ id: '3' }))
  await receive(desk.system, text({ id: '4', from: '+999770000002' }))
  expect((await desk.store.read.callbacks.open()).map(({ count }) => count).toSorted()).toEqual([1, 3])
})

it('numbers are found again by a digest, and stand nowhere in clear', async () => {
  const desk = await openDesk()
  await receive(desk.system, text())
  const [contact] = await desk.store.read.contacts.held()
  expect(contact!.digest).toMatch(/^[0-9a-f]{64}$/)
  expect(JSON.stringify(contact)).not.toContain('770000001')
})

it('a call back does not exist for whoever was not told of it; opening it is logged before it is shown', async () => {
  const desk = await openDesk()
  const { callbackId } = await receive(desk.system, text())
  for (const name of ['joc', 'company', 'head'] as const) {
    expect(await refusalCode(showCallback(await desk.as(name), { callbackId: callbackId! }))).toBe(
      'not_found',
    )
    expect(await myCallbacks(await desk.as(name))).toEqual([])
  }
  const shown = await showCallback(await desk.as('liaison'), { callbackId: callbackId! })
  expect(shown.reach).toEqual({ kind: 'number', said: '+999770000001' })
  expect(await desk.store.read.access.ofRecord('callback', callbackId!)).toMatchObject([
    { personId: await desk.id('liaison'), layer: 'source', reason: 'call_back' },
  ])
})

it('a warning is raised even where somebody decided otherwise meanwhile', async () => {
  const desk = await openDesk()
  const { callbackId } = await receive(desk.system, text())
  const liaison = await desk.as('liaison')
  const input = {
    callbackId: callbackId!,
    what: 'Armed men',
    place: { id: 'karamba-market' },
    urgency: 'imminent',
  }
  const first = await raiseFromCallback(liaison, input)
  const second = await raiseFromCallback(liaison, { ...input, what: 'Other men' })
  expect(first.alert.id).not.toBe(second.alert.id)
})

it('a source erased takes its number and all it wrote along; the number then comes as an unknown one', async () => {
  const desk = await openDesk()
  const { callbackId } = await receive(desk.system, text())
  const liaison = await desk.as('liaison')
  await raiseFromCallback(liaison, {
    callbackId: callbackId!,
    what: 'Armed men',
    place: { id: 'karamba-market' },
    urgency: 'imminent',
  })
  const [kept] = await mySources(liaison)
  await eraseSource(liaison, kept!.source.id)
  expect(await desk.store.read.contacts.held()).toEqual([])
  expect((await desk.store.read.callbacks.messages(callbackId!)).map(({ sealed }) => sealed)).toEqual([null])
  desk.clock.advance(HOUR)
  await receive(desk.system, text({ text: 'again' }))
  expect((await desk.store.read.contacts.held()).map(({ verdict }) => verdict)).toEqual(['unknown'])
})

it('numbers nobody decided about, and their words, are erased when they have been kept for long enough', async () => {
  const desk = await openDesk()
  const { callbackId } = await receive(desk.system, text())
  await desk.store.write(({ callbacks }) =>
    callbacks.update(callbackId!, { state: 'not_warning', reason: 'test' }),
  )
  desk.clock.advance(desk.mission.retention.sources + DAY)
  await applyRetention(desk.system)
  expect(await desk.store.read.contacts.held()).toEqual([])
  expect((await desk.store.read.callbacks.messages(callbackId!))[0]!.sealed).toBeNull()
})

it('a number is known again after the vault’s key was changed, and opens with the new key alone', async () => {
  const desk = await openDesk()
  await receive(desk.system, text())
  const old = Buffer.alloc(32, 7)
  const current = Buffer.alloc(32, 9)
  const both = { ...desk.system, vault: createVault({ current, old: [old] }) }
  // Found by the old key’s digest before anything was moved.
  await receive(both, text({ text: 'second' }))
  expect(await desk.store.read.contacts.held()).toHaveLength(1)
  await rotateVault(both)
  const alone = { ...desk.system, vault: createVault({ current, old: [] }) }
  await receive(alone, text({ text: 'third' }))
  expect(await desk.store.read.contacts.held()).toHaveLength(1)
  const [callback] = await desk.store.read.callbacks.open()
  const shown = await showCallback(
    { ...(await desk.as('liaison')), vault: alone.vault },
    { callbackId: callback!.id },
  )
  expect(shown.messages.map(({ said }) => said?.text)).toEqual(['they are coming', 'second', 'third'])
})
