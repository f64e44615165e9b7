import type { Inbound } from '../domain/intake.ts'
import { type GatewayRequest, jsonOf, Refused, sameSecret, textOf, timeOf } from './request.ts'

type Fields = Record<string, unknown>

/**
 * What a flow of RapidPro or TextIt posts: a webhook's own body (`contact`, `input`, `channel`), or one written by
 * hand (`from`, `to`, `text`, `id`). A flow started by a missed call has no input.
 *
 * @throws Refused 401 unless it carries the token, 400 and 422 for what is no such body.
 */
export function readRapidPro(request: GatewayRequest, token: string): Inbound {
  requireToken(request, token)
  const body = jsonOf(request)
  const input = fieldsOf(body.input)
  const contact = fieldsOf(body.contact)
  const channel = fieldsOf(input.channel ?? body.channel)
  const run = fieldsOf(body.run)
  const from = urnOf(input.urn) ?? urnOf(contact.urn) ?? textOf(body.from)
  const text = textOf(input.text) ?? textOf(body.text)
  const id = textOf(input.uuid) ?? textOf(body.id) ?? textOf(run.uuid)
  if (from === null && text === null)
    throw new Refused(422, 'nothing_in_it', 'Neither contact.urn nor input.text is there, nor from and text.')
  return {
    gateway: 'rapidpro',
    id,
    kind: text === null ? 'call' : 'text',
    from,
    to: textOf(channel.address) ?? textOf(body.to),
    text,
    sentAt: timeOf(input.created_on) ?? timeOf(run.created_on) ?? timeOf(body.sent_at),
  }
}

/**
 * A shared token, as `Authorization: Token …` (or `Bearer …`), or as `X-Tocsin-Token`.
 *
 * @throws Refused 401.
 */
export function requireToken(request: GatewayRequest, token: string): void {
  const given =
    request.header('x-tocsin-token') ?? request.header('authorization')?.replace(/^(token|bearer)\s+/i, '')
  if (sameSecret(given, token)) return
  throw new Refused(
    401,
    given === undefined ? 'unsigned' : 'forged',
    'The token does not fit. Send it as the header "Authorization: Token …" or "X-Tocsin-Token".',
  )
}

const fieldsOf = (value: unknown): Fields =>
  typeof value === 'object' && value !== null ? (value as Fields) : {}

/** `tel:+243…`, `whatsapp:243…`, or the same in parts; another scheme names no telephone. */
function urnOf(urn: unknown): string | null {
  const { scheme, path } = typeof urn === 'object' && urn !== null ? (urn as Fields) : partsOf(textOf(urn))
  if (typeof path !== 'string' || path === '') return null
  if (scheme === 'tel') return path
  return scheme === 'whatsapp' ? `+${path.replace(/^\+/, '')}` : `${scheme} ${path}`
}

function partsOf(urn: string | null): Fields {
  const at = urn?.indexOf(':') ?? -1
  return urn && at > 0 ? { scheme: urn.slice(0, at), path: urn.slice(at + 1).split('#')[0] } : {}
}
