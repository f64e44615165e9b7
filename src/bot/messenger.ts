import {
  type ChatPostMessageArguments,
  type ChatUpdateArguments,
  type FetchFunction,
  WebAPIHTTPError,
  WebAPIPlatformError,
  WebAPIRateLimitedError,
  type WebClient,
  type WebClientOptions,
} from '@slack/web-api'
import {
  DeliveryError,
  type Messenger,
  type OutgoingFile,
  type OutgoingMessage,
  type Posted,
} from '../ports.ts'

/** The only thing Tocsin writes into a message's metadata: which outbox entry it is. */
export const METADATA_EVENT = 'tocsin_entry'

/**
 * Options of the client behind a messenger: one attempt, no waiting, no pausing of other calls. Never give them to
 * Socket Mode, which would stop reconnecting.
 */
export const messengerClientOptions = {
  retryConfig: { retries: 0 },
  rejectRateLimitedCalls: true,
  timeout: 10_000,
} satisfies WebClientOptions

/** Slack's own trouble, or ours with the token: the same message can succeed later. */
const LATER = new Set([
  'ratelimited',
  'rate_limited',
  'internal_error',
  'fatal_error',
  'service_unavailable',
  'request_timeout',
  'team_added_to_org',
  'accesslimited',
  'invalid_auth',
  'not_authed',
  'token_expired',
  'token_revoked',
])
const RATE_LIMITED = new Set(['ratelimited', 'rate_limited'])
/** Slack always says how long; this is for servers that do not. */
const DEFAULT_RETRY_MS = 1000
const PAGE = 100
const MOST_PAGES = 10

interface Message {
  ts?: string
  metadata?: { event_type?: string; event_payload?: Record<string, unknown> }
}
interface Page {
  messages?: Message[]
  has_more?: boolean
  response_metadata?: { next_cursor?: string }
}

/** Slack behind the Messenger port. `client` must be made with {@link messengerClientOptions}. */
export function createMessenger({
  client,
  fetch = globalThis.fetch,
}: {
  client: WebClient
  fetch?: FetchFunction | undefined
}): Messenger {
  async function post(message: OutgoingMessage): Promise<Posted> {
    const { channel, text, blocks, threadTs, entryId } = message
    const answer = await client.chat.postMessage({
      channel,
      text,
      ...(blocks ? { blocks } : {}),
      ...(threadTs ? { thread_ts: threadTs } : {}),
      unfurl_links: false,
      unfurl_media: false,
      metadata: { event_type: METADATA_EVENT, event_payload: { entry: entryId } },
    } as ChatPostMessageArguments)
    return place(answer, channel)
  }

  async function update(message: OutgoingMessage & { ts: string }): Promise<Posted> {
    const { channel, ts, text, blocks } = message
    const answer = await client.chat.update({
      channel,
      ts,
      text,
      blocks: blocks ?? [],
    } as ChatUpdateArguments)
    return place(answer, channel, ts)
  }

  async function remove({ channel, ts }: Posted): Promise<void> {
    await unless(['message_not_found'], client.chat.delete({ channel, ts }))
  }

  async function pin({ channel, ts }: Posted): Promise<void> {
    await unless(['already_pinned'], client.pins.add({ channel, timestamp: ts }))
  }

  async function findPosted(
    channel: string,
    entryId: string,
    since: number,
    threadTs?: string,
  ): Promise<Posted | null> {
    const from = { channel, oldest: (since / 1000).toFixed(6), limit: PAGE, include_all_metadata: true }
    let cursor = ''
    for (let pages = 0; pages < MOST_PAGES; pages++) {
      const at = cursor === '' ? from : { ...from, cursor }
      const page: Page = threadTs
        ? await client.conversations.replies({ ...at, ts: threadTs })
        : await client.conversations.history(at)
      const found = page.messages?.find(message => isEntry(message, entryId))
      if (found?.ts) return { channel, ts: found.ts }
      cursor = page.response_metadata?.next_cursor ?? ''
      if (cursor === '' || page.has_more === false) return null
    }
    return null
  }

  async function openDirect(userId: string): Promise<string> {
    const answer = await client.conversations.open({ users: userId })
    const id = answer.channel?.id
    if (!id) throw new DeliveryError('later', 'no_answer')
    return id
  }

  async function postFile(file: OutgoingFile, named: (fileId: string) => Promise<void>) {
    const { channel, name, title, bytes, altText, text } = file
    const place = await client.files.getUploadURLExternal({
      filename: name,
      length: bytes.byteLength,
      alt_text: altText,
    })
    const { upload_url: url, file_id: fileId } = place
    if (!url || !fileId) throw new DeliveryError('later', 'no_answer')
    const form = new FormData()
    form.append('file', new Blob([bytes.slice()]), name)
    const sent = await fetch(url, { method: 'POST', body: form })
    if (!sent.ok) throw new DeliveryError('later', `http_${sent.status}`)
    await named(fileId)
    await client.files.completeUploadExternal({
      files: [{ id: fileId, title }],
      channel_id: channel,
      initial_comment: text,
    })
    return { channel, fileId }
  }

  async function deleteFile(fileId: string): Promise<void> {
    try {
      await client.files.delete({ file: fileId })
    } catch (error) {
      const gone = asDeliveryError(error)
      if (gone.code !== 'file_not_found' && gone.code !== 'file_deleted') throw gone
    }
  }

  return {
    postFile: (...upload) => told(postFile(...upload)),
    deleteFile: fileId => told(deleteFile(fileId)),
    post: message => told(post(message)),
    update: message => told(update(message)),
    remove: at => told(remove(at)),
    pin: at => told(pin(at)),
    findPosted: (...search) => told(findPosted(...search)),
    openDirect: userId => told(openDirect(userId)),
  }
}

