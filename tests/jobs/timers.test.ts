import { describe, expect, test } from 'vitest'
import type { TimerHandler, Work } from '../../src/jobs/contract.ts'
import { type Bench, bench, plainWork, privateRedis, runningClock, until } from './support.ts'

const HOUR = 3_600_000

/** A work whose timers of kind `ring` write down which key fired, and those of kind `fail` throw. */
function ringing() {
  const rang: string[] = []
  const ring: TimerHandler = async (ctx, timer) => {
    await ctx.tx!.meta.set(`rang:${timer.key}`, timer.key)
    rang.push(timer.key)
  }
  const fail: TimerHandler = async () => {
    throw new Error('cannot')
  }
  const work: Work = { ...plainWork, timers: { ring, fail } }
  return { work, rang }
}

function arm({ store }: Bench, key: string, dueAt: number, kind = 'ring') {
  return store.write(repos => repos.timers.arm({ key, kind, recordId: 'r1', dueAt }))
}

describe('a timer', () => {
  test('fires when it is due, not before, and once', async () => {
    const { work, rang } = ringing()
    const b = await bench({ work })
    await arm(b, 'a', b.clock.now() + 10)
    await b.jobs.settled()
    expect(rang).toEqual([])
    b.clock.advance(10)
    await b.jobs.settled()
    await b.jobs.settled()
    expect(rang).toEqual(['a'])
  })

  test('armed anew fires at the new time only: a ring for the old arming does nothing', async () => {
    const { work, rang } = ringing()
    const b = await bench({ work })
    const now = b.clock.now()
    await arm(b, 'a', now + 10)
    await arm(b, 'a', now + HOUR)
    b.clock.advance(20)
    await b.jobs.settled()
    expect(rang).toEqual([])
    b.clock.set(now + HOUR)
    await b.jobs.settled()
    expect(rang).toEqual(['a'])
  })

  test('cancelled does not fire', async () => {
    const { work, rang } = ringing()
    const b = await bench({ work })
    await arm(b, 'a', b.clock.now() + 10)
    await b.store.write(repos => repos.timers.cancel('a'))
    b.clock.advance(HOUR)
    await b.jobs.settled()
    expect(rang).toEqual([])
  })

  test('that fell due while the bot was away fires once, at the start', async () => {
    const { work, rang } = ringing()
    const b = await bench({ work })
    await arm(b, 'a', b.clock.now() + 10)
    b.clock.advance(3 * HOUR)
    await b.jobs.start()
    await b.jobs.settled()
    const again = await b.restart()
    await again.jobs.start()
    await again.jobs.settled()
    expect(rang).toEqual(['a'])
  })

  test('whose work fails leaves nothing half done, is tried again and holds up no other', async () => {
    const { work, rang } = ringing()
    let broken = true
    const shaky: TimerHandler = async (ctx, timer) => {
      await ctx.tx!.meta.set('half', 'done')
      if (broken) throw new Error('cannot')
      rang.push(timer.key)
    }
    const b = await bench({ work: { ...work, timers: { ...work.timers, shaky } } })
    const due = b.clock.now()
    await arm(b, 'first', due, 'shaky')
    await arm(b, 'second', due)
    await b.jobs.settled()
    expect(await b.store.read.meta.get('rang:second')).toBe('second')
    expect(await b.store.read.meta.get('half')).toBeNull()
    broken = false
    b.clock.advance(60_000)
    await b.jobs.settled()
    expect(rang).toContain('first')
    expect(await b.store.read.meta.get('half')).toBe('done')
  })

  test('what a timer arms for now fires in the same go', async () => {
    const { work, rang } = ringing()
    const chain: TimerHandler = async (ctx, timer) => {
      await ctx.tx!.timers.arm({
        key: 'child',
        kind: 'ring',
        recordId: timer.recordId,
        dueAt: ctx.clock.now(),
      })
    }
    const b = await bench({ work: { ...work, timers: { ...work.timers, chain } } })
    await arm(b, 'parent', b.clock.now(), 'chain')
    await b.jobs.settled()
    expect(rang).toEqual(['child'])
  })
})

test('5,000 timers due at once each fire once, with queue and sweep at work together', async () => {
  const { work, rang } = ringing()
  const b = await bench({ work, redis: await privateRedis() })
  await b.store.write(async repos => {
    for (let n = 0; n < 5000; n++) {
      await repos.timers.arm({ key: `k${n}`, kind: 'ring', recordId: 'r', dueAt: b.clock.now() + 1000 })
    }
  })
  await b.jobs.start()
  b.clock.advance(1000)
  b.jobs.wake()
  await Promise.all([b.jobs.settled(), b.jobs.settled()])
  expect(rang).toHaveLength(5000)
  expect(new Set(rang).size).toBe(5000)
})

test.each([
  ['with a queue', true],
  ['without one', false],
])('%s, a running engine fires a timer by itself', async (_, queue) => {
  const { work, rang } = ringing()
  const b = await bench({ work, clock: runningClock(), ...(queue ? { redis: await privateRedis() } : {}) })
  await b.jobs.start()
  await arm(b, 'a', b.clock.now() + 30)
  await until(() => rang.length > 0)
  expect(rang).toEqual(['a'])
})
