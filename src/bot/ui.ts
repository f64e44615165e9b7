import type { KnownBlock } from '@slack/types'
import type { FetchFunction, WebClient } from '@slack/web-api'
import type { Ui, View } from '../handlers/contract.ts'
import type { Words } from '../locales/index.ts'
import type { Log, Rendered } from '../ports.ts'
import type { Quiet } from '../views/duty/forms.ts'
import type { Acknowledgement } from './acknowledgement.ts'

/** Where a person acted, as far as an answer to them needs it. */
export interface Place {
  userId: string
  channelId: string | null
  threadTs: string | null
  triggerId: string | null
  responseUrl: string | null
  view: { id: string; type: 'modal' | 'home' } | null
  /** True while the request is a modal's submission, whose answer may itself show something. */
  submitting: boolean
}

export interface UiDeps {
  client: WebClient
  fetch: FetchFunction
  log: Log
  /** Epoch ms; the wall clock unless given. */
  now?: () => number
}

type ViewArgument = Parameters<WebClient['views']['open']>[0]['view']

/** What a handler may show to the person who acted. Everything acknowledges first: Slack counts three seconds. */
export function createUi(deps: UiDeps, place: Place, ack: Acknowledgement, words: Words): Ui {
  const { client, fetch, log, now = Date.now } = deps

  const ui: Ui = {
    async open(view) {
      if (place.view?.type !== 'modal') {
        await ack.send()
        const opened = await client.views.open({ trigger_id: place.triggerId ?? '', view: argumentOf(view) })
        return opened.view?.id ?? ''
      }
      try {
        return await push(view)
      } catch (error) {
        // Slack stacks three forms; the fourth takes the place of the third.
        if (!isAnswered(error, 'push_limit_reached')) throw error
        await client.views.update({ view_id: place.view.id, view: argumentOf(view) })
        return place.view.id
      }
    },
    async replace(view, viewId) {
      await ack.send()
      if (view.type === 'home') {
        await client.views.publish({ user_id: place.userId, view: argumentOf(view) })
        return
      }
      const target = viewId ?? place.view?.id
      if (target === undefined) throw new Error('there is no modal to replace')
      try {
        await client.views.update({ view_id: target, view: argumentOf(view) })
      } catch (error) {
        // Whoever closed the form meanwhile misses nothing: what they did is done.
        if (viewId === undefined || !isAnswered(error, 'not_found')) throw error
      }
    },
    async tell(message) {
      for (const way of [inModal, byResponseUrl, asEphemeral, directly]) {
        if (await way(message)) return
      }
      log.error({ user: place.userId }, 'a private answer could not be given by any means')
    },
    async doNotDisturb() {
      try {
        const asked = client.dnd.info({ user: place.userId })
        return quietNow(await inTime(asked, QUIET_PATIENCE_MS), now())
      } catch (error) {
        log.warn({ err: error }, 'Do Not Disturb could not be asked for')
        return { is: 'unknown' }
      }
    },
  }
  return ui

  async function push(view: View): Promise<string> {
    await ack.send()
    const pushed = await client.views.push({ trigger_id: place.triggerId ?? '', view: argumentOf(view) })
    return pushed.view?.id ?? ''
  }

  async function inModal(message: Rendered): Promise<boolean> {
    if (!place.view) return false
    const view = notice(message, words)
    if (place.submitting && !ack.sent) {
      await ack.send({ response_action: 'push', view })
      return true
    }
    // On three forms that are open no notice fits, and it takes the place of none: something may be typed there.
    return attempt('views.push', () => (place.view?.type === 'modal' ? push(view) : ui.open(view)))
  }

  async function byResponseUrl(message: Rendered): Promise<boolean> {
    const { responseUrl, threadTs } = place
    if (!responseUrl) return false
    return attempt('response_url', async () => {
      await ack.send()
      const answer = await fetch(responseUrl, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({
          response_type: 'ephemeral',
          replace_original: false,
          ...message,
          ...(threadTs ? { thread_ts: threadTs } : {}),
        }),
      })
      if (!answer.ok) throw new Error(`response_url answered ${answer.status}`)
    })
  }

  async function asEphemeral({ text, blocks }: Rendered): Promise<boolean> {
    const { channelId: channel, userId: user, threadTs } = place
    if (!channel) return false
    return attempt('chat.postEphemeral', async () => {
      await ack.send()
      const thread = threadTs ? { thread_ts: threadTs } : {}
      await client.chat.postEphemeral({ channel, user, ...thread, ...content({ text, blocks }) })
    })
  }

  async function directly({ text, blocks }: Rendered): Promise<boolean> {
    return attempt('chat.postMessage', async () => {
      await ack.send()
      await client.chat.postMessage({ channel: place.userId, ...content({ text, blocks }) })
    })
  }

  async function attempt(means: string, way: () => Promise<unknown>): Promise<boolean> {
    try {
      await way()
      return true
    } catch (error) {
      log.warn({ means, err: error }, 'a private answer did not arrive by this means')
      return false
    }
  }
}

function content({ text, blocks }: Rendered) {
  return blocks ? { text, blocks: blocks as unknown as KnownBlock[] } : { text }
}

/** Slack waits three seconds for a modal's answer; this must not use them up. */
const QUIET_PATIENCE_MS = 1200

async function inTime<T>(work: Promise<T>, patienceMs: number): Promise<T> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error('no answer in time')), patienceMs)
  })
  try {
    return await Promise.race([work, late])
  } finally {
    clearTimeout(timer)
  }
}

/** What `dnd.info` means at a moment (epoch ms); Slack tells others only of the schedule, not of a snooze. */
export function quietNow(
  info: { dnd_enabled?: boolean; next_dnd_start_ts?: number; next_dnd_end_ts?: number },
  now: number,
): Quiet {
  const from = (info.next_dnd_start_ts ?? 0) * 1000
  const to = (info.next_dnd_end_ts ?? 0) * 1000
  if (!info.dnd_enabled || to <= now || to <= from) return { is: 'off' }
  return { is: from <= now ? 'on' : 'later', from, to }
}

/** A modal that holds a message. */
export function notice(message: Rendered, words: Words): View {
  const plain = { type: 'section', text: { type: 'mrkdwn', text: message.text } }
  return {
    type: 'modal',
    title: { type: 'plain_text', text: words.t(message.blocks ? 'bot.notice.name' : 'bot.notice.title') },
    close: { type: 'plain_text', text: words.t('bot.notice.close') },
    blocks: message.blocks ?? [plain],
  }
}

const argumentOf = (view: View): ViewArgument => view as unknown as ViewArgument

/** Whether this is what Slack answered: `not_found` for a view that was closed. */
function isAnswered(error: unknown, code: string): boolean {
  return (error as { data?: { error?: string } }).data?.error === code
}
