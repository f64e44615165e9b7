import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Act, ActResult, MessageSummary, OpenView, Snapshot } from '../protocol.ts'
import { handleApi } from './api/handle.ts'
import { type Limits, RateLimits } from './api/limits.ts'
import { CallLog } from './calls.ts'
import { type Clock, systemClock } from './clock.ts'
import type { Core } from './core.ts'
import { Events } from './delivery/events.ts'
import { handleHook } from './delivery/hooks.ts'
import { Link } from './delivery/link.ts'
import { DeliveryLog } from './delivery/log.ts'
import { ResponseUrls } from './delivery/response-urls.ts'
import { Triggers } from './delivery/triggers.ts'
import { Faults } from './faults.ts'
import { botNameOf, type Manifest } from './manifest.ts'
import { addPerson, changePerson, type PersonChange } from './operations/people.ts'
import { type ActOptions, act } from './people/act.ts'
import type { Seed, SeedPerson } from './seed-types.ts'
import { Ids } from './state/ids.ts'
import { State } from './state/state.ts'
import { LivePages } from './web/live.ts'
import { handleFile, handleWorkspace, servePage } from './web/pages.ts'
import { messageFor, messagesFor, openViews, snapshot } from './web/summary.ts'

export type { Limits } from './api/limits.ts'
export type { ApiCall } from './calls.ts'
export { type Clock, type MovableClock, movableClock, systemClock } from './clock.ts'
export type { Delivery } from './delivery/log.ts'
export type { ApiFault, DeliveryFault } from './faults.ts'
export type { Manifest } from './manifest.ts'
export type { PersonChange } from './operations/people.ts'
export type { ActOptions } from './people/act.ts'
export type { Seed, SeedPerson } from './seed-types.ts'

export interface WorkspaceOptions {
  manifest: Manifest
  seed: Seed
  /** 0 or absent: one the system gives. */
  port?: number
  clock?: Clock
  /** Where the app takes signed requests, such as `http://127.0.0.1:3000/slack/events`. May be set later. */
  appUrl?: string
  signingSecret: string
  botToken: string
  appToken: string
  /** The folder of the built web page. */
  pageDir?: string
  /** How strictly calls are counted; as Slack does unless said. */
  limits?: Limits
  /** Waits before each retry of a missed event, in milliseconds; Slack's 0, 1 min, 5 min unless said. */
  eventRetries?: number[]
}

/** A running workspace, and the handles by which tests in the same process hold it. */
export interface Workspace {
  url: string
  /** The Web API's address, with the slash at the end. */
  apiUrl: string
  state: State
  clock: Clock
  faults: Faults
  calls: CallLog
  deliveries: DeliveryLog
  /** The way to the app: `connection`, `setAppUrl`, `verifyUrl`, `sockets.warn()`. */
  link: Link
  /** Does what a person does. Refusals are results, not exceptions. */
  act(deed: Act, options?: ActOptions): Promise<ActResult>
  /** All a person sees, their ephemerals included. @throws Error where there is no such person */
  snapshot(userId: string): Snapshot
  /** The messages a person sees, ephemerals included: of one channel, or of all. */
  messagesFor(userId: string, channel?: string): MessageSummary[]
  messageFor(userId: string, channel: string, ts: string): MessageSummary | undefined
  /** The modals on a person's screen, the topmost last. */
  viewsFor(userId: string): OpenView[]
  setAppUrl(url: string | undefined): void
  /** Resolves once the app is reachable in this way; `none` waits for its last socket to close. */
  waitForApp(connection: 'http' | 'socket' | 'none', deadlineMs?: number): Promise<void>
  setLimits(limits: Limits): void
  /** Changes a person's account, as they or an administrator would; the app hears `user_change`. */
  changePerson(userId: string, change: PersonChange): void
  /** Adds a person; the app hears `team_join` where they join its own workspace. */
  addPerson(person: SeedPerson): void
  /** Puts another manifest in force, as a reinstallation does. */
  setManifest(manifest: Manifest): void
  stop(): Promise<void>
}

