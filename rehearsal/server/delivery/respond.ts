import { assertMessage } from '../check.ts'
import type { Core } from '../core.ts'
import { SlackError } from '../errors.ts'
import { isJson, type Json, list, str } from '../json.ts'
import { edit, post, postEphemeral, remove } from '../operations/messages.ts'
import type { ResponseUrl } from './response-urls.ts'

export interface HookAnswer {
  status: number
  body: Json
}

const bad = (status: number, error: string, extra: Json = {}): HookAnswer => ({
  status,
  body: { ok: false, error, ...extra },
})

/** Answers a post to a response_url: a message, or a change of the one whose button was pressed. */
export function respond(core: Core, path: string, body: unknown): HookAnswer {
  const to = core.responseUrls.use(path)
  if (typeof to === 'string') return bad(404, to)
  if (!isJson(body)) return bad(400, 'invalid_payload')
  const source = to.source && core.state.message(to.channel, to.source.ts)
  if (body.delete_original === true) {
    if (!source) return bad(404, 'message_not_found')
    remove(core, source)
    return { status: 200, body: { ok: true } }
  }
  const text = str(body.text)
  const blocks = list(body.blocks)
  const attachments = list(body.attachments)
  if (!text && blocks.length === 0 && attachments.length === 0) return bad(400, 'no_text')
  try {
    assertMessage({ ...(text ? { text } : {}), ...(blocks.length ? { blocks } : {}) })
  } catch (error) {
    if (error instanceof SlackError) return bad(400, error.code, error.extra)
    throw error
  }
  const said = {
    text: text ?? '',
    ...(blocks.length > 0 ? { blocks } : {}),
    ...(attachments.length > 0 ? { attachments } : {}),
  }
  if (body.replace_original === true || (source && replacesByDefault(body, to))) {
    if (!source) return bad(404, 'message_not_found')
    edit(core, source, { blocks: undefined, attachments: undefined, ...said }, core.state.app.botUserId)
    return { status: 200, body: { ok: true } }
  }
  say(core, to, body, said)
  return { status: 200, body: { ok: true } }
}

/** An answer to a message's button replaces the message unless it says otherwise or names another kind. */
const replacesByDefault = (body: Json, to: ResponseUrl): boolean =>
  body.replace_original !== false && body.response_type === undefined && to.source !== undefined

function say(core: Core, to: ResponseUrl, body: Json, said: { text: string; blocks?: Json[] }): void {
  const threadTs = str(body.thread_ts) ?? to.source?.threadTs
  const message = {
    ...said,
    channel: to.channel,
    user: core.state.app.botUserId,
    fromApp: true,
    ...(threadTs ? { threadTs } : {}),
  }
  if (body.response_type === 'in_channel') post(core, message)
  else postEphemeral(core, { ...message, ephemeralFor: to.user })
}
