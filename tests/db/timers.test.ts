import { expect, it } from 'vitest'
import { testStore } from '../support/store.ts'

const timer = { key: 'alert-1:civilian:1', kind: 'rung', recordId: 'alert-1', slot: 'civilian' }

it('fires a timer once, however many ask', async () => {
  const { store } = await testStore()
  const { id, arming } = await store.write(({ timers }) => timers.arm({ ...timer, dueAt: 100 }))
  const claim = (now: number) => store.write(({ timers }) => timers.claim(id, arming, now))
  expect(await claim(99)).toBeNull()
  const both = await Promise.all([claim(100), claim(100)])
  expect(both).toMatchObject([{ state: 'fired', firedAt: 100, slot: 'civilian' }, null])
})

it('makes jobs of an earlier arming do nothing', async () => {
  const { store } = await testStore()
  const first = await store.write(({ timers }) => timers.arm({ ...timer, dueAt: 100 }))
  const second = await store.write(({ timers }) => timers.arm({ ...timer, dueAt: 200 }))
  expect(second).toEqual({ id: first.id, arming: 2 })
  expect(await store.write(({ timers }) => timers.claim(first.id, first.arming, 300))).toBeNull()
  expect(await store.write(({ timers }) => timers.claim(first.id, second.arming, 300))).toMatchObject({
    dueAt: 200,
  })
})

it('arms a fired or cancelled timer anew', async () => {
  const { store } = await testStore()
  const arm = () => store.write(({ timers }) => timers.arm({ ...timer, dueAt: 100 }))
  const { id } = await arm()
  await store.write(({ timers }) => timers.claim(id, 1, 100))
  expect(await store.write(({ timers }) => timers.cancel(timer.key))).toBe(false)
  await arm()
  expect(await store.write(({ timers }) => timers.cancel(timer.key))).toBe(true)
  expect(await store.write(({ timers }) => timers.claim(id, 2, 100))).toBeNull()
  await arm()
  expect(await store.read.timers.byKey(timer.key)).toMatchObject({ state: 'armed', arming: 3, firedAt: null })
})

it('lists what is due, longest overdue first, and knows what comes next', async () => {
  const { store } = await testStore()
  expect(await store.read.timers.next()).toBeNull()
  await store.write(async ({ timers }) => {
    for (const dueAt of [300, 100, 200]) await timers.arm({ ...timer, key: String(dueAt), dueAt })
    await timers.cancel('100')
  })
  const keys = async (rows: Promise<{ key: string }[]>) => (await rows).map(({ key }) => key)
  expect(await keys(store.read.timers.due(299, 10))).toEqual(['200'])
  expect(await keys(store.read.timers.armed(10))).toEqual(['200', '300'])
  expect(await store.read.timers.next()).toBe(200)
})

it('leaves a timer that is armed for the moment asked for, so that its jobs stay good', async () => {
  const { store } = await testStore()
  const ensure = (dueAt: number) =>
    store.write(async ({ timers }) => {
      await timers.ensure({ ...timer, dueAt })
      const { arming, state } = (await timers.byKey(timer.key))!
      return [arming, state]
    })
  expect(await ensure(100)).toEqual([1, 'armed'])
  expect(await ensure(100)).toEqual([1, 'armed'])
  expect(await ensure(200)).toEqual([2, 'armed'])
  await store.write(({ timers }) => timers.cancel(timer.key))
  expect(await ensure(200)).toEqual([3, 'armed'])
})

it('ensures several timers in one transaction', async () => {
  const { store } = await testStore()
  await store.write(async ({ timers }) => {
    for (const key of ['a', 'b']) await timers.ensure({ ...timer, key, dueAt: 100 })
  })
  expect((await store.read.timers.armed(3)).map(({ key }) => key)).toEqual(['a', 'b'])
})