/**
 * Starts a Slack-compatible workspace on 127.0.0.1.
 * @throws Error where the port is taken or the seed contradicts itself
 */
export async function startWorkspace(options: WorkspaceOptions): Promise<Workspace> {
  const clock = options.clock ?? systemClock
  const ids = new Ids(clock)
  const state = new State(options.seed, botNameOf(options.manifest), ids, clock.now())
  const limits = new RateLimits(clock, options.limits ?? 'slack')
  const core = {
    state,
    clock,
    manifest: options.manifest,
    tokens: {
      signingSecret: options.signingSecret,
      botToken: options.botToken,
      appToken: options.appToken,
    },
    url: '',
    triggers: new Triggers(clock, ids),
    faults: new Faults(),
    calls: new CallLog(state.changes),
    deliveries: new DeliveryLog(state.changes),
    offered: new Map(),
  } as unknown as Core
  core.responseUrls = new ResponseUrls(clock, ids, () => core.url)
  core.events = new Events(core, options.eventRetries)
  core.link = new Link(core, options.appUrl)
  core.faults.onDropSockets(() => core.link.sockets.drop())
  const live = new LivePages(core)

  const server = createServer((request, response) => {
    route(core, limits, options.pageDir, request, response).catch(error => {
      core.deliveries.problem(`The workspace itself failed: ${error instanceof Error ? error.stack : error}`)
      if (!response.headersSent) response.writeHead(500, { 'content-type': 'application/json' })
      response.end(JSON.stringify({ ok: false, error: 'internal_error' }))
    })
  })
  server.on('upgrade', (request, stream, head) => {
    const url = new URL(request.url ?? '/', 'http://local')
    if (url.pathname.startsWith('/link')) core.link.sockets.upgrade(request, stream, head)
    else if (url.pathname === '/workspace/live') {
      live.upgrade(request, stream, head, url.searchParams.get('persona') ?? '')
    } else stream.destroy()
  })
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(options.port ?? 0, '127.0.0.1', resolve)
  })
  core.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`

  return {
    url: core.url,
    apiUrl: `${core.url}/api/`,
    state,
    clock,
    faults: core.faults,
    calls: core.calls,
    deliveries: core.deliveries,
    link: core.link,
    act: (deed, opts) => act(core, deed, opts),
    snapshot: userId => {
      const user = state.users.get(userId)
      if (!user) throw new Error(`There is no person ${userId} in this workspace.`)
      return snapshot(core, user, { ephemerals: true })
    },
    messagesFor: (userId, channel) => messagesFor(core, userId, channel),
    messageFor: (userId, channel, ts) => messageFor(core, userId, channel, ts),
    viewsFor: userId => openViews(core, userId),
    setAppUrl: url => core.link.setAppUrl(url),
    waitForApp: async (connection, deadlineMs) => {
      await state.changes.waitFor(
        () => (core.link.connection === connection ? true : undefined),
        () => `The app's connection never became "${connection}": it is "${core.link.connection}".`,
        deadlineMs,
      )
    },
    changePerson: (userId, change) => changePerson(core, userId, change),
    addPerson: person => addPerson(core, person),
    setLimits: next => limits.set(next),
    setManifest: manifest => {
      core.manifest = manifest
      state.changes.emit({ type: 'commands' })
    },
    stop: async () => {
      live.stop()
      core.link.stop()
      for (const scheduled of state.scheduled.values()) scheduled.cancel()
      server.closeAllConnections()
      await new Promise<void>(resolve => server.close(() => resolve()))
    },
  }
}

async function route(
  core: Core,
  limits: RateLimits,
  pageDir: string | undefined,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const url = new URL(request.url ?? '/', core.url)
  const first = url.pathname.split('/')[1]
  if (first === 'api') return handleApi(core, limits, request, response, url)
  if (first === 'hooks') return handleHook(core, request, response, url)
  if (first === 'upload' || first === 'files') return handleFile(core, request, response, url)
  if (first === 'workspace') return handleWorkspace(core, request, response, url)
  return servePage(pageDir, response, url)
}
