import { expect, test } from 'vitest'
import type { InboxHandler } from '../../src/jobs/contract.ts'
import { type Bench, bench, plainWork } from './support.ts'

function receive({ store, clock }: Bench, id: string, body: Record<string, unknown> = { id }) {
  const item = { id, kind: 'event', body, receivedAt: clock.now() }
  return store.write(repos => repos.inbox.add(item))
}

function handling(handler: InboxHandler) {
  return { work: { ...plainWork, inbox: handler } }
}

test('an event delivered three times is worked off once', async () => {
  const seen: unknown[] = []
  const b = await bench(handling(async (_, body) => void seen.push(body.id)))
  for (let times = 0; times < 3; times++) {
    await receive(b, 'Ev1')
    await b.jobs.settled()
  }
  expect(seen).toEqual(['Ev1'])
})

test('events are taken up in the order they came', async () => {
  const seen: unknown[] = []
  const b = await bench(handling(async (_, body) => void seen.push(body.id)))
  const ids = Array.from({ length: 20 }, (_, n) => `Ev${n}`)
  for (const id of ids) await receive(b, id)
  await b.jobs.settled()
  expect(seen).toEqual(ids)
})

test('an event that fails holds up no other, is tried again, and is set aside after the third time', async () => {
  const seen: unknown[] = []
  const b = await bench(
    handling(async (_, body) => {
      seen.push(body.id)
      if (body.id === 'bad') throw new Error('cannot')
    }),
  )
  await receive(b, 'bad')
  await receive(b, 'good')
  await b.jobs.settled()
  expect(seen).toEqual(['bad', 'good'])
  for (let tries = 0; tries < 5; tries++) {
    b.clock.advance(60_000)
    await b.jobs.settled()
  }
  expect(seen.filter(id => id === 'bad')).toHaveLength(3)
  expect(await b.store.read.inbox.next(10)).toEqual([])
})

test('an event that was stored before a crash is worked off at the next start', async () => {
  const seen: unknown[] = []
  const b = await bench(handling(async (_, body) => void seen.push(body.id)))
  await receive(b, 'Ev1')
  await b.jobs.start()
  await b.jobs.settled()
  expect(seen).toEqual(['Ev1'])
})
