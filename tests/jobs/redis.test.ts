import { existsSync, writeFileSync } from 'node:fs'
import { mkdir } from 'node:fs/promises'
import path from 'node:path'
import type { Redis } from 'ioredis'
import { describe, expect, onTestFinished, test } from 'vitest'
import { openRedis, type RedisServer } from '../../src/jobs/redis.ts'
import { silentLog, temporaryFolder } from '../support/store.ts'
import { bench, NORTH, plainWork, privateRedis, runningClock, until } from './support.ts'

/** A connection that goes on trying; closed after the test. */
function connect(server: RedisServer): Redis {
  const redis = server.connect({ maxRetriesPerRequest: null, retryStrategy: () => 10 })
  redis.on('error', () => {})
  onTestFinished(() => redis.disconnect())
  return redis
}

const end = (pid: number | undefined) => process.kill(pid!, 'SIGKILL')

/** A Redis that is somebody else's, and once stopped never comes back. */
async function foreignRedis(): Promise<RedisServer> {
  const own = await privateRedis()
  return { ...own, kind: 'external', stop: async () => {}, end: own.stop } as RedisServer & {
    end(): Promise<void>
  }
}

describe('the private server', () => {
  test('answers once opened, and is gone once stopped', async () => {
    const folder = temporaryFolder()
    const server = await privateRedis(folder)
    expect(await connect(server).ping()).toBe('PONG')
    await server.stop()
    expect(existsSync(path.join(folder, 'redis', 'r.sock'))).toBe(false)
    expect(server.pid()).toBeUndefined()
  })

  test('killed, is started again', async () => {
    const server = await privateRedis()
    const first = server.pid()
    end(first)
    expect(await connect(server).ping()).toBe('PONG')
    await until(() => server.pid() !== undefined && server.pid() !== first)
  })

  test('that outlived its bot is adopted, not doubled', async () => {
    const folder = temporaryFolder()
    const orphan = await privateRedis(folder)
    await connect(orphan).set('left', 'behind')
    const adopted = await privateRedis(folder)
    expect(adopted.pid()).toBeUndefined()
    expect(await connect(adopted).get('left')).toBe('behind')
  })

  test('works in a folder whose path is longer than a socket may have', async () => {
    const folder = path.join(temporaryFolder(), 'long'.repeat(40))
    await mkdir(folder)
    expect(await connect(await privateRedis(folder)).ping()).toBe('PONG')
  })

  test('is not stopped by a damaged file: what it held is made anew from the store', async () => {
    const folder = temporaryFolder()
    const files = path.join(folder, 'redis', 'appendonlydir')
    await mkdir(files, { recursive: true })
    writeFileSync(path.join(files, 'appendonly.aof.manifest'), 'this is no manifest')
    expect(await connect(await privateRedis(folder)).ping()).toBe('PONG')
  })

  test('missing on this machine stops the start with the line that installs it', async () => {
    const choice = { dataDir: temporaryFolder(), log: silentLog, searchPath: temporaryFolder() }
    await expect(openRedis(choice)).rejects.toMatchObject({
      key: 'REDIS_URL',
      remedy: 'apt-get install -y redis-server',
      message: expect.stringContaining('apt-get install -y redis-server'),
    })
  })
})

describe('the queue', () => {
  test('killed while the bot runs: messages go on leaving, before and after it is back', async () => {
    const redis = await privateRedis()
    const { jobs, say, texts } = await bench({ redis, clock: runningClock() })
    await jobs.start()
    end(redis.pid())
    await say({ recordId: 'a', text: 'without' })
    await until(() => texts(NORTH).includes('without'))
    await until(async () => (await jobs.health()).redis.up)
    await say({ recordId: 'b', text: 'with' })
    await until(() => texts(NORTH).includes('with'))
  })

  test('that hangs holds up no message, and is used again once it answers', async () => {
    const redis = await privateRedis()
    const { jobs, say, texts } = await bench({ redis, clock: runningClock() })
    await jobs.start()
    process.kill(redis.pid()!, 'SIGSTOP')
    await say({ text: 'said' })
    await until(() => texts(NORTH).includes('said'))
    await until(async () => !(await jobs.health()).redis.up)
    process.kill(redis.pid()!, 'SIGCONT')
    await until(async () => (await jobs.health()).redis.up)
  })

  test('that hangs the moment it was reached is used again once it answers', async () => {
    const redis = await privateRedis()
    const pid = redis.pid()!
    let hung = false
    const hanging: RedisServer = {
      ...redis,
      connect(options) {
        const connection = redis.connect(options)
        connection.once('ready', () => {
          if (hung) return
          hung = true
          process.kill(pid, 'SIGSTOP')
        })
        return connection
      },
    }
    const { jobs, say, texts } = await bench({ redis: hanging, clock: runningClock() })
    await jobs.start()
    await say({ text: 'said' })
    await until(() => texts(NORTH).includes('said'))
    // Nothing is counted once BullMQ's own question was left without an answer.
    await until(async () => (await jobs.health()).redis.depths === null)
    process.kill(pid, 'SIGCONT')
    await until(async () => (await jobs.health()).redis.up)
  })

  test('killed for good: messages, timers and events are worked off all the same', async () => {
    const done: string[] = []
    const work = {
      ...plainWork,
      timers: { ring: async () => void done.push('timer') },
      inbox: async () => void done.push('event'),
    }
    const redis = (await foreignRedis()) as RedisServer & { end(): Promise<void> }
    const { jobs, say, store, texts, clock } = await bench({ redis, work, clock: runningClock() })
    await jobs.start()
    await redis.end()
    await say({ text: 'said' })
    const dueAt = clock.now() + 20
    await store.write(repos => repos.timers.arm({ key: 'k', kind: 'ring', recordId: 'r', dueAt }))
    const event = { id: 'Ev1', kind: 'event', body: {}, receivedAt: clock.now() }
    await store.write(repos => repos.inbox.add(event))
    await until(() => done.length === 2 && texts(NORTH).includes('said'))
    expect(done.sort()).toEqual(['event', 'timer'])
    expect((await jobs.health()).redis.up).toBe(false)
  })

  test('that forgot everything is told again what it should ring, under the same names', async () => {
    const redis = await privateRedis()
    const { jobs, store, clock } = await bench({ redis, clock: runningClock() })
    await jobs.start()
    const connection = connect(redis)
    const jobOf = async () => (await connection.keys('*:timers:timer-1-1')).length === 1
    const dueAt = clock.now() + 3_600_000
    await store.write(repos => repos.timers.arm({ key: 'k', kind: 'ring', recordId: 'r', dueAt }))
    await until(jobOf)
    await connection.flushall()
    end(redis.pid())
    await until(jobOf)
  })

  test('holds no word of what is said', async () => {
    const redis = await privateRedis()
    const { jobs, say, texts } = await bench({ redis, clock: runningClock() })
    const connection = connect(redis)
    const seen: string[] = []
    const monitor = await connection.monitor()
    onTestFinished(() => monitor.disconnect())
    monitor.on('monitor', (_, args: string[]) => seen.push(args.join(' ')))
    await jobs.start()
    await say({ text: 'armed men at the market' })
    await until(() => texts(NORTH).length === 1)
    expect(seen.length).toBeGreaterThan(0)
    expect(seen.join('\n')).not.toContain('market')
  })
})
