import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { NewEvent } from '../../src/db/events.ts'
import type { SqliteStore } from '../../src/db/store.ts'
import { testStore } from '../support/store.ts'

const anEvent = (change: Partial<NewEvent> = {}): NewEvent => ({
  at: 1,
  recordedAt: 2,
  actor: 'person-1',
  kind: 'alert_raised',
  recordKind: 'alert',
  recordId: 'alert-1',
  data: { fields: ['what'], nested: { b: 1, a: [true, null] } },
  ...change,
})

async function withEvents(count: number) {
  const { store } = await testStore()
  await store.write(async ({ events }) => {
    for (let n = 1; n <= count; n++) await events.append(anEvent({ words: { note: `words ${n}` } }))
  })
  return store
}

/** What an intruder with the file can do: change it past the triggers. */
function tamper(store: SqliteStore, sql: string): void {
  for (const name of [
    'events_insert',
    'events_update',
    'events_delete',
    'event_details_update',
    'event_details_delete',
  ]) {
    store.database.exec(`drop trigger ${name}`)
  }
  store.database.pragma('foreign_keys = OFF')
  store.database.exec(sql)
}

describe('the trail', () => {
  it('numbers events without gaps, also after a rollback, and reads them back in order', async () => {
    const store = await withEvents(2)
    await store
      .write(async ({ events }) => {
        await events.append(anEvent())
        throw new Error('no')
      })
      .catch(() => {})
    const seq = await store.write(({ events }) =>
      events.append(anEvent({ recordId: 'alert-2', recordedAt: 9 })),
    )
    expect(seq).toBe(3)
    expect((await store.read.events.ofRecord('alert', 'alert-1')).map(event => event.seq)).toEqual([1, 2])
    expect(await store.read.events.ofRecord('alert', 'alert-2')).toMatchObject([
      { seq: 3, data: anEvent().data, detail: null },
    ])
    expect(await store.read.events.verify()).toMatchObject({ ok: true, count: 3 })
  })

  it('is sound when it is empty', async () => {
    const { store } = await testStore()
    expect(await store.read.events.verify()).toMatchObject({ ok: true, count: 0 })
  })

  it.each([
    [`update events set kind = 'other' where seq = 1`],
    ['delete from events where seq = 2'],
    [`insert or replace into events select * from events where seq = 1`],
    [`update event_details set body = '{}' where seq = 1`],
    [`update event_details set salt = 'other' where seq = 1`],
    ['delete from event_details where seq = 1'],
    ['insert or replace into event_details select * from event_details where seq = 1'],
  ])('refuses %s', async sql => {
    const store = await withEvents(2)
    expect(() => store.database.exec(sql)).toThrow(/append-only|only be erased/)
  })

  it('finds any field that was changed', async () => {
    const fields = [
      'at',
      'recorded_at',
      'actor',
      'kind',
      'record_kind',
      'record_id',
      'data',
      'detail',
      'previous',
      'hash',
    ]
    for (const field of fields) {
      const store = await withEvents(3)
      tamper(store, `update events set ${field} = iif('${field}' = 'data', '{}', '77') where seq = 2`)
      expect(await store.read.events.verify(), field).toMatchObject({
        ok: false,
        brokenAt: 2,
        reason: 'changed',
      })
    }
  })

  it('finds an event that was removed, from the middle and from the end', async () => {
    const middle = await withEvents(3)
    tamper(middle, 'delete from events where seq = 2')
    expect(await middle.read.events.verify()).toMatchObject({ ok: false, brokenAt: 2, reason: 'missing' })
    const tail = await withEvents(3)
    tamper(tail, 'delete from events where seq = 3; delete from event_details where seq = 3')
    expect(await tail.read.events.verify()).toMatchObject({ ok: false, brokenAt: 3, reason: 'tail missing' })
    const all = await withEvents(3)
    tamper(all, 'delete from events')
    expect(await all.read.events.verify()).toMatchObject({ ok: false, brokenAt: 1, reason: 'tail missing' })
  })

  it('finds an anchor that was moved, and words that were changed or removed', async () => {
    const anchor = await withEvents(3)
    tamper(
      anchor,
      `update meta set value = '2:' || (select hash from events where seq = 2) where key = 'events.head'`,
    )
    expect(await anchor.read.events.verify()).toMatchObject({ ok: false, reason: 'unexpected' })
    const changed = await withEvents(3)
    tamper(changed, `update event_details set body = '{"note":"other"}' where seq = 3`)
    expect(await changed.read.events.verify()).toMatchObject({
      ok: false,
      brokenAt: 3,
      reason: 'words changed',
    })
    const removed = await withEvents(3)
    tamper(removed, 'delete from event_details where seq = 1')
    expect(await removed.read.events.verify()).toMatchObject({
      ok: false,
      brokenAt: 1,
      reason: 'words missing',
    })
  })

  it('verifies a long chain page by page', async () => {
    const { store } = await testStore()
    await store.write(async ({ events }) => {
      for (let n = 0; n < 1200; n++) await events.append(anEvent())
    })
    expect(await store.read.events.verify()).toMatchObject({ ok: true, count: 1200 })
    tamper(store, `update events set actor = 'x' where seq = 1100`)
    expect(await store.read.events.verify()).toMatchObject({ ok: false, brokenAt: 1100 })
  })

  it('verifies whatever words and data are put into it', async () => {
    const { store } = await testStore()
    const record = fc.dictionary(fc.string(), fc.jsonValue())
    await fc.assert(
      fc.asyncProperty(record, record, async (data, words) => {
        const seq = await store.write(({ events }) => events.append(anEvent({ data, words })))
        expect(await store.read.events.words(seq)).toEqual(JSON.parse(JSON.stringify(words)))
        expect(await store.read.events.verify()).toMatchObject({ ok: true })
      }),
      { numRuns: 40 },
    )
  })
})

describe('erasing the words of an event', () => {
  it('forgets them and the salt they could be guessed with, and the chain still verifies', async () => {
    const store = await withEvents(3)
    expect(await store.read.events.words(2)).toEqual({ note: 'words 2' })
    expect(await store.write(({ events }) => events.erase(2))).toBe(true)
    expect(await store.write(({ events }) => events.erase(2))).toBe(false)
    expect(await store.read.events.words(2)).toBeNull()
    expect(store.database.prepare('select salt, body from event_details where seq = 2').get()).toEqual({
      salt: '',
      body: null,
    })
    expect(await store.read.events.verify()).toMatchObject({ ok: true, count: 3 })
  })

  it('leaves nothing of them in the file', async () => {
    const store = await withEvents(3)
    await store.write(({ events }) => events.erase(2))
    store.database.pragma('wal_checkpoint(TRUNCATE)')
    const file = readFileSync(store.path, 'latin1')
    expect(file).toContain('words 1')
    expect(file).not.toContain('words 2')
  })
})
