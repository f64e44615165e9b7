import type { Ctx, Services } from '../operations/context.ts'
import type { Messenger, Sms } from '../ports.ts'
import { type Alarm, createAlarm } from './alarm.ts'
import type { Work } from './contract.ts'
import { createDeliver } from './deliver.ts'
import { type JobsHealth, jobsHealth } from './health.ts'
import { BEAT_MS, createHeartbeat, PING_MS } from './heartbeat.ts'
import { createInbox } from './inbox.ts'
import { createLanes, type Pace } from './lanes.ts'
import { createOutbox } from './outbox.ts'
import { createQueue, type JobQueue, type QueueName } from './queue.ts'
import type { RedisServer } from './redis.ts'
import { createSweep } from './sweep.ts'
import { createTimers } from './timers.ts'

export interface JobsOptions {
  services: Services
  messenger: Messenger
  /** Absent: no text message leaves. */
  sms?: Sms | undefined
  /** From `openRedis`; whoever opened it stops it, after the jobs. */
  redis: RedisServer
  work: Work
  /** HEARTBEAT_URL. */
  heartbeatUrl?: string | undefined
  /** Messages to other targets that may be under way at a time. */
  width?: number
  /** Slack's rates; see `noPace` for a server without them. */
  pace?: { posts: Pace; updates: Pace }
  /** 0 to 1, for the spread of repeated attempts. */
  chance?(): number
}

/** Everything that happens without anybody pressing a button. */
export interface Jobs {
  /** Takes up what an earlier life left, then works. Resolves when the first sweep has been started. */
  start(): Promise<void>
  /** Begins nothing more, waits a little for what is under way, and lets go of the queue. */
  stop(): Promise<void>
  /** Looks for work now. */
  wake(): void
  health(): Promise<JobsHealth>
  /** True when nothing is being worked off. */
  idle(): boolean
  /** Works off everything due at `clock.now()`, and what comes of it, until nothing is left: for tests, which move time. */
  settled(): Promise<void>
}

/** So long the start waits for Redis; without it, the rows are worked off all the same. */
const REDIS_PATIENCE_MS = 500
const STOP_PATIENCE_MS = 5000
const LIFE_KEY = 'queue_id'

/** Builds the engine: outbox, timers and inbox, each woken by the queue, by itself and by the sweep. */
export function createJobs(options: JobsOptions): Jobs {
  const {
    services,
    messenger,
    sms,
    redis,
    work,
    heartbeatUrl,
    width = 8,
    pace,
    chance = Math.random,
  } = options
  const { store, clock, ids, log } = services
  const ctx: Ctx = { ...services, actor: { kind: 'system' } }
  const lanes = createLanes(pace)
  let queue: JobQueue | undefined
  let alarms: Record<QueueName, Alarm> | undefined
  let commits = 0
  let stopped = false
  const leave: (() => void)[] = []

  const outbox = createOutbox({
    store,
    clock,
    ids,
    log,
    lanes,
    width,
    deliver: createDeliver({ ctx, messenger, sms, renderers: work.renderers, lanes, chance }),
    unreachable: (tx, personId) => work.unreachable({ ...ctx, tx }, personId),
    undelivered: async (tx, entry) => work.undelivered?.({ ...ctx, tx }, entry),
    wakeAt: time => alarms?.deliver.at(time),
  })
  const timers = createTimers({
    ctx,
    handlers: work.timers,
    chance,
    wakeAt: (time, jobId) => alarms?.timers.at(time, jobId),
  })
  const inbox = createInbox({ ctx, handler: work.inbox, chance, wakeAt: time => alarms?.inbox.at(time) })
  const parts = { deliver: outbox, timers, inbox }
  const heartbeat = createHeartbeat({ store, clock, log, url: heartbeatUrl })
  const sweep = createSweep({
    store,
    clock,
    log,
    queueAnswers: () => queue?.answers() ?? false,
    everything() {
      queue?.probe()
      wake()
    },
  })

  function wake(): void {
    if (stopped) return
    for (const part of Object.values(parts)) void part.run()
  }

  /** Who is awake is told directly; who sleeps is woken by the queue. */
  function onCommit(changed: { outbox: boolean; timers: boolean; inbox: boolean }): void {
    commits++
    if (stopped) return
    if (changed.timers) void timers.run()
    for (const [name, part] of [
      ['deliver', outbox],
      ['inbox', inbox],
    ] as const) {
      if (!(name === 'deliver' ? changed.outbox : changed.inbox)) continue
      if (part.busy()) void part.run()
      else alarms?.[name].now()
    }
  }

  async function start(): Promise<void> {
    await heartbeat.begin()
    await outbox.recover()
    const clockwork = createQueue({
      redis,
      prefix: `tocsin-${await queueId()}`,
      log,
      onRing: name => alarms?.[name].rung(),
      onReturn: recreate,
    })
    queue = clockwork
    const alarm = (name: QueueName) =>
      createAlarm({ name, queue: clockwork, clock, life: ids.id(), ring: () => void parts[name].run() })
    alarms = { deliver: alarm('deliver'), timers: alarm('timers'), inbox: alarm('inbox') }
    leave.push(store.onCommit(onCommit))
    leave.push(every(BEAT_MS, heartbeat.beat), every(PING_MS, heartbeat.ping))
    void heartbeat.ping()
    await clockwork.start(REDIS_PATIENCE_MS)
    await sweep.start()
  }

  /** Redis is there, or there again: what it should ring is planned anew, by the same ids. */
  function recreate(): void {
    for (const alarm of Object.values(alarms ?? {})) alarm.renew()
    wake()
  }

  /** Keeps this store's jobs apart from those of other bots on the same Redis. */
  async function queueId(): Promise<string> {
    const known = await store.read.meta.get(LIFE_KEY)
    if (known) return known
    const made = ids.id()
    await store.write(repos => repos.meta.set(LIFE_KEY, made))
    return made
  }

  async function stop(): Promise<void> {
    if (stopped) return
    stopped = true
    sweep.stop()
    for (const end of leave) end()
    for (const alarm of Object.values(alarms ?? {})) alarm.close()
    outbox.close()
    const patience = AbortSignal.timeout(STOP_PATIENCE_MS)
    const enough = new Promise(resolve => patience.addEventListener('abort', resolve))
    await Promise.race([Promise.all([outbox.quiet(), timers.run(), inbox.run()]), enough])
    await queue?.stop()
    await heartbeat.beat()
  }

  async function settled(): Promise<void> {
    let before: number
    do {
      before = commits
      await timers.run()
      await inbox.run()
      await outbox.quiet()
    } while (commits !== before)
  }

  return {
    start,
    stop,
    wake,
    settled,
    idle: () => !Object.values(parts).some(part => part.busy()),
    health: () => {
      if (!queue) throw new Error('the jobs have not been started')
      return jobsHealth({
        store,
        clock,
        redis,
        queue,
        failing: timers.failing,
        lastSweep: sweep.last,
        lastHeartbeat: heartbeat.last,
      })
    },
  }
}

/** Runs `work` every so often until the returned function is called; does not keep the process alive. */
function every(ms: number, work: () => Promise<void>): () => void {
  const interval = setInterval(() => void work(), ms)
  interval.unref()
  return () => clearInterval(interval)
}
