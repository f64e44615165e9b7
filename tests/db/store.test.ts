import { AsyncLocalStorage } from 'node:async_hooks'
import { setImmediate as nextTick } from 'node:timers/promises'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { asStoreError } from '../../src/db/errors.ts'
import type { Repos } from '../../src/db/store.ts'
import { anEntry, aPerson } from '../support/records.ts'
import { testStore } from '../support/store.ts'

describe('a transaction', () => {
  it('leaves nothing behind when its body fails, and the next one goes on', async () => {
    const { store } = await testStore()
    const failing = store.write(async ({ people }) => {
      await people.insert(aPerson())
      throw new Error('changed my mind')
    })
    const next = store.write(({ people }) => people.insert(aPerson({ id: 'person-2' })))
    await expect(failing).rejects.toThrow('changed my mind')
    await next
    expect((await store.read.people.all()).map(({ id }) => id)).toEqual(['person-2'])
  })

  it('goes one at a time, in the order of asking, however long a body takes', async () => {
    const { store } = await testStore()
    const trace: string[] = []
    const body = (name: string, turns: number) => async (repos: Repos) => {
      trace.push(`${name} begins`)
      for (let turn = 0; turn < turns; turn++) await repos.people.count()
      trace.push(`${name} ends`)
    }
    await Promise.all([store.write(body('a', 9)), store.write(body('b', 0)), store.write(body('c', 3))])
    expect(trace).toEqual(['a begins', 'a ends', 'b begins', 'b ends', 'c begins', 'c ends'])
  })

  it('is not read from outside before it commits', async () => {
    const { store } = await testStore()
    await store.write(async ({ people }) => {
      await people.insert(aPerson())
      expect(await people.count()).toBe(1)
      expect(await store.read.people.count()).toBe(0)
    })
    expect(await store.read.people.count()).toBe(1)
  })

  it('refuses to be opened inside another, which would wait for itself for ever', async () => {
    const { store } = await testStore()
    const nested = store.write(() => store.write(async () => 'never'))
    await expect(nested).rejects.toThrow('hand the open transaction on')
    let later: Promise<number> | undefined
    await store.write(async () => {
      later = nextTick().then(() => store.write(({ people }) => people.count()))
    })
    expect(await later).toBe(0)
  })

  it('shares a commit with those that wait, and is told of success only when that commit holds', async () => {
    const { store } = await testStore()
    const good = store.write(({ people }) => people.insert(aPerson()))
    const spoiling = store.write(async ({ roles }) => {
      store.database.pragma('defer_foreign_keys = ON')
      await roles.insert({ id: '1', role: 'joc', sector: null, personId: 'nobody', rank: 0, since: 0 })
    })
    const outcomes = await Promise.allSettled([good, spoiling])
    expect(outcomes.map(({ status }) => status)).toEqual(['rejected', 'rejected'])
    expect(await store.read.people.count()).toBe(0)
    await store.write(({ people }) => people.insert(aPerson()))
    expect(await store.read.people.count()).toBe(1)
  })

  it('keeps the context of who asked, not of who went before', async () => {
    const { store } = await testStore()
    const request = new AsyncLocalStorage<string>()
    const seen = await Promise.all(
      ['a', 'b', 'c'].map(name => request.run(name, () => store.write(async () => request.getStore()))),
    )
    expect(seen).toEqual(['a', 'b', 'c'])
  })

  it('takes its repositories with it when it ends', async () => {
    const { store } = await testStore()
    let leaked: Repos | undefined
    await store.write(async repos => {
      leaked = repos
    })
    expect(() => leaked?.people).toThrow(TypeError)
  })

  it('lets the event loop turn while many writers queue', async () => {
    const { store } = await testStore()
    let done = 0
    let turns = 0
    const writes = Array.from({ length: 600 }, () =>
      store
        .write(async ({ meta }) => {
          for (let n = 0; n < 20; n++) await meta.set('n', 'x')
        })
        .then(() => {
          done++
        }),
    )
    while (done < writes.length) {
      await nextTick()
      turns++
    }
    expect(turns).toBeGreaterThan(1)
  })

  it('tells listeners after COMMIT what it touched, and nothing after a rollback', async () => {
    const { store } = await testStore()
    const told: object[] = []
    const stop = store.onCommit(changed => told.push(changed))
    await store.write(({ outbox }) => outbox.add(anEntry()))
    await store.write(({ timers }) => timers.arm({ key: 'k', kind: 'rung', recordId: 'r', dueAt: 1 }))
    await store.write(({ people }) => people.insert(aPerson()))
    await store
      .write(async ({ inbox }) => {
        await inbox.add({ id: 'E1', kind: 'event', body: {}, receivedAt: 1 })
        throw new Error('no')
      })
      .catch(() => {})
    expect(told).toEqual([
      { outbox: true, timers: false, inbox: false },
      { outbox: false, timers: true, inbox: false },
    ])
    stop()
    await store.write(({ outbox }) => outbox.add(anEntry({ id: 'entry-2' })))
    expect(told).toHaveLength(2)
  })

  it('is stored although a listener fails', async () => {
    const { store } = await testStore()
    store.onCommit(() => {
      throw new Error('listener')
    })
    await store.write(({ outbox }) => outbox.add(anEntry()))
    expect(await store.read.outbox.counts()).toMatchObject({ waiting: 1 })
  })

  it('keeps what committed and drops what failed, for any mixture of both', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.boolean(), { maxLength: 30 }), async outcomes => {
        const { store } = await testStore()
        const all = outcomes.map((good, index) =>
          store.write(async ({ people }) => {
            await people.insert(aPerson({ id: String(index), createdAt: index }))
            if (!good) throw new Error('no')
          }),
        )
        await Promise.allSettled(all)
        const kept = outcomes.flatMap((good, index) => (good ? [String(index)] : []))
        expect((await store.read.people.all()).map(({ id }) => id)).toEqual(kept)
      }),
      { numRuns: 15 },
    )
  })
})

