import type { Seed, SeedPerson } from '../seed-types.ts'
import { Changes } from './changes.ts'
import type { Ids } from './ids.ts'
import type { Channel, Message, StoredFile, Team, User, View } from './model.ts'

/** Everything the workspace holds, in memory. It knows no rules: those stand in `operations/`. */
export class State {
  readonly changes = new Changes()
  readonly teams = new Map<string, Team>()
  readonly users = new Map<string, User>()
  readonly channels = new Map<string, Channel>()
  readonly files = new Map<string, StoredFile>()
  readonly views = new Map<string, View>()
  /** Per person, the ids of their open modals, the topmost last. */
  readonly stacks = new Map<string, string[]>()
  readonly homes = new Map<string, View>()
  readonly bookmarks = new Map<string, Record<string, unknown>[]>()
  readonly scheduled = new Map<string, Scheduled>()
  readonly app: Seed['app']
  readonly homeTeam: Team
  readonly ids: Ids
  #messages = new Map<string, Map<string, Message>>()
  /** The timestamps of replies, by `channel|root`. */
  #threads = new Map<string, Set<string>>()

  constructor(seed: Seed, botName: string, ids: Ids, startedAtMs: number) {
    this.ids = ids
    for (const team of seed.teams) this.teams.set(team.id, team)
    const home = seed.teams[0]
    if (!home) throw new Error('The seed names no team: give at least the one the app is installed in.')
    this.homeTeam = home
    this.app = seed.app
    for (const p of seed.people) {
      this.users.set(p.id, userOf(p))
    }
    this.users.set(seed.app.botUserId, {
      id: seed.app.botUserId,
      teamId: home.id,
      handle: botName.toLowerCase().replaceAll(' ', '-'),
      name: botName,
      title: '',
      email: '',
      locale: 'en-US',
      tz: 'Etc/UTC',
      colour: '4a154b',
      isBot: true,
      isAdmin: false,
      isGuest: false,
      deleted: false,
    })
    for (const c of seed.channels) {
      const unknown = c.members.find(id => !this.users.has(id))
      if (unknown) throw new Error(`The seed's channel #${c.name} has the member ${unknown}, who is nobody.`)
      this.channels.set(c.id, {
        id: c.id,
        name: c.name,
        kind: c.kind,
        topic: c.topic ?? '',
        purpose: c.purpose ?? '',
        creator: seed.people[0]?.id ?? seed.app.botUserId,
        created: Math.floor(startedAtMs / 1000),
        archived: false,
        sharedWith: c.sharedWith ?? [],
        members: new Set(c.members),
        lastRead: new Map(),
      })
    }
  }

  /** All messages of a channel, ephemeral ones too, oldest first. */
  messages(channel: string): Message[] {
    return [...(this.#messages.get(channel)?.values() ?? [])]
  }

  message(channel: string, ts: string): Message | undefined {
    return this.#messages.get(channel)?.get(ts)
  }

  /** Puts a message in its place, new or edited, and tells the watchers. */
  putMessage(message: Message): void {
    let of = this.#messages.get(message.channel)
    if (!of) {
      of = new Map()
      this.#messages.set(message.channel, of)
    }
    of.set(message.ts, message)
    if (message.threadTs && message.threadTs !== message.ts && !message.ephemeralFor) {
      const key = `${message.channel}|${message.threadTs}`
      this.#threads.set(key, (this.#threads.get(key) ?? new Set()).add(message.ts))
    }
    this.changes.emit({ type: 'message', message })
  }

  dropMessage(message: Message): void {
    this.#messages.get(message.channel)?.delete(message.ts)
    this.changes.emit({
      type: 'messageDeleted',
      channel: message.channel,
      ts: message.ts,
      ...(message.ephemeralFor ? { ephemeralFor: message.ephemeralFor } : {}),
    })
  }

  /** The replies of a thread, without its first message, oldest first. */
  replies(channel: string, threadTs: string): Message[] {
    const replies = this.#threads.get(`${channel}|${threadTs}`) ?? []
    return [...replies].flatMap(ts => this.message(channel, ts) ?? [])
  }

  /** The direct conversation of exactly these people, if it was ever opened. */
  direct(members: string[]): Channel | undefined {
    const wanted = [...new Set(members)].sort().join()
    for (const channel of this.channels.values()) {
      if (channel.kind !== 'im' && channel.kind !== 'mpim') continue
      if ([...channel.members].sort().join() === wanted) return channel
    }
    return undefined
  }

  stack(user: string): View[] {
    return (this.stacks.get(user) ?? []).map(id => this.views.get(id)!).filter(Boolean)
  }

  isExternal(user: string): boolean {
    return this.users.get(user)?.teamId !== this.homeTeam.id
  }
}

export interface Scheduled {
  id: string
  channel: string
  /** Seconds since the epoch. */
  postAt: number
  args: Record<string, unknown>
  cancel: () => void
}

/** A person's account as it begins. */
export const userOf = (person: SeedPerson): User => ({
  ...person,
  isBot: false,
  isAdmin: person.isAdmin ?? false,
  isGuest: person.isGuest ?? false,
  deleted: false,
})
