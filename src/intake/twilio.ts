import { createHmac } from 'node:crypto'
import type { Inbound } from '../domain/intake.ts'
import { formOf, type GatewayRequest, Refused, sameSecret } from './request.ts'

/** What a request of Twilio comes to: something from the field, or what became of a text of ours. */
export type TwilioRequest =
  | { is: 'inbound'; inbound: Inbound; answer: string }
  | { is: 'report'; id: string; status: string; answer: string }

/** Nothing is said to whoever wrote. */
const NOTHING = '<?xml version="1.0" encoding="UTF-8"?><Response></Response>'
/** The call is never taken, so that ringing costs the caller nothing: it stays a missed call. */
const REJECT = '<?xml version="1.0" encoding="UTF-8"?><Response><Reject reason="busy"/></Response>'

const REPORTS = new Set(['accepted', 'queued', 'sending', 'sent', 'delivered', 'undelivered', 'failed'])

/**
 * An SMS or a call that Twilio hands over. Twilio signs no time: what is sent a second time is known by its id.
 *
 * @param publicUrl the address Twilio was given, without `/intake/twilio`.
 * @throws Refused 403 unless Twilio signed it with this token, for this address; 422 for what is neither.
 */
export function readTwilio(request: GatewayRequest, authToken: string, publicUrl: string): TwilioRequest {
  const form = formOf(request)
  const given = request.header('x-twilio-signature')
  const signed = addresses(publicUrl, request.url).some(url =>
    sameSecret(given, twilioSignature(authToken, url, form)),
  )
  if (!signed)
    throw new Refused(
      403,
      given === undefined ? 'unsigned' : 'forged',
      'The signature does not fit. Check TWILIO_AUTH_TOKEN, and that PUBLIC_URL is the address Twilio was given.',
    )
  const messageId = form.get('MessageSid') ?? form.get('SmsSid')
  const callId = form.get('CallSid')
  const status = form.get('MessageStatus')
  if (messageId && status && REPORTS.has(status))
    return { is: 'report', id: messageId, status, answer: NOTHING }
  const id = messageId ?? callId
  if (!id)
    throw new Refused(422, 'no_id', 'Neither MessageSid nor CallSid is there: this is no SMS and no call.')
  const kind = messageId ? 'text' : 'call'
  return {
    is: 'inbound',
    inbound: {
      gateway: 'twilio',
      id,
      kind,
      from: form.get('From'),
      to: form.get('To'),
      text: kind === 'text' ? form.get('Body') : null,
      sentAt: null,
    },
    answer: kind === 'text' ? NOTHING : REJECT,
  }
}

/** HMAC-SHA1 over the address and every parameter in the order of its name, in base64. */
export function twilioSignature(authToken: string, url: string, form: URLSearchParams): string {
  const names = [...new Set(form.keys())].sort()
  const text = names.map(name =>
    [...new Set(form.getAll(name))]
      .sort()
      .map(value => name + value)
      .join(''),
  )
  return createHmac('sha1', authToken)
    .update(Buffer.from(url + text.join(''), 'utf8'))
    .digest('base64')
}

/** Some proxies add the port to the address and Twilio signs it, some do not. */
function addresses(publicUrl: string, path: string): string[] {
  const plain = publicUrl.replace(/\/$/, '') + path
  const { protocol, port, host } = new URL(plain)
  if (port !== '') return [plain]
  return [plain, plain.replace(`//${host}`, `//${host}:${protocol === 'https:' ? 443 : 80}`)]
}