describe('a store that cannot write', () => {
  it('says that nothing was stored when the disk is full, and works again when there is room', async () => {
    const { store } = await testStore()
    const pages = store.database.pragma('page_count', { simple: true })
    store.database.pragma(`max_page_count = ${pages}`)
    const fill = () =>
      store.write(async ({ people, meta }) => {
        await people.insert(aPerson())
        await meta.set('much', 'x'.repeat(200_000))
      })
    await expect(fill()).rejects.toMatchObject({ code: 'not_stored', details: { reason: 'SQLITE_FULL' } })
    await expect(fill()).rejects.toMatchObject({ code: 'not_stored' })
    expect(await store.read.people.count()).toBe(0)
    store.database.pragma('max_page_count = 1000000')
    await fill()
    expect(await store.read.people.count()).toBe(1)
  })

  it('stores nothing although the body swallows the error', async () => {
    const { store } = await testStore()
    const pages = store.database.pragma('page_count', { simple: true })
    store.database.pragma(`max_page_count = ${pages}`)
    const outcome = await store
      .write(async ({ people, meta }) => {
        await people.insert(aPerson())
        await meta.set('much', 'x'.repeat(200_000)).catch(() => {})
      })
      .then(
        () => 'stored',
        () => 'not stored',
      )
    expect(await store.read.people.count()).toBe(outcome === 'stored' ? 1 : 0)
    expect(await store.read.meta.get('much')).toBeNull()
  })

  it('says the same when the file became read-only', async () => {
    const { store } = await testStore()
    store.database.pragma('query_only = ON')
    const writing = store.write(({ meta }) => meta.set('a', 'b'))
    await expect(writing).rejects.toMatchObject({
      code: 'not_stored',
      details: { reason: 'SQLITE_READONLY' },
    })
    store.database.pragma('query_only = OFF')
    await store.write(({ meta }) => meta.set('a', 'b'))
  })

  it.each(['SQLITE_FULL', 'SQLITE_IOERR', 'SQLITE_IOERR_WRITE', 'SQLITE_READONLY_DBMOVED', 'SQLITE_BUSY'])(
    'takes %s as not stored, wherever it is wrapped',
    code => {
      const cause = Object.assign(new Error('disk'), { code })
      expect(asStoreError(new Error('query failed', { cause }))).toMatchObject({ code: 'not_stored' })
    },
  )

  it('leaves other errors as they are', () => {
    const error = Object.assign(new Error('taken'), { code: 'SQLITE_CONSTRAINT_UNIQUE' })
    expect(asStoreError(error)).toBe(error)
  })
})

describe('the files', () => {
  it('are written so that a commit survives the loss of power, and cannot be changed through `read`', async () => {
    const { store } = await testStore()
    const pragma = (name: string) => store.database.pragma(name, { simple: true })
    expect([pragma('journal_mode'), pragma('synchronous'), pragma('foreign_keys')]).toEqual(['wal', 2, 1])
    await expect(store.read.people.insert(aPerson())).rejects.toThrow('readonly')
  })

  it('refuse a row that points to nobody', async () => {
    const { store } = await testStore()
    const lost = store.write(({ roles }) =>
      roles.insert({ id: '1', role: 'joc', sector: null, personId: 'nobody', rank: 0, since: 0 }),
    )
    await expect(lost).rejects.toThrow('FOREIGN KEY')
  })

  it('are closed after the last writer in the queue', async () => {
    const { store } = await testStore()
    const last = store.write(({ people }) => people.insert(aPerson()))
    await store.close()
    await expect(last).resolves.toBeUndefined()
    await expect(store.write(async () => {})).rejects.toThrow('closed')
  })
})
