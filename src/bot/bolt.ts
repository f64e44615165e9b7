import { App } from '@slack/bolt'
import type { FetchFunction } from '@slack/web-api'
import type { Config } from '../config.ts'
import type { Store } from '../db/store.ts'
import type { Clock, Log } from '../ports.ts'
import type { Answer } from './acknowledgement.ts'
import { slackLog } from './log.ts'
import type { EventBody, Payload } from './payload.ts'
import type { Interactive, Router, Transport } from './router.ts'
import type { Identity } from './slack.ts'

/** One request of Slack, however it came. */
export interface Delivery {
  payload: Payload
  /** Answers Slack; rejects when the answer did not get there. */
  answer: Transport
  retryNum?: number | undefined
  retryReason?: string | undefined
}

/** Bolt between the transports (HTTP, Socket Mode) and the router. */
export interface Bolt {
  /**
   * Takes one request. It is answered when what must not be lost is on disk.
   *
   * @throws TocsinError `not_stored` when an event could not be written down: it stays unanswered and Slack sends it
   *   again.
   */
  deliver(delivery: Delivery): Promise<void>
}

export interface BoltDeps {
  config: Config['slack']
  identity: Identity
  store: Store
  clock: Clock
  log: Log
  router: Router
  /** Which events are written down and worked off; every one unless given. */
  wants?: (event: EventBody['event']) => Promise<boolean>
  fetch?: FetchFunction | undefined
}

const ANY = /[\s\S]*/

/**
 * Starts Bolt with one listener per kind: the Map of our own router costs nothing, every listener of Bolt costs on
 * every request.
 */
export async function createBolt(deps: BoltDeps): Promise<Bolt> {
  const { config, identity, store, clock, log, router, fetch, wants = async () => true } = deps
  const app = new App({
    receiver: { init() {}, async start() {}, async stop() {} },
    authorize: async () => ({
      botToken: config.botToken,
      botId: identity.botId,
      botUserId: identity.userId,
      teamId: identity.teamId,
    }),
    clientOptions: { slackApiUrl: config.apiUrl, ...(fetch ? { fetch } : {}) },
    logger: slackLog(log),
    convoStore: false,
    deferInitialization: true,
  })
  const attend = async ({ context, ack }: { context: object; ack?: unknown }) => {
    const { payload } = context as { payload: Interactive }
    await router.attend(payload, answer => (ack as (answer: Answer) => Promise<void>)(answer))
  }
  app.command(ANY, attend)
  app.action(ANY, attend)
  app.options(ANY, attend)
  app.shortcut(ANY, attend)
  app.view({ callback_id: ANY, type: 'view_submission' }, attend)
  app.view({ callback_id: ANY, type: 'view_closed' }, attend)
  app.error(async error => {
    log.error({ err: error }, 'Bolt could not attend to a request')
  })
  await app.init()

  /** Written down before Bolt acknowledges it, for Bolt does so before any listener runs. */
  async function writeDown(body: EventBody): Promise<void> {
    if (!(await wants(body.event))) return
    const item = { id: body.event_id, kind: body.event.type, body, receivedAt: clock.now() }
    const isNew = await store.write(repos => repos.inbox.add(item))
    if (!isNew) log.debug({ event: body.event_id }, 'an event came again')
  }

  return {
    async deliver({ payload, answer, retryNum, retryReason }) {
      if (payload.kind === 'event') await writeDown(payload.body)
      await app.processEvent({
        body: payload.body,
        ack: answer,
        customProperties: { payload },
        ...(retryNum === undefined ? {} : { retryNum }),
        ...(retryReason === undefined ? {} : { retryReason }),
      })
    },
  }
}
