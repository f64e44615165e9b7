import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { describe, expect, onTestFinished, test } from 'vitest'
import { createHeartbeat } from '../../src/jobs/heartbeat.ts'
import { silentLog, testStore } from '../support/store.ts'
import { bench, ELSEWHERE } from './support.ts'

const MINUTE = 60_000

test('the health page names what is parked, why, and what to do, and no word of it', async () => {
  const { jobs, say } = await bench()
  await jobs.start()
  const id = await say({ target: ELSEWHERE, text: 'armed men' })
  await jobs.settled()
  const health = await jobs.health()
  expect(health.outbox.parkedEntries).toEqual([
    expect.objectContaining({ id, kind: 'line', target: ELSEWHERE, remedy: 'invite_bot' }),
  ])
  expect(JSON.stringify(health)).not.toContain('armed men')
})

test('the health page tells what waits, for how long, and that the queue is away', async () => {
  const { jobs, say, clock } = await bench()
  await jobs.start()
  await jobs.settled()
  await say({ notBefore: clock.now() + 10 * MINUTE })
  clock.advance(5 * MINUTE)
  const health = await jobs.health()
  expect(health).toMatchObject({
    redis: { up: false, depths: null },
    outbox: { waiting: 1, oldestWaitingMs: 5 * MINUTE, parked: 0 },
    lastSweep: expect.any(Number),
    lastHeartbeat: expect.any(Number),
  })
})

describe('heartbeat', () => {
  test('a gap of more than two minutes between two lives is written down as an outage', async () => {
    const { store, clock } = await testStore()
    const life = () => createHeartbeat({ store, clock, log: silentLog })
    await life().begin()
    const from = clock.now()
    clock.advance(2 * MINUTE)
    await life().begin()
    expect(await store.read.meta.outagesSince(0)).toEqual([])
    clock.advance(3 * MINUTE)
    await life().begin()
    expect(await store.read.meta.outagesSince(0)).toMatchObject([
      { fromAt: from + 2 * MINUTE, toAt: from + 5 * MINUTE },
    ])
  })

  test('a watchman is pinged, and one that is away or refuses harms nothing', async () => {
    const { store, clock } = await testStore()
    let pings = 0
    const server = createServer((_, response) => {
      pings++
      response.writeHead(500).end()
    })
    await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
    onTestFinished(() => void server.close())
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/ping`
    await createHeartbeat({ store, clock, log: silentLog, url }).ping()
    expect(pings).toBe(1)
    await createHeartbeat({ store, clock, log: silentLog, url: 'http://127.0.0.1:1/' }).ping()
  })
})
