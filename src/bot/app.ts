import type { FetchFunction } from '@slack/web-api'
import type { Config } from '../config.ts'
import { openPartners } from '../db/partners.ts'
import type { Store } from '../db/store.ts'
import { createGazetteer } from '../domain/gazetteer.ts'
import type { Mission } from '../domain/mission.ts'
import type { Handlers } from '../handlers/contract.ts'
import { createIds } from '../ids.ts'
import { createDoors } from '../intake/doors.ts'
import { createPoll } from '../intake/poll.ts'
import type { Work } from '../jobs/contract.ts'
import { createJobs, type Jobs, type JobsOptions } from '../jobs/engine.ts'
import { createLocales, type LocaleOptions, type Locales } from '../locales/index.ts'
import { refreshChannel } from '../operations/alert/tell.ts'
import { reportUndelivered, reportUnreachable } from '../operations/alert.ts'
import { recheckChannel } from '../operations/channel/recheck.ts'
import { scheduleComponentReports } from '../operations/component-report.ts'
import type { Ctx, Services } from '../operations/context.ts'
import { scheduleDigests } from '../operations/digest.ts'
import { scheduleDuties } from '../operations/duty.ts'
import { openProfile } from '../operations/profile.ts'
import { scheduleReach } from '../operations/reach.ts'
import { scheduleRetention } from '../operations/retention.ts'
import type { Clock, Ids, Log } from '../ports.ts'
import { createActors } from './actors.ts'
import { createBolt } from './bolt.ts'
import { gatewayProblemsOf } from './gateways.ts'
import { createHealth, type Health } from './health.ts'
import { startHttp } from './http.ts'
import { createInboxHandler } from './inbox.ts'
import { createLog } from './log.ts'
import { createMembership, type Membership } from './membership.ts'
import { createMessages, wantsEvent } from './messages.ts'
import { createMessenger } from './messenger.ts'
import { createMetrics } from './metrics.ts'
import { openParts, type Parts } from './parts.ts'
import { createProfiles } from './profiles.ts'
import { createRouter } from './router.ts'
import { seedDifferences, seedStore } from './seed.ts'
import { createSlackHttp } from './slack-http.ts'
import { createSms } from './sms.ts'
import { type Socket, startSocket } from './socket.ts'
import { checkVaultKeys, openVault } from './vault.ts'
import { createUnderWay } from './work.ts'

export interface BotOptions {
  config: Config
  mission: Mission
  clock?: Clock
  ids?: Ids
  log?: Log
  fetch?: FetchFunction
  /** The bot's own unless given. */
  handlers?: Handlers
  work?: { renderers: (locales: Locales) => Work['renderers']; timers: Work['timers'] }
  /** Slack's rates unless given; a server without them takes `noPace`. */
  pace?: JobsOptions['pace']
  /** What happens at a missing word; throws unless given. */
  onMissingWord?: LocaleOptions['onMissing']
}

export interface Bot {
  /** Where its own HTTP server listens. */
  url: string
  store: Store
  jobs: Jobs
  membership: Membership
  /** Asks the gateway that is polled now; true where there is none. For tests. */
  poll(): Promise<boolean>
  health(): Promise<Health>
  /** Finishes what is under way, brings memberships up to date and works off all that is due: for tests. */
  settled(): Promise<void>
  /** Takes nothing new, finishes what is under way and closes everything. May be called twice. */
  stop(): Promise<void>
}

/** So long a start waits for the members of channels never read or read too long ago. */
const MEMBERS_PATIENCE_MS = 3000
const STOP_PATIENCE_MS = 10_000

/**
 * Starts one bot: one mission, one workspace, one data folder. Resolves when it takes requests. Nothing here is
 * global, so several bots can run in one process.
 *
 * @throws ConfigError, RedisMissingError, TocsinError `data_in_use`, MigrationError, or the error of a port that is
 *   taken; nothing is left open then.
 */
export async function startBot(options: BotOptions): Promise<Bot> {
  const { config, clock = { now: Date.now }, ids = createIds(), fetch } = options
  const log = options.log ?? createLog(config.logLevel)
  const loading = Promise.all([
    options.handlers ?? import('../handlers/index.ts').then(module => module.handlers),
    options.work ??
      import('../jobs/rendering/index.ts').then(({ renderers, timerHandlers: timers }) => ({
        renderers,
        timers,
      })),
  ])
  loading.catch(() => {})
  const parts = await openParts({ config, clock, ids, log, fetch })
  const undo: Undo = [() => parts.store.close(), () => parts.redis.stop()]
  try {
    const [handlers, work] = await loading
    return await compose({ ...options, clock, ids, log, handlers, work }, parts, undo)
  } catch (error) {
    await closeAll(undo, log)
    throw error
  }
}

/** What closes the parts that are open, the last opened last. */
type Undo = (() => Promise<unknown> | unknown)[]

/** Closes in reverse order; one that fails holds up none of the others. */
async function closeAll(undo: Undo, log: Log): Promise<void> {
  for (const close of undo.splice(0).reverse()) {
    try {
      await close()
    } catch (error) {
      log.error({ err: error }, 'a part of the bot could not be closed')
    }
  }
}

type Complete = BotOptions & Required<Pick<BotOptions, 'clock' | 'ids' | 'log' | 'handlers' | 'work'>>

