import { sql } from 'drizzle-orm'
import { SQLiteSyncDialect } from 'drizzle-orm/sqlite-core'
import { describe, expect, it } from 'vitest'
import type { NewEntry } from '../../src/db/outbox.ts'
import { nextCandidate } from '../../src/db/outbox-claims.ts'
import { anEntry } from '../support/records.ts'
import { testStore } from '../support/store.ts'

async function withEntries(...entries: Partial<NewEntry>[]) {
  const opened = await testStore()
  const { store, clock } = opened
  const add = (change: Partial<NewEntry>) => store.write(({ outbox }) => outbox.add(anEntry(change)))
  for (const [n, entry] of entries.entries()) await add({ id: String(n), ...entry })
  const next = async (exclude: string[] = []) =>
    (await store.write(({ outbox }) => outbox.claimNext(clock.now(), { exclude })))?.id ?? null
  const posted = { channel: 'C1', ts: '1.1', at: clock.now() }
  const sent = (id: string) => store.write(({ outbox }) => outbox.sent(id, posted))
  const state = async (id: string) => (await store.read.outbox.byId(id))?.state
  return { ...opened, add, next, sent, state }
}

describe('claiming', () => {
  it('keeps the order per target and record, and lets other records pass', async () => {
    const { next, sent } = await withEntries({}, {}, { recordId: 'alert-2' }, { target: 'C2' })
    expect([await next(), await next(), await next(), await next()]).toEqual(['0', '2', '3', null])
    await sent('0')
    expect(await next()).toBe('1')
  })

  it('takes what is urgent first', async () => {
    const { next } = await withEntries(
      { recordId: 'a' },
      { recordId: 'b', urgent: true },
      { recordId: 'c', urgent: true },
    )
    expect([await next(), await next(), await next()]).toEqual(['1', '2', '0'])
  })

  it('lets what is urgent carry along what waits ahead of it', async () => {
    const { next, sent } = await withEntries(
      { recordId: 'other' },
      { recordId: 'a' },
      { recordId: 'a', urgent: true },
    )
    expect(await next()).toBe('1')
    expect(await next()).toBe('0')
    await sent('1')
    expect(await next()).toBe('2')
  })

  it('passes over excluded targets and what is not due yet', async () => {
    const { next, clock } = await withEntries(
      { target: 'C1' },
      { target: 'C2', notBefore: Date.parse('2026-03-02T06:01Z') },
    )
    expect(await next(['C1'])).toBeNull()
    clock.advance(60_000)
    expect(await next(['C1'])).toBe('1')
  })

  it('holds what follows behind an entry that must wait, and nothing else', async () => {
    const { store, next, clock } = await withEntries({}, {}, { recordId: 'alert-2' })
    await next()
    await store.write(({ outbox }) => outbox.later('0', clock.now() + 5_000, 'ratelimited'))
    expect([await next(), await next()]).toEqual(['2', null])
    clock.advance(5_000)
    expect(await next()).toBe('0')
    expect(await store.read.outbox.byId('0')).toMatchObject({ attempts: 2, error: 'ratelimited' })
  })

  it('gives a named entry only when its turn has come', async () => {
    const { store, clock } = await withEntries({}, {})
    const claim = (id: string) => store.write(({ outbox }) => outbox.claim(id, clock.now()))
    expect(await claim('1')).toBeNull()
    expect(await claim('0')).toMatchObject({ id: '0', state: 'claimed', claimedAt: clock.now(), attempts: 1 })
    expect(await claim('0')).toBeNull()
    expect(await claim('nobody')).toBeNull()
  })
})

describe('cards', () => {
  it('merge into the one that is claimed, lines do not', async () => {
    const { next, state } = await withEntries(
      { kind: 'card' },
      {},
      { kind: 'card' },
      { kind: 'card', recordId: 'alert-2' },
    )
    expect(await next()).toBe('0')
    expect(await Promise.all(['0', '1', '2', '3'].map(state))).toEqual([
      'claimed',
      'waiting',
      'merged',
      'waiting',
    ])
  })

  it('changed after the claim are said again', async () => {
    const { next, add, sent, state } = await withEntries({ kind: 'card' })
    await next()
    await add({ id: 'later', kind: 'card' })
    expect(await next()).toBeNull()
    await sent('0')
    expect(await next()).toBe('later')
    expect(await state('0')).toBe('sent')
  })
})

