import type { Core } from '../core.ts'
import { refuse, SlackError } from '../errors.ts'
import { isJson, type Json, str } from '../json.ts'
import { scopesOf } from '../manifest.ts'
import type { Channel, Message, User } from '../state/model.ts'

/** Slack's tiers of calls a minute, or a rule of its own. */
export type Tier = 1 | 2 | 3 | 4 | 'posting' | 'none'

/** One method of the Web API. */
export interface Method {
  tier: Tier
  /** Any one of these scopes suffices; none means none is needed. */
  scopes?: string[]
  /** Which token it takes; the bot's unless said. */
  token?: 'bot' | 'app' | 'any' | 'none'
  run(call: Call): Json | Promise<Json>
}

export type Methods = Record<string, Method>

/** A call being worked on: its arguments, with the checks every method shares. */
export class Call {
  readonly core: Core
  readonly args: Json
  /** The token as given. */
  readonly token: string | undefined

  constructor(core: Core, args: Json, token: string | undefined) {
    this.core = core
    this.args = args
    this.token = token
  }

  get botUser(): string {
    return this.core.state.app.botUserId
  }

  text(name: string): string | undefined {
    const value = this.args[name]
    return typeof value === 'number' ? String(value) : str(value)
  }

  /** A required text. @throws SlackError `invalid_arguments`, or `code` */
  need(name: string, code = 'invalid_arguments'): string {
    return this.text(name) ?? refuse(code, `[ERROR] missing required field: ${name}`)
  }

  flag(name: string): boolean {
    const value = this.args[name]
    return value === true || value === 'true' || value === '1' || value === 1
  }

  number(name: string, otherwise: number): number {
    const value = Number(this.args[name] ?? otherwise)
    return Number.isFinite(value) ? value : otherwise
  }

  /** An argument that is JSON, given as such or as a string of it. @throws SlackError `code` where it is neither */
  json(name: string, code: string): unknown {
    const value = this.args[name]
    if (typeof value !== 'string') return value
    if (value === '') return undefined
    try {
      return JSON.parse(value)
    } catch {
      return refuse(code, `[ERROR] ${name} is not valid JSON`)
    }
  }

  object(name: string, code = 'invalid_arguments'): Json {
    const value = this.json(name, code)
    return isJson(value) ? value : refuse(code, `[ERROR] ${name} must be an object`)
  }

  names(name: string): string[] {
    const value = this.args[name]
    if (Array.isArray(value)) return value.map(String)
    return (this.text(name) ?? '')
      .split(',')
      .map(part => part.trim())
      .filter(Boolean)
  }

  /** @throws SlackError `missing_scope` unless the manifest has one of these */
  scope(...anyOf: string[]): void {
    const provided = scopesOf(this.core.manifest)
    if (!anyOf.some(s => provided.includes(s))) {
      throw new SlackError('missing_scope', { needed: anyOf[0], provided: provided.join(',') })
    }
  }

  has(scope: string): boolean {
    return scopesOf(this.core.manifest).includes(scope)
  }

  /** The channel named, if the bot may know of it. @throws SlackError `channel_not_found` */
  channel(name = 'channel'): Channel {
    const channel = this.core.state.channels.get(this.text(name) ?? '')
    if (!channel) return refuse('channel_not_found')
    if (channel.kind !== 'public' && !channel.members.has(this.botUser)) return refuse('channel_not_found')
    return channel
  }

  /** A channel the bot is in. @throws SlackError `channel_not_found`, `not_in_channel` */
  memberChannel(name = 'channel'): Channel {
    const channel = this.channel(name)
    if (!channel.members.has(this.botUser)) refuse('not_in_channel')
    return channel
  }

  /** @throws SlackError `user_not_found`, or `code` */
  user(name = 'user', code = 'user_not_found'): User {
    return this.core.state.users.get(this.text(name) ?? '') ?? refuse(code)
  }

  /** A message everybody in the channel sees. @throws SlackError `message_not_found` */
  message(channel: Channel, name: string, code = 'message_not_found'): Message {
    const message = this.core.state.message(channel.id, this.text(name) ?? '')
    return !message || message.ephemeralFor ? refuse(code) : message
  }

  /** Cuts a list into pages by `cursor` and `limit`, as Slack's collections do. */
  page<T>(
    items: T[],
    otherwise = 100,
    most = 1000,
  ): { items: T[]; response_metadata: { next_cursor: string } } {
    const limit = Math.min(Math.max(1, this.number('limit', otherwise)), most)
    const cursor = this.text('cursor')
    const start = cursor ? Number(Buffer.from(cursor, 'base64').toString().replace('from:', '')) : 0
    if (!Number.isInteger(start) || start < 0) refuse('invalid_cursor')
    const next = start + limit < items.length ? Buffer.from(`from:${start + limit}`).toString('base64') : ''
    return { items: items.slice(start, start + limit), response_metadata: { next_cursor: next } }
  }
}
