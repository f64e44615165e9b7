import fc from 'fast-check'
import { expect, it } from 'vitest'
import type { Alert } from '../../src/domain/alert.ts'
import { anAlert, aPerson } from '../support/records.ts'
import { testStore } from '../support/store.ts'

async function withAlerts(...changes: Partial<Alert>[]) {
  const opened = await testStore()
  await opened.store.write(async ({ people, alerts }) => {
    await people.insert(aPerson())
    for (const [n, change] of changes.entries()) {
      await alerts.insert(
        anAlert({ id: String(n), code: `A-${n}`, what: 'x', placeSaid: 'y', ...change }),
        [],
      )
    }
  })
  const { store } = opened
  return {
    store,
    found: async (words: string, limit = 10) => (await store.read.alerts.search(words, limit)).map(a => a.id),
  }
}

it('finds words and beginnings of words in what, where and how to find it, newest first', async () => {
  const { found } = await withAlerts(
    { what: 'Hommes armés vers le marché' },
    { placeSaid: 'Karamba MARKET' },
    { placeHow: 'behind the marché, past the well' },
    { what: 'Cattle raid' },
  )
  expect(await found('marche')).toEqual(['2', '0'])
  expect(await found('kar mark')).toEqual(['1'])
  expect(await found('marché armés')).toEqual(['0'])
  expect(await found('marché cattle')).toEqual([])
  expect(await found('mar', 2)).toEqual(['2', '1'])
})

it('finds words as they are after an edit, not as they were', async () => {
  const { store, found } = await withAlerts({ what: 'gunfire' })
  await store.write(({ alerts }) => alerts.update('0', 1, { what: 'drums' }))
  expect([await found('gunfire'), await found('drums')]).toEqual([[], ['0']])
})

it('does not let what a person may not read use up the limit', async () => {
  const { store } = await withAlerts(
    ...Array.from({ length: 300 }, (_, n) => ({ exercise: n > 0, what: 'raid' })),
  )
  const live = await store.read.alerts.search('raid', 5, alert => !alert.exercise)
  expect(live.map(({ id }) => id)).toEqual(['0'])
})

it.each([
  '',
  '   ',
  '"',
  '*',
  '- ( ) : ^',
  'AND',
  'NEAR(',
  'what:x',
  '"x',
  'x*',
  "x' or 1=1 --",
  '\0',
  'x\0y',
  '{',
  'é',
])('takes %j as words, not as a query', async words => {
  const { found } = await withAlerts({ what: 'x' })
  expect(Array.isArray(await found(words))).toBe(true)
})

it('never fails, whatever is typed', async () => {
  const { found } = await withAlerts({ what: 'x' })
  await fc.assert(
    fc.asyncProperty(fc.string({ unit: 'binary', maxLength: 200 }), async words => {
      await found(words)
    }),
  )
  await found('"a* '.repeat(5_000))
})

it('finds operators as the words they are', async () => {
  const { found } = await withAlerts({ what: 'search and rescue' }, { what: 'rescue' })
  expect(await found('AND rescue')).toEqual(['0'])
})
