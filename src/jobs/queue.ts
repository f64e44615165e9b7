import { Queue, Worker } from 'bullmq'
import type { Redis } from 'ioredis'
import type { Log } from '../ports.ts'
import type { RedisServer } from './redis.ts'

export const queueNames = ['deliver', 'timers', 'inbox'] as const
export type QueueName = (typeof queueNames)[number]

/** The alarm clock: BullMQ on Redis. It may be away at any time; nothing here waits for it or throws because of it. */
export interface JobQueue {
  /** Begins to connect and resolves once connected, or after `patience` ms. */
  start(patience: number): Promise<void>
  /** Puts a job that rings in `delay` ms. Resolves false when the queue did not take it. */
  put(name: QueueName, jobId: string, delay: number): Promise<boolean>
  /** True while the queue takes jobs and rings them. */
  answers(): boolean
  /** A job that was taken did not ring in time: the queue counts as silent until one does. */
  missed(): void
  /** Puts a job whose ring shows that a silent queue works again. */
  probe(): void
  /** Jobs by queue, or null while Redis is away. */
  depths(): Promise<Record<QueueName, number> | null>
  stop(): Promise<void>
}

export interface JobQueueOptions {
  redis: RedisServer
  /** Keeps the jobs of several bots on one Redis apart. */
  prefix: string
  log: Log
  onRing(name: QueueName): void
  /** Redis is there, for the first time or again: it may have forgotten every job. */
  onReturn(): void
}

/** So long it is waited before a server that did not say who it is is asked again. */
const ANEW_AFTER_MS = 500

interface Part {
  queue: Queue
  worker: Worker
}

export function createQueue({ redis, prefix, log, onRing, onReturn }: JobQueueOptions): JobQueue {
  let producer: Redis | undefined
  let blocking: Redis | undefined
  let parts: Record<QueueName, Part> | undefined
  let silent = false
  let probes = 0
  let stopped = false

  /** Workers drop nothing while Redis is away and take up again by themselves. */
  const patient = {
    maxRetriesPerRequest: null,
    maxLoadingRetryTime: 25,
    retryStrategy: (times: number) => Math.min(times * 25, 500),
  }
  /** Producers give up at once: whoever commits must not wait for an alarm clock. */
  const hasty = { ...patient, maxRetriesPerRequest: 1, enableOfflineQueue: false, commandTimeout: 500 }

  const quiet = (error: Error) => log.debug({ reason: error.message }, 'redis connection')

  async function start(patience: number): Promise<void> {
    let connected = () => {}
    const ready = new Promise<void>(resolve => {
      connected = resolve
    })
    const connection = redis.connect(hasty)
    producer = connection
    connection.on('error', quiet)
    connection.on('ready', () => {
      if (stopped) return
      open(connection)
      connected()
    })
    const enough = setTimeout(connected, patience)
    await ready
    clearTimeout(enough)
  }

  function open(connection: Redis): void {
    try {
      if (!parts) {
        const built = build(connection)
        parts = built
        const known = queueNames.map(name => built[name].queue.waitUntilReady())
        void Promise.all(known).catch(error => void openAnew(connection, built, error))
      }
      silent = false
      onReturn()
    } catch (error) {
      log.error({ reason: String(error) }, 'the queue could not be opened')
    }
  }

  /** BullMQ asks a server once who it is. Where that failed its queues stay deaf: others take their place once it answers. */
  async function openAnew(connection: Redis, built: Record<QueueName, Part>, reason: Error): Promise<void> {
    quiet(reason)
    if (stopped || parts !== built) return
    parts = undefined
    const former = blocking
    await close(built)
    former?.disconnect()
    while (!stopped && !parts) {
      await new Promise(resolve => setTimeout(resolve, ANEW_AFTER_MS))
      // Where the connection was lost too, its return opens the queues.
      if (connection.status !== 'ready') return
      if (await connection.ping().catch(quiet)) open(connection)
    }
  }

  function build(connection: Redis): Record<QueueName, Part> {
    blocking = redis.connect(patient)
    blocking.on('error', quiet)
    const shared = blocking
    const part = (name: QueueName): Part => {
      const queue = new Queue(name, {
        connection,
        prefix,
        defaultJobOptions: { removeOnComplete: true, removeOnFail: true },
      })
      const worker = new Worker(
        name,
        async () => {
          silent = false
          onRing(name)
        },
        { connection: shared, prefix, concurrency: 50, skipLockRenewal: true },
      )
      queue.on('error', quiet)
      worker.on('error', quiet)
      return { queue, worker }
    }
    return { deliver: part('deliver'), timers: part('timers'), inbox: part('inbox') }
  }

  const answers = () => parts !== undefined && producer?.status === 'ready' && !silent && !stopped

  async function put(name: QueueName, jobId: string, delay: number): Promise<boolean> {
    if (!parts || producer?.status !== 'ready' || stopped) return false
    try {
      await parts[name].queue.add(name, null, { jobId, delay: Math.max(0, delay) })
      return true
    } catch (error) {
      quiet(error as Error)
      silent = true
      return false
    }
  }

  async function depths(): Promise<Record<QueueName, number> | null> {
    if (!parts || producer?.status !== 'ready') return null
    try {
      const found = {} as Record<QueueName, number>
      for (const name of queueNames)
        found[name] = await parts[name].queue.getJobCountByTypes('wait', 'active', 'delayed')
      return found
    } catch {
      silent = true
      return null
    }
  }

  async function stop(): Promise<void> {
    stopped = true
    const standing = parts
    parts = undefined
    if (standing) await close(standing)
    blocking?.disconnect()
    producer?.disconnect()
  }

  return {
    start,
    put,
    answers,
    missed() {
      silent = true
    },
    probe() {
      if (silent) void put('deliver', `probe-${++probes}`, 0)
    },
    depths,
    stop,
  }
}

async function close(parts: Record<QueueName, Part>): Promise<void> {
  await Promise.allSettled(queueNames.map(name => within(1000, parts[name].worker.close(true))))
  await Promise.allSettled(queueNames.map(name => within(1000, parts[name].queue.close())))
}

/** Waits for `work`, but not longer than `limit` ms: closing a queue hangs while Redis is away. */
async function within(limit: number, work: Promise<unknown>): Promise<void> {
  let enough: NodeJS.Timeout | undefined
  const patience = new Promise<void>(resolve => {
    enough = setTimeout(resolve, limit)
  })
  await Promise.race([work, patience])
  clearTimeout(enough)
}
