import type { IncomingMessage, ServerResponse } from 'node:http'
import { readBody } from '../api/parse.ts'
import type { Core } from '../core.ts'
import { isJson } from '../json.ts'
import { type HookAnswer, respond } from './respond.ts'

/** Under which name posts to a response_url stand in the log of calls, and faults meet them. */
export const HOOK = 'response_url'

/** Answers a post of the app to a response_url, faults included. */
export async function handleHook(
  core: Core,
  request: IncomingMessage,
  response: ServerResponse,
  url: URL,
): Promise<void> {
  const body = parsed(await readBody(request))
  const args = isJson(body) ? body : {}
  const away = core.faults.refusing
  const fault = away ? undefined : core.faults.takeApi(HOOK, args)
  const answer =
    away || fault?.cut || fault?.hang
      ? nothing()
      : (faulty(fault) ?? respond(core, url.pathname.slice('/hooks'.length), body))
  const unheard = Boolean(away || fault?.cut || fault?.hang || fault?.loseAnswer)
  core.calls.add({
    method: HOOK,
    args,
    at: core.clock.now(),
    httpStatus: answer.status,
    response: answer.body,
    unheard,
  })
  if (fault?.hang) return
  if (unheard) {
    response.destroy()
    return
  }
  response.writeHead(answer.status, { 'content-type': 'application/json' })
  response.end(JSON.stringify(answer.body))
}

const nothing = (): HookAnswer => ({ status: 0, body: {} })

function faulty(fault: { httpStatus?: number; error?: string } | undefined): HookAnswer | undefined {
  if (!fault?.httpStatus && !fault?.error) return undefined
  return { status: fault.httpStatus ?? 404, body: { ok: false, error: fault.error ?? 'fatal_error' } }
}

function parsed(raw: Buffer): unknown {
  try {
    return JSON.parse(raw.toString('utf8'))
  } catch {
    return undefined
  }
}
