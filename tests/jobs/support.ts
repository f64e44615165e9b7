import { setTimeout as pause } from 'node:timers/promises'
import { WebClient } from '@slack/web-api'
import { onTestFinished } from 'vitest'
import { startWorkspace, type Workspace, type WorkspaceOptions } from '../../rehearsal/server/index.ts'
import { createMessenger, messengerClientOptions } from '../../src/bot/messenger.ts'
import type { Work } from '../../src/jobs/contract.ts'
import { createJobs, type Jobs, type JobsOptions } from '../../src/jobs/engine.ts'
import { openRedis, type RedisServer } from '../../src/jobs/redis.ts'
import type { Services } from '../../src/operations/context.ts'
import type { Messenger } from '../../src/ports.ts'
import { type MovableClock, movableClock } from '../support/clock.ts'
import { reopen, silentLog, type TestStore, temporaryFolder, testStore } from '../support/store.ts'

export const NORTH = 'C0NORTH'
export const SOUTH = 'C0SOUTH'
/** The bot is in no such channel. */
export const ELSEWHERE = 'C0ELSEWHERE'
const MISSION = 'T0MISSION'
const BOT = 'U0BOT'
const TOKEN = 'xoxb-jobs'

/** A workspace of three channels, the bot in two of them, and one person. */
export async function workspace(options: Partial<WorkspaceOptions> = {}): Promise<Workspace> {
  const channel = (id: string, name: string, members: string[]) => ({
    id,
    name,
    kind: 'private' as const,
    members,
  })
  const person = {
    id: 'U0AMA',
    teamId: MISSION,
    handle: 'ama',
    name: 'Ama',
    title: '',
    email: 'ama@example.org',
    locale: 'en-US',
    tz: 'Africa/Lusaka',
    colour: '#123456',
  }
  const running = await startWorkspace({
    manifest: {
      display_information: { name: 'Tocsin' },
      oauth_config: {
        scopes: { bot: ['chat:write', 'groups:history', 'im:history', 'im:write', 'files:write'] },
      },
    },
    seed: {
      teams: [{ id: MISSION, name: 'Mission', domain: 'mission' }],
      app: { id: 'A0TOCSIN', botUserId: BOT, botId: 'B0TOCSIN' },
      people: [person],
      channels: [
        channel(NORTH, 'north', [BOT, person.id]),
        channel(SOUTH, 'south', [BOT, person.id]),
        channel(ELSEWHERE, 'elsewhere', [person.id]),
      ],
    },
    signingSecret: 'secret',
    botToken: TOKEN,
    appToken: 'xapp-jobs',
    limits: 'off',
    ...options,
  })
  onTestFinished(() => running.stop())
  return running
}

/** The messenger of the bot, which here gives up waiting for Slack after a third of a second. */
export function messengerTo(slack: Workspace): Messenger {
  const options = { ...messengerClientOptions, timeout: 300, slackApiUrl: slack.apiUrl, logger: quiet }
  return createMessenger({ client: new WebClient(TOKEN, options) })
}

const quiet = {
  debug: () => {},
  info: () => {},
  warn: () => {},
  error: () => {},
  setLevel: () => {},
  getLevel: () => 'error' as never,
  setName: () => {},
}

/** A private Redis in the store's folder. Fails with the line that installs it where there is none. */
export async function privateRedis(dataDir = temporaryFolder()): Promise<RedisServer> {
  const redis = await openRedis({ dataDir, log: silentLog })
  onTestFinished(() => redis.stop())
  return redis
}

/** An address where no Redis is, nor ever will be. */
export function noRedis(): Promise<RedisServer> {
  return openRedis({ url: 'redis://127.0.0.1:1', dataDir: '', log: silentLog })
}

/** Renders what the entry's data says, as a card or a line. */
export const plainWork: Work = {
  renderers: {
    card: async (ctx, entry) => {
      const text = (await ctx.store.read.meta.get(`text:${entry.recordId}`)) ?? `card of ${entry.recordId}`
      return { do: 'card', message: { text }, recordId: entry.recordId }
    },
    line: async (_, entry) => ({ do: 'line', message: { text: String(entry.data.text) } }),
    reply: async (_, entry) => ({
      do: 'line',
      message: { text: String(entry.data.text) },
      threadOf: entry.recordId,
    }),
  },
  timers: {},
  inbox: async () => {},
  unreachable: async () => {},
}

export interface Bench extends TestStore {
  slack: Workspace
  jobs: Jobs
  redis: RedisServer
  services: Services
  /** Adds entries in one transaction each. */
  say(entry: Partial<NewSaying>): Promise<string>
  /** The texts that stand in a channel, oldest first. */
  texts(channel: string): string[]
  state(id: string): Promise<string>
  /** Ends the engine and the store as `kill -9` would, except that nothing is left running; then starts anew. */
  restart(options?: Partial<JobsOptions>): Promise<Bench>
}

interface NewSaying {
  kind: string
  recordId: string
  target: string
  text: string
  urgent: boolean
  notBefore: number
}

export interface BenchOptions extends Partial<JobsOptions> {
  workspace?: Partial<WorkspaceOptions>
  clock?: MovableClock
}

/** The real time, which a test may also push forward: for what the queue rings by itself. */
export function runningClock(): MovableClock {
  const ahead = movableClock(0)
  return { ...ahead, now: () => Date.now() + ahead.now() }
}

/** A store, a workspace and the engine between them; not started. No Redis unless given. */
export async function bench({ workspace: how, clock, ...jobs }: BenchOptions = {}): Promise<Bench> {
  const base = await testStore({ clock })
  return assemble(base, await workspace(how), jobs)
}

async function assemble(base: TestStore, slack: Workspace, how: Partial<JobsOptions>): Promise<Bench> {
  const { store, clock, ids } = base
  const services = { store, clock, ids, log: silentLog } as unknown as Services
  const options: JobsOptions = {
    services,
    messenger: messengerTo(slack),
    redis: how.redis ?? (await noRedis()),
    work: plainWork,
    chance: () => 0.5,
    ...how,
  }
  const jobs = createJobs(options)
  onTestFinished(() => jobs.stop())
  return {
    ...base,
    slack,
    jobs,
    redis: options.redis,
    services,
    async say({ text = 'said', ...entry }) {
      const id = ids.id()
      const defaults = { id, kind: 'line', recordId: 'r1', target: NORTH, urgent: false, data: { text } }
      await store.write(repos => repos.outbox.add({ ...defaults, ...entry }))
      return id
    },
    texts: channel => slack.state.messages(channel).map(message => message.text),
    state: async id => (await store.read.outbox.byId(id))!.state,
    async restart(changes = {}) {
      await jobs.stop()
      await store.close()
      const again = await reopen(base)
      return assemble({ ...base, store: again }, slack, { ...how, ...changes })
    },
  }
}

/** Waits until `found` gives something; the test's own deadline ends a wait in vain. */
export async function until<T>(found: () => T | Promise<T>): Promise<NonNullable<T>> {
  for (;;) {
    const value = await found()
    if (value) return value as NonNullable<T>
    await pause(2)
  }
}
