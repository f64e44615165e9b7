import { describe, expect, test } from 'vitest'
import { createJobs } from '../../src/jobs/engine.ts'
import {
  bench,
  messengerTo,
  NORTH,
  noRedis,
  plainWork,
  privateRedis,
  runningClock,
  until,
} from './support.ts'

describe('a bot that was killed', () => {
  test('between storing and posting: the message leaves at the next start', async () => {
    const { store, say, jobs, texts, clock } = await bench()
    await say({ text: 'stored' })
    await store.write(repos => repos.outbox.claimNext(clock.now()))
    await jobs.start()
    await jobs.settled()
    expect(texts(NORTH)).toEqual(['stored'])
  })

  test('between posting and recording: the card is found, brought up to date and not posted twice', async () => {
    const { store, say, jobs, texts, clock, slack } = await bench()
    const entryId = await say({ kind: 'card' })
    await store.write(repos => repos.outbox.claimNext(clock.now()))
    const posted = await messengerTo(slack).post({ channel: NORTH, text: 'before the crash', entryId })
    await jobs.start()
    await jobs.settled()
    expect(texts(NORTH)).toEqual(['card of r1'])
    expect(await store.read.cards.get('r1', NORTH)).toMatchObject({ ts: posted.ts })
  })

  test('between posting and recording, after a 429 that came before: still not posted twice', async () => {
    const { store, say, jobs, texts, clock, slack } = await bench()
    const entryId = await say({ text: 'once' })
    await store.write(repos => repos.outbox.claimNext(clock.now()))
    await store.write(repos => repos.outbox.later(entryId, clock.now(), 'ratelimited'))
    await store.write(repos => repos.outbox.claimNext(clock.now()))
    await messengerTo(slack).post({ channel: NORTH, text: 'once', entryId })
    await jobs.start()
    await jobs.settled()
    expect(texts(NORTH)).toEqual(['once'])
  })

  test('what is under way at a stop is finished, and the next life has nothing to repeat', async () => {
    const first = await bench()
    await first.jobs.start()
    for (let n = 0; n < 5; n++) await first.say({ recordId: `r${n}`, text: `${n}` })
    const second = await first.restart()
    await second.jobs.start()
    await second.jobs.settled()
    expect(first.texts(NORTH).sort()).toEqual(['0', '1', '2', '3', '4'])
  })
})

describe('several at once', () => {
  test('queue, sweep and a second engine on the same rows deliver each message once', async () => {
    const redis = await privateRedis()
    const { services, say, jobs, slack, texts } = await bench({ redis, clock: runningClock(), pace: fast })
    const options = { services, messenger: messengerTo(slack), work: plainWork, pace: fast }
    const rival = createJobs({ ...options, redis: await noRedis() })
    await jobs.start()
    const wanted = Array.from({ length: 60 }, (_, n) => `${n}`)
    for (const text of wanted) {
      await say({ recordId: `r${text}`, text })
      jobs.wake()
      rival.wake()
    }
    await until(() => texts(NORTH).length >= wanted.length)
    await Promise.all([jobs.settled(), rival.settled()])
    expect(texts(NORTH).sort()).toEqual(wanted.sort())
  })
})

describe('a store that refuses to write', () => {
  test('a message that was posted and could not be recorded is recorded later, not posted again', async () => {
    const { store, services, say, slack, texts, clock } = await bench()
    let full = false
    const write: typeof store.write = async fn => {
      if (full) throw new Error('disk full')
      return store.write(fn)
    }
    const shy = {
      ...services,
      store: { ...store, read: store.read, write, onCommit: store.onCommit.bind(store) },
    }
    const messenger = messengerTo(slack)
    const jobs = createJobs({
      services: shy as unknown as typeof services,
      messenger: {
        ...messenger,
        post: async message => {
          full = true
          return messenger.post(message)
        },
      },
      redis: await noRedis(),
      work: plainWork,
    })
    const id = await say({ kind: 'card' })
    await jobs.settled()
    full = false
    clock.advance(60_000)
    await jobs.settled()
    expect(texts(NORTH)).toHaveLength(1)
    expect(await store.read.outbox.byId(id)).toMatchObject({ state: 'sent' })
    expect(await store.read.cards.get('r1', NORTH)).not.toBeNull()
  })
})

const fast = { posts: { burst: 1, everyMs: 0 }, updates: { burst: 1, everyMs: 0 } }
