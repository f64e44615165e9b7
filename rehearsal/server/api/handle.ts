import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Core } from '../core.ts'
import { refuse, SlackError } from '../errors.ts'
import type { ApiFault } from '../faults.ts'
import { type Json, str } from '../json.ts'
import { scopesOf } from '../manifest.ts'
import { basics } from './basics.ts'
import { chat } from './chat.ts'
import { conversationChanges, conversations } from './conversations.ts'
import { files } from './files.ts'
import type { RateLimits } from './limits.ts'
import { marks } from './marks.ts'
import { Call, type Method, type Methods } from './method.ts'
import { parseArgs, readBody } from './parse.ts'
import { users } from './users.ts'
import { views } from './views.ts'

/** Every method this workspace answers. */
export const METHODS: Methods = {
  ...basics,
  ...chat,
  ...conversations,
  ...conversationChanges,
  ...users,
  ...views,
  ...marks,
  ...files,
}

interface Answer {
  status: number
  headers: Record<string, string>
  body: Json
}

/** Answers one call of the Web API, faults, limits, tokens and scopes included. */
export async function handleApi(
  core: Core,
  limits: RateLimits,
  request: IncomingMessage,
  response: ServerResponse,
  url: URL,
): Promise<void> {
  const name = url.pathname.slice('/api/'.length)
  const body = await readBody(request)
  let args: Json = {}
  let fault: ApiFault | undefined
  let answer: Answer
  try {
    args = await parseArgs(request, url, body)
    fault = core.faults.refusing ? undefined : core.faults.takeApi(name, args)
    if (core.faults.refusing) answer = { status: 0, headers: {}, body: {} }
    else answer = faultAnswer(fault) ?? (await run(core, limits, name, args, tokenOf(request, args)))
  } catch (error) {
    answer = refusal(error)
  }
  const cut = core.faults.refusing || fault?.cut || fault?.loseAnswer || fault?.hang
  const { token: _, ...shown } = args
  core.calls.add({
    method: name,
    args: shown,
    at: core.clock.now(),
    httpStatus: answer.status,
    response: answer.body,
    unheard: Boolean(cut),
  })
  if (fault?.hang) return
  if (cut) {
    response.destroy()
    return
  }
  if (fault?.delayMs) await new Promise<void>(done => core.clock.after(fault.delayMs!, done))
  response.writeHead(answer.status, { 'content-type': 'application/json; charset=utf-8', ...answer.headers })
  response.end(JSON.stringify(answer.body))
}

/** What a fault answers in place of the method; nothing where the method is to run all the same. */
function faultAnswer(fault: ApiFault | undefined): Answer | undefined {
  if (!fault) return undefined
  if (fault.hang || fault.cut) return { status: 0, headers: {}, body: {} }
  if (fault.httpStatus === 429 || fault.retryAfterSec !== undefined) return limited(fault.retryAfterSec ?? 1)
  if (fault.httpStatus)
    return { status: fault.httpStatus, headers: {}, body: { ok: false, error: 'fatal_error' } }
  if (fault.error) return { status: 200, headers: {}, body: { ok: false, error: fault.error } }
  return undefined
}

const limited = (seconds: number): Answer => ({
  status: 429,
  headers: { 'retry-after': String(seconds) },
  body: { ok: false, error: 'ratelimited' },
})

async function run(
  core: Core,
  limits: RateLimits,
  name: string,
  args: Json,
  token: string | undefined,
): Promise<Answer> {
  const method = Object.hasOwn(METHODS, name) ? METHODS[name] : undefined
  if (!method) return refusal(new SlackError('unknown_method', { req_method: name }))
  authorise(core, method, token)
  const wait = limits.take(name, method.tier, str(args.channel))
  if (wait !== undefined) return limited(wait)
  const result = await method.run(new Call(core, args, token))
  const scopes = scopesOf(core.manifest).join(',')
  return { status: 200, headers: { 'x-oauth-scopes': scopes }, body: { ok: true, ...result } }
}

function authorise(core: Core, method: Method, token: string | undefined): void {
  const kind = method.token ?? 'bot'
  if (kind === 'none') return
  if (!token) refuse('not_authed')
  const isApp = token === core.tokens.appToken
  if (!isApp && token !== core.tokens.botToken) refuse('invalid_auth')
  if (kind === 'bot' && isApp) refuse('not_allowed_token_type')
  if (kind === 'app' && !isApp) refuse('not_allowed_token_type')
  if (!method.scopes) return
  const provided = scopesOf(core.manifest)
  if (method.scopes.some(scope => provided.includes(scope))) return
  throw new SlackError('missing_scope', { needed: method.scopes[0], provided: provided.join(',') })
}

function refusal(error: unknown): Answer {
  if (!(error instanceof SlackError)) throw error
  return { status: 200, headers: {}, body: { ok: false, error: error.code, ...error.extra } }
}

function tokenOf(request: IncomingMessage, args: Json): string | undefined {
  const header = request.headers.authorization
  if (header?.startsWith('Bearer ')) return header.slice('Bearer '.length)
  return str(args.token)
}