async function compose(options: Complete, parts: Parts, undo: Undo): Promise<Bot> {
  const { config, clock, ids, log, handlers, work, fetch = globalThis.fetch } = options
  const { store, redis, clients, identity } = parts
  const { mission, integration } = await openProfile(store.read, options.mission)
  const services: Services = {
    store,
    mission,
    integration,
    gazetteer: createGazetteer(mission.gazetteer),
    clock,
    ids,
    log,
    vault: openVault(config.vault, log),
    partners: openPartners(config.dataDir, config.partners),
  }
  const { onMissingWord: onMissing } = options
  const locales = createLocales(mission.zone, mission.languages, onMissing ? { onMissing } : {})

  await checkVaultKeys(services)
  await seedStore(store, mission, clock, ids)
  await scheduleDigests({ ...services, actor: { kind: 'system' } })
  await scheduleComponentReports({ ...services, actor: { kind: 'system' } })
  await scheduleReach({ ...services, actor: { kind: 'system' } })
  await scheduleRetention({ ...services, actor: { kind: 'system' } })
  await scheduleDuties({ ...services, actor: { kind: 'system' } })
  const differences = await seedDifferences(store, mission, clock.now())
  if (differences.length > 0) log.warn({ differences }, 'the store differs from the mission file, and holds')

  const metrics = createMetrics(store)
  const underWay = createUnderWay()
  const { track } = underWay
  const profiles = createProfiles({ client: clients.background, store, log })
  const membership = createMembership({
    client: clients.background,
    store,
    clock,
    ids,
    log,
    identity,
    profiles,
    staleMs: mission.staleMembershipMs,
    onRead: async (channelId, changed, wasOld) => {
      const system: Ctx = { ...services, actor: { kind: 'system' } }
      await recheckChannel(system, channelId, changed)
      if (changed || wasOld) await refreshChannel(system, channelId)
    },
  })
  const actors = createActors({ store, clock, ids, profiles })
  const ui = { client: clients.interactive, fetch, log, now: () => clock.now() }
  const { teamId: homeTeam } = identity
  const router = createRouter({
    services,
    handlers,
    actors,
    locales,
    metrics,
    ui,
    look: membership.look,
    messages: createMessages({ client: clients.interactive, log }),
    homeTeam,
  })
  const bolt = await createBolt({
    config: config.slack,
    identity,
    store,
    clock,
    log,
    router,
    wants: wantsEvent(store, [mission.recordEmoji, ...Object.values(mission.forums.marks)]),
    fetch: options.fetch,
  })
  const jobs = createJobs({
    services,
    messenger: createMessenger({ client: clients.posting, fetch: options.fetch }),
    sms: createSms(config.sms),
    redis,
    work: {
      renderers: work.renderers(locales),
      timers: work.timers,
      unreachable: reportUnreachable,
      undelivered: reportUndelivered,
      inbox: createInboxHandler({
        events: handlers.events,
        membership,
        profiles,
        actors,
        locales,
        client: clients.interactive,
        messages: createMessages({ client: clients.background, log }),
        homeTeam,
      }),
    },
    heartbeatUrl: config.heartbeatUrl,
    ...(options.pace ? { pace: options.pace } : {}),
  })
  undo.push(() => jobs.stop())
  undo.push(() => {
    membership.stop()
    profiles.stop()
  })
  undo.push(async () => {
    const left = await underWay.finished(STOP_PATIENCE_MS)
    if (left > 0) log.warn({ left }, 'work was still under way at the stop')
  })

  await membersRead(membership)
  await jobs.start()

  const { appToken, signingSecret: secret } = config.slack
  let socket: Socket | undefined
  let stopping = false
  const poll =
    config.intake.poll &&
    createPoll({ ctx: { ...services, actor: { kind: 'system' } }, ...config.intake.poll, log })
  const health = createHealth({
    gateways: gatewayProblemsOf({ config, mission, hasVault: services.vault !== null, poll, clock, store }),
    mission: mission.short,
    store,
    jobs,
    clock,
    words: locales.words(),
    membership,
    differences,
    slack: { mode: appToken ? 'socket' : 'http', isUp: () => (appToken ? (socket?.isUp() ?? false) : true) },
    stopping: () => stopping,
  })
  const slack =
    appToken || !secret
      ? undefined
      : createSlackHttp({ secret, bolt, log, metrics, wallClock: Date.now, track })
  const system: Ctx = { ...services, actor: { kind: 'system' } }
  const doors = createDoors({
    ctx: system,
    config: config.intake,
    log,
    wallClock: Date.now,
    turnedAway: metrics.turnedAway,
  })
  const http = await startHttp({
    port: config.port,
    log,
    metrics,
    health,
    slack,
    intake: (request, response) => track(doors(request, response)),
  })
  undo.push(() => http.stop())
  if (poll) {
    undo.push(() => poll.stop())
    poll.start()
  }
  if (appToken) {
    const slackConfig = { ...config.slack, appToken }
    socket = startSocket({ config: slackConfig, bolt, log, metrics, track, fetch: options.fetch })
    undo.push(() => socket?.stop())
    await socket.connected
  }

  let stopped: Promise<void> | undefined
  return {
    url: http.url,
    store,
    jobs,
    membership,
    poll: async () => (poll ? poll.once() : true),
    health,
    async settled() {
      await underWay.finished(STOP_PATIENCE_MS)
      await membership.sweep()
      await membership.settled()
      await jobs.settled()
      // What came in may have asked for members or profiles to be read anew.
      await membership.settled()
      await profiles.settled()
      await jobs.settled()
    },
    stop() {
      stopping = true
      stopped ??= closeAll(undo, log)
      return stopped
    },
  }
}

/** The first look at channels that could show nothing without it; a slow Slack does not hold up the start for long. */
async function membersRead(membership: Membership): Promise<void> {
  let timer: NodeJS.Timeout | undefined
  const enough = new Promise<void>(resolve => {
    timer = setTimeout(resolve, MEMBERS_PATIENCE_MS)
  })
  await Promise.race([membership.start(), enough])
  clearTimeout(timer)
}
