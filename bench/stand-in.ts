/**
 * Slack as the bench needs it: answers at once, checks nothing, and notes when messages and modals arrive.
 * Run as a process of its own; prints `{"url": …}` when it listens.
 */
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { APP_ID, BOT_ID, BOT_USER, OMBARA, TEAM_MISSION } from '../rehearsal/seed.ts'
import { now } from './figures.ts'
import { MARK } from './requests.ts'

/** What the stand-in has seen since it was last asked to forget. */
export interface Seen {
  posts: number
  opened: number
  /** When the last modal was opened; {@link now}. */
  lastOpenedAt: number
  /** By an alert's number: when its first message to a sector's channel arrived; {@link now}. */
  cards: Record<string, number>
}

const nothing = (): Seen => ({ posts: 0, opened: 0, lastOpenedAt: 0, cards: {} })
let seen = nothing()
let counter = 0
const nextTs = () => `1700000000.${String(++counter).padStart(6, '0')}`

type Method = (fields: URLSearchParams, body: string) => object

const methods: Record<string, Method> = {
  'auth.test': () => ({
    team_id: TEAM_MISSION,
    user_id: BOT_USER,
    bot_id: BOT_ID,
    app_id: APP_ID,
    url: 'https://unmob.slack.com/',
  }),
  'chat.postMessage': (fields, body) => {
    const channel = fields.get('channel') ?? ''
    seen.posts++
    const mark = channel.startsWith('C0POC') ? MARK.exec(body)?.[1] : undefined
    if (mark) seen.cards[mark] ??= now()
    return { channel, ts: nextTs() }
  },
  'chat.update': fields => ({ channel: fields.get('channel'), ts: fields.get('ts') }),
  'conversations.open': fields => ({ channel: { id: `D0${fields.get('users')}` } }),
  'conversations.info': fields => {
    const channel = OMBARA.channels.find(({ id }) => id === fields.get('channel'))
    return { channel: { id: channel?.id, is_private: channel?.kind !== 'public' } }
  },
  'conversations.members': fields => ({
    members: OMBARA.channels.find(({ id }) => id === fields.get('channel'))?.members ?? [],
    response_metadata: { next_cursor: '' },
  }),
  'users.info': fields => {
    const person = OMBARA.people.find(({ id }) => id === fields.get('user'))
    return { user: { id: person?.id, team_id: person?.teamId, locale: person?.locale, tz: person?.tz } }
  },
  'views.open': () => {
    seen.opened++
    seen.lastOpenedAt = now()
    return { view: { id: `V${++counter}` } }
  },
}

const server = createServer(async (request, response) => {
  const url = request.url ?? '/'
  const parts: Buffer[] = []
  for await (const part of request as AsyncIterable<Buffer>) parts.push(part)
  const answer = (body: object) => {
    const text = JSON.stringify(body)
    response.writeHead(200, { 'content-type': 'application/json', 'content-length': Buffer.byteLength(text) })
    response.end(text)
  }
  if (url === '/bench/seen') return answer(seen)
  if (url === '/bench/forget') {
    seen = nothing()
    return answer({})
  }
  const body = Buffer.concat(parts).toString()
  const method = methods[url.slice('/api/'.length)]
  return answer(method ? { ok: true, ...method(new URLSearchParams(body), body) } : { ok: true })
})

server.listen(0, '127.0.0.1', () => {
  console.log(JSON.stringify({ url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` }))
})
