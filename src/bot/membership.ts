import { WebAPIPlatformError, type WebClient } from '@slack/web-api'
import PQueue from 'p-queue'
import type { SlackUser } from '../db/channels.ts'
import type { Store } from '../db/store.ts'
import { TocsinError } from '../errors.ts'
import type { Looked } from '../operations/channel/facts.ts'
import type { Clock, Ids, Log } from '../ports.ts'
import { enter } from './actors.ts'
import type { Profiles } from './profiles.ts'
import type { Identity } from './slack.ts'

/**
 * Who could read a registered channel. The sharing rule trusts this list only while it is fresh, so it is read from
 * Slack at start, after every event that could change it, and again before it grows old.
 */
export interface Membership {
  /** Reads the channel anew, in the background. Channels that are not registered are left alone. */
  invalidate(channelId: string): void
  /**
   * Asks Slack now what a channel is, registered or not, and stores who is in it.
   *
   * @throws TocsinError `channel_unreadable` with Slack's code.
   */
  look(channelId: string, teamId: string): Promise<Looked>
  /** Reads every registered channel that was not read for half the time a list may serve. */
  sweep(): Promise<void>
  /** Channels that could not be read, with Slack's code. */
  unreadable(): ReadonlyMap<string, string>
  /** Waits until nothing is being read. */
  settled(): Promise<void>
  /** Reads what must be read, and again whenever it grows old. Resolves after the first round. */
  start(): Promise<void>
  stop(): void
}

export interface MembershipDeps {
  client: WebClient
  store: Store
  clock: Clock
  ids: Ids
  log: Log
  identity: Identity
  profiles: Profiles
  /** From the mission: an older list shows nothing restricted. */
  staleMs: number
  /** A registered channel was read; `changed` where others are in it than before, `wasOld` where its list had grown old. */
  onRead(channelId: string, changed: boolean, wasOld: boolean): Promise<void>
}

const LOOK_EVERY_MS = 60_000
const HOUR_MS = 3_600_000
const PAGE = 200

export function createMembership(deps: MembershipDeps): Membership {
  const { client, store, clock, ids, log, identity, profiles } = deps
  const maxAge = Math.min(HOUR_MS, deps.staleMs) / 2
  const queue = new PQueue({ concurrency: 2 })
  const waiting = new Set<string>()
  const unreadable = new Map<string, string>()
  let interval: NodeJS.Timeout | undefined

  function invalidate(channelId: string): void {
    if (waiting.has(channelId)) return
    waiting.add(channelId)
    void queue.add(async () => {
      waiting.delete(channelId)
      await read(channelId).catch(error => {
        const code = error instanceof WebAPIPlatformError ? error.data.error : 'no_answer'
        unreadable.set(channelId, code)
        log.warn({ channel: channelId, code }, 'the members of a channel could not be read')
      })
    })
  }

  async function sweep(): Promise<void> {
    const now = clock.now()
    for (const { id, membersAt } of await store.read.channels.all()) {
      if (membersAt === null || now - membersAt >= maxAge) invalidate(id)
    }
  }

  async function read(channelId: string): Promise<void> {
    const registered = await store.read.channels.byId(channelId)
    if (!registered) return
    const before = await memberKeys(channelId)
    const wasOld = registered.membersAt === null || clock.now() - registered.membersAt > deps.staleMs
    const { isPublic, sharedWith } = await take(channelId, registered.teamId)
    await store.write(repos => repos.channels.update(channelId, { isPublic, sharedWith }))
    unreadable.delete(channelId)
    const changed = before !== (await memberKeys(channelId)) || isPublic !== registered.isPublic
    await deps.onRead(channelId, changed, wasOld)
  }

  async function memberKeys(channelId: string): Promise<string> {
    const members = await store.read.channels.members(channelId)
    return members.map(({ teamId, userId, constituency }) => [teamId, userId, constituency].join()).join(';')
  }

  /** Asks Slack what the channel is and who is in it, and stores the latter. */
  async function take(channelId: string, teamId: string): Promise<Looked> {
    const at = clock.now()
    const { channel } = await client.conversations.info({ channel: channelId })
    const users = await locate(await memberIds(channelId), teamId)
    const people = await store.write(async repos => {
      const entered = []
      for (const user of users) entered.push(await enter(repos.people, user, clock, ids))
      await repos.channels.setMembers(channelId, users, at)
      return entered
    })
    for (const person of people) profiles.want(person)
    const teams = (channel as { connected_team_ids?: string[] } | undefined)?.connected_team_ids ?? []
    return {
      isPublic: channel?.is_private !== true,
      sharedWith: teams.filter(id => id !== identity.teamId),
      at,
    }
  }

  async function look(channelId: string, teamId: string): Promise<Looked> {
    try {
      return await take(channelId, teamId)
    } catch (error) {
      if (!(error instanceof WebAPIPlatformError)) throw error
      throw new TocsinError('channel_unreadable', { details: { code: error.data.error } })
    }
  }

  async function memberIds(channel: string): Promise<string[]> {
    const found: string[] = []
    let cursor: string | undefined
    do {
      const page = await client.conversations.members({ channel, limit: PAGE, ...(cursor ? { cursor } : {}) })
      found.push(...(page.members ?? []))
      cursor = page.response_metadata?.next_cursor || undefined
    } while (cursor)
    return found.filter(user => user !== identity.userId)
  }

  /** The workspace of each user: known from the store, else asked of Slack, else taken to be the channel's. */
  async function locate(userIds: string[], otherwise: string): Promise<SlackUser[]> {
    const known = new Map((await store.read.people.all()).map(({ userId, teamId }) => [userId, teamId]))
    const located: SlackUser[] = []
    for (const userId of userIds) {
      const teamId = known.get(userId) ?? (await teamOf(userId)) ?? otherwise
      located.push({ teamId, userId })
    }
    return located
  }

  async function teamOf(user: string): Promise<string | undefined> {
    try {
      return (await client.users.info({ user })).user?.team_id
    } catch (error) {
      if (error instanceof WebAPIPlatformError) return undefined
      throw error
    }
  }

  return {
    invalidate,
    look,
    sweep,
    unreadable: () => unreadable,
    settled: () => queue.onIdle(),
    async start() {
      const look = () =>
        sweep().catch(error => log.error({ err: error }, 'the channels could not be looked at'))
      interval = setInterval(() => void look(), LOOK_EVERY_MS)
      interval.unref()
      await look()
      await queue.onIdle()
    },
    stop() {
      clearInterval(interval)
      queue.pause()
      queue.clear()
    },
  }
}
