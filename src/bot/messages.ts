import type { KnownBlock } from '@slack/types'
import { WebAPIPlatformError, type WebClient } from '@slack/web-api'
import type { Store } from '../db/store.ts'
import { TocsinError } from '../errors.ts'
import type { Log, Messages, WrittenMessage } from '../ports.ts'

/** What Slack answers where a message is no longer there. */
const GONE = new Set(['thread_not_found', 'message_not_found'])

interface Found {
  ts?: string
  thread_ts?: string
  user?: string
  team?: string
  user_team?: string
  text?: string
  bot_id?: string
  subtype?: string
  edited?: { ts?: string }
  reactions?: { name?: string; users?: string[]; count?: number }[]
}

/** Messages of people, by Slack's Web API. */
export function createMessages({ client, log }: { client: WebClient; log: Log }): Messages {
  return {
    async read(channel, ts) {
      try {
        const [page, link] = await Promise.all([
          client.conversations.replies({ channel, ts, limit: 1, inclusive: true }),
          client.chat.getPermalink({ channel, message_ts: ts }),
        ])
        const found = (page.messages as Found[] | undefined)?.find(message => message.ts === ts)
        return found ? written(channel, found, link.permalink ?? '') : null
      } catch (error) {
        if (!(error instanceof WebAPIPlatformError)) throw error
        const code = error.data.error
        if (GONE.has(code)) return null
        throw new TocsinError('message_unreadable', { details: { code } })
      }
    },

    async whisper({ channel, userId, threadTs }, { text, blocks }) {
      try {
        await client.chat.postEphemeral({
          channel,
          user: userId,
          text,
          ...(blocks ? { blocks: blocks as unknown as KnownBlock[] } : {}),
          ...(threadTs ? { thread_ts: threadTs } : {}),
        })
      } catch (error) {
        log.warn({ err: error }, 'a private answer beside a message did not arrive')
      }
    },
  }
}

function written(channel: string, found: Found, permalink: string): WrittenMessage {
  return {
    channel,
    ts: found.ts ?? '',
    threadTs: found.thread_ts ?? null,
    teamId: found.user_team ?? found.team ?? null,
    userId: found.user ?? '',
    text: found.text ?? '',
    fromApp: found.bot_id !== undefined || found.user === undefined || found.subtype === 'bot_message',
    editedTs: found.edited?.ts ?? null,
    reactions: (found.reactions ?? []).map(({ name = '', users = [], count = users.length }) => ({
      name,
      users,
      count,
    })),
    permalink,
  }
}

/**
 * Which of Slack's events are written down: a message only where it is one that stands on a record and was edited or
 * deleted, a reaction only where it is one of the mission's own marks. Everything else people write passes by unread.
 */
export function wantsEvent(
  store: Store,
  emoji: readonly string[],
): (event: Record<string, unknown>) => Promise<boolean> {
  return async event => {
    if (event.type === 'reaction_added' || event.type === 'reaction_removed')
      return emoji.includes(String(event.reaction).split('::')[0] ?? '')
    if (event.type !== 'message') return true
    const changed = event.message as { ts?: unknown } | undefined
    const ts = event.subtype === 'message_deleted' ? event.deleted_ts : changed?.ts
    if (event.subtype !== 'message_deleted' && event.subtype !== 'message_changed') return false
    const at = [String(event.channel), String(ts)] as const
    if ((await store.read.quotes.byMessage(...at)) !== null) return true
    return (await store.read.meetings.entryByMessage(...at)) !== null
  }
}