/** Slack's answer names the place; one that is no answer of Slack's leaves it unknown what happened. */
function place(answer: { channel?: string; ts?: string }, channel: string, ts?: string): Posted {
  const at = answer.ts ?? ts
  if (!at) throw new DeliveryError('later', 'no_answer')
  return { channel: answer.channel ?? channel, ts: at }
}

function isEntry(message: Message, entryId: string): boolean {
  return message.metadata?.event_type === METADATA_EVENT && message.metadata.event_payload?.entry === entryId
}

/** Some of Slack's refusals say that what was asked for is so already. */
async function unless(codes: readonly string[], call: Promise<unknown>): Promise<void> {
  try {
    await call
  } catch (error) {
    if (!(error instanceof WebAPIPlatformError) || !codes.includes(error.data.error)) throw error
  }
}

async function told<T>(call: Promise<T>): Promise<T> {
  try {
    return await call
  } catch (error) {
    throw asDeliveryError(error)
  }
}

/** What an error of @slack/web-api means for the outbox. */
export function asDeliveryError(error: unknown): DeliveryError {
  if (error instanceof DeliveryError) return error
  if (error instanceof WebAPIRateLimitedError)
    return new DeliveryError('later', 'ratelimited', error.retryAfter * 1000)
  if (error instanceof WebAPIPlatformError) return platformError(error)
  if (error instanceof WebAPIHTTPError) {
    if (error.statusCode === 429) return new DeliveryError('later', 'ratelimited', DEFAULT_RETRY_MS)
    // Slack refuses with 200 and a code: any other status is a fault on the way.
    return new DeliveryError('later', `http_${error.statusCode}`)
  }
  // A refused, reset or silent connection: nobody knows whether Slack took the message.
  return new DeliveryError('later', 'no_answer')
}

function platformError({ data }: WebAPIPlatformError): DeliveryError {
  const { error: code } = data
  // A proxy's page of HTML comes as an "error" of many words.
  if (!/^[a-z0-9_]{1,80}$/i.test(code)) return new DeliveryError('later', 'no_answer')
  if (!LATER.has(code)) return new DeliveryError('never', code)
  if (!RATE_LIMITED.has(code)) return new DeliveryError('later', code)
  const seconds = (data.response_metadata as { retryAfter?: number } | undefined)?.retryAfter
  return new DeliveryError('later', 'ratelimited', seconds === undefined ? DEFAULT_RETRY_MS : seconds * 1000)
}