describe('an entry', () => {
  it('remembers where it stands in Slack', async () => {
    const { store, next, sent, clock } = await withEntries({ data: { act: 'act-1' } })
    await next()
    expect([await sent('0'), await sent('0')]).toEqual([true, false])
    expect(await store.read.outbox.byId('0')).toMatchObject({
      state: 'sent',
      data: { act: 'act-1' },
      channel: 'C1',
      ts: '1.1',
      sentAt: clock.now(),
    })
  })

  it('that can never succeed is parked, holds up nobody, and can be tried again', async () => {
    const { store, next, sent } = await withEntries({}, {})
    await next()
    await store.write(({ outbox }) => outbox.park('0', 'channel_not_found'))
    expect(await store.read.outbox.parked()).toMatchObject([{ id: '0', error: 'channel_not_found' }])
    expect(await next()).toBe('1')
    expect(await store.write(({ outbox }) => outbox.retry('0'))).toBe(true)
    expect(await next()).toBeNull()
    await sent('1')
    expect(await next()).toBe('0')
  })

  it('claimed by a bot that died is opened again, and shows that it may have been posted', async () => {
    const { store, next, clock } = await withEntries({}, { recordId: 'alert-2' })
    await next()
    clock.advance(1_000)
    await next()
    expect(await store.write(({ outbox }) => outbox.release(clock.now()))).toBe(1)
    expect(await next()).toBe('0')
    expect(await store.read.outbox.byId('0')).toMatchObject({ attempts: 2 })
  })

  it('posted by a deliverer that was thought dead is not posted again', async () => {
    const { store, next, sent, clock } = await withEntries({})
    await next()
    await store.write(({ outbox }) => outbox.release(clock.now() + 1))
    expect(await sent('0')).toBe(true)
    expect(await next()).toBeNull()
  })

  it('that was settled is not changed by a late word', async () => {
    const { store, next, sent, state } = await withEntries({})
    await next()
    await sent('0')
    const late = await store.write(async ({ outbox }) => [
      await outbox.later('0', 1, 'x'),
      await outbox.park('0', 'x'),
      await outbox.drop('0', 'x'),
      await outbox.retry('0'),
    ])
    expect(late).toEqual([false, false, false, false])
    expect(await state('0')).toBe('sent')
  })
})

it('counts what waits and since when, and forgets what is settled', async () => {
  const { store, clock, next, sent, add } = await withEntries({}, { recordId: 'b' })
  const started = clock.now()
  await next()
  await sent('0')
  clock.advance(10)
  await add({ id: '2', recordId: 'c' })
  expect(await store.read.outbox.counts()).toEqual({
    waiting: 2,
    claimed: 0,
    parked: 0,
    oldestWaiting: started,
  })
  expect((await store.read.outbox.open(9)).map(({ id }) => id)).toEqual(['1', '2'])
  expect(await store.write(({ outbox }) => outbox.purge(clock.now()))).toBe(1)
  expect(await store.read.outbox.byId('0')).toBeNull()
  await store.write(({ outbox }) => outbox.drop('1', 'record_gone'))
  expect(await store.read.outbox.counts()).toMatchObject({ waiting: 1, oldestWaiting: started + 10 })
})

it('finds the next entry by its indexes, however much was sent before', async () => {
  const { store } = await testStore()
  const { sql: text, params } = new SQLiteSyncDialect().sqlToQuery(
    sql`explain query plan select ${nextCandidate(1)}`,
  )
  const plan = store.database
    .prepare<unknown[], { detail: string }>(text)
    .all(params.map(() => null))
    .map(({ detail }) => detail)
    .join('\n')
  expect(plan).toMatch(/SEARCH o USING .*INDEX outbox_waiting/)
  expect(plan).toMatch(/SEARCH p USING .*INDEX outbox_order/)
  expect(plan).not.toMatch(/SCAN [op]\b|TEMP B-TREE/)
})
