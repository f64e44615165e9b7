import type { Config } from '../config.ts'
import { DeliveryError, type Sms } from '../ports.ts'

type Fetch = typeof globalThis.fetch

const TIMEOUT_MS = 15_000
/** What Twilio answers for a number that can never be reached: none, blocked, or not allowed from here. */
const NEVER = new Set([21211, 21214, 21408, 21610, 21612, 21614])

/** The gateway that sends texts; undefined where none is set up. */
export function createSms(config: Config['sms'], fetch: Fetch = globalThis.fetch): Sms | undefined {
  if (!config) return undefined
  return config.kind === 'twilio' ? twilioSms(config, fetch) : rapidProSms(config, fetch)
}

/** Twilio's Messages resource, or any server that speaks it. */
function twilioSms(config: Extract<Config['sms'], { kind: 'twilio' }>, fetch: Fetch): Sms {
  const { accountSid, authToken, from, apiUrl, statusUrl } = config
  const url = `${apiUrl.replace(/\/$/, '')}/2010-04-01/Accounts/${encodeURIComponent(accountSid)}/Messages.json`
  const authorization = `Basic ${Buffer.from(`${accountSid}:${authToken}`).toString('base64')}`
  const sender: Record<string, string> = from.startsWith('MG')
    ? { MessagingServiceSid: from }
    : { From: from }
  return {
    async send({ to, text }) {
      const body = new URLSearchParams({
        To: to,
        Body: text,
        ...sender,
        ...(statusUrl ? { StatusCallback: statusUrl } : {}),
      })
      const answered = await post(fetch, url, { authorization }, body)
      const { sid, code } = (await answered.json().catch(() => ({}))) as { sid?: string; code?: number }
      if (answered.ok && sid) return { id: sid }
      throw failure(answered, code === undefined ? undefined : NEVER.has(code), code)
    },
  }
}

/** RapidPro's and TextIt's broadcasts, to one number. */
function rapidProSms(config: Extract<Config['sms'], { kind: 'rapidpro' }>, fetch: Fetch): Sms {
  const url = `${config.apiUrl.replace(/\/$/, '')}/api/v2/broadcasts.json`
  const headers = { authorization: `Token ${config.apiToken}`, 'content-type': 'application/json' }
  return {
    async send({ to, text }) {
      const answered = await post(fetch, url, headers, JSON.stringify({ urns: [`tel:${to}`], text }))
      const { id, uuid } = (await answered.json().catch(() => ({}))) as { id?: number; uuid?: string }
      const given = uuid ?? (id === undefined ? undefined : String(id))
      if (answered.ok && given) return { id: given }
      throw failure(answered, answered.status === 400 ? true : undefined, undefined)
    },
  }
}

async function post(
  fetch: Fetch,
  url: string,
  headers: Record<string, string>,
  body: string | URLSearchParams,
): Promise<Response> {
  try {
    return await fetch(url, {
      method: 'POST',
      headers,
      body,
      redirect: 'error',
      signal: AbortSignal.timeout(TIMEOUT_MS),
    })
  } catch {
    // The error of the network may name the address; its number stands in the body alone, and nothing of it is kept.
    throw new DeliveryError('later', 'sms_no_answer')
  }
}

/** A wrong key or account is mended by somebody, so it is tried again; a number that is none is not. */
function failure(answered: Response, never: boolean | undefined, code: number | undefined): DeliveryError {
  const wait = Number(answered.headers.get('retry-after'))
  const named = `sms_${code ?? answered.status}`
  if (never === true) return new DeliveryError('never', named)
  return new DeliveryError('later', named, Number.isFinite(wait) && wait > 0 ? wait * 1000 : undefined)
}
