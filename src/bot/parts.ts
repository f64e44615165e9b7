import type { FetchFunction } from '@slack/web-api'
import { ConfigError } from '../config/problems.ts'
import type { Config } from '../config.ts'
import { openStore, type Store } from '../db/store.ts'
import { openRedis, type RedisServer } from '../jobs/redis.ts'
import type { Clock, Ids, Log } from '../ports.ts'
import { readManifest } from './manifest.ts'
import { checkSlack, createClients, type Identity, type SlackClients } from './slack.ts'

/** What the bot stands on: opened together, since each waits for something else. */
export interface Parts {
  store: Store
  redis: RedisServer
  clients: SlackClients
  identity: Identity
}

/**
 * Opens the store and Redis and asks Slack who the bot is, all at once. Where one of them fails, the others are
 * closed again.
 *
 * @throws ConfigError, RedisMissingError, TocsinError `data_in_use`, MigrationError; of several, the configuration's
 *   problems together, else the first.
 */
export async function openParts(options: {
  config: Config
  clock: Clock
  ids: Ids
  log: Log
  fetch?: FetchFunction | undefined
}): Promise<Parts> {
  const { config, clock, ids, log, fetch } = options
  const { dataDir } = config
  const clients = createClients(config.slack, log, fetch)
  // The store comes first: a second bot on the same data must not touch the first one's Redis.
  const storing = openStore({ dataDir, clock, ids, log })
  const [store, redis, identity] = await Promise.allSettled([
    storing,
    storing.then(() => openRedis({ url: config.redisUrl, dataDir, log })),
    readManifest().then(({ scopes }) => checkSlack(clients, config.slack.apiUrl, scopes)),
  ])
  if (store.status === 'fulfilled' && redis.status === 'fulfilled' && identity.status === 'fulfilled') {
    return { store: store.value, redis: redis.value, clients, identity: identity.value }
  }
  if (redis.status === 'fulfilled') await redis.value.stop()
  if (store.status === 'fulfilled') await store.value.close()
  const reasons = [store, redis, identity].flatMap(part =>
    part.status === 'rejected' ? [part.reason as unknown] : [],
  )
  const problems = reasons.flatMap(reason => (reason instanceof ConfigError ? reason.problems : []))
  const others = reasons.filter(reason => !(reason instanceof ConfigError))
  throw others[0] ?? new ConfigError(problems)
}
