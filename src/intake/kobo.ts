import type { FormFields, Inbound } from '../domain/intake.ts'
import type { Intake } from '../domain/mission.ts'
import { requireToken } from './rapidpro.ts'
import { type GatewayRequest, jsonOf, Refused, sameSecret, textOf, timeOf } from './request.ts'

/**
 * A submission of KoboToolbox or ODK: JSON with the answers under the names of their questions, groups with `/`.
 *
 * @param form where the mission's form has which answer.
 * @throws Refused 401 unless it carries the secret, as a password (basic auth, any name) or as a token; 400 for no
 *   JSON; 422 without an id.
 */
export function readKobo(request: GatewayRequest, secret: string, form: Intake['form']): Inbound {
  requireSecret(request, secret)
  const answers = flat(jsonOf(request))
  const id = answers.get('_uuid') ?? answers.get('meta/instanceID') ?? answers.get('__id')
  if (!id)
    throw new Refused(
      422,
      'no_id',
      'Neither _uuid nor meta/instanceID is there. Send the whole submission as JSON.',
    )
  const taken = new Set<string>()
  const find = (name: string | undefined): string | undefined => {
    if (name === undefined) return undefined
    const key = [...answers.keys()].find(each => each === name || each.endsWith(`/${name}`))
    if (key !== undefined) taken.add(key)
    return key === undefined ? undefined : answers.get(key)
  }
  const fields: FormFields = {}
  for (const name of ['what', 'place', 'urgency', 'threat', 'count', 'position', 'base'] as const) {
    const value = find(form[name])
    if (value !== undefined) fields[name] = value
  }
  const from = find(form.phone) ?? null
  // What the mission file does not name is no less said.
  const others = [...answers].filter(([key]) => !taken.has(key) && !isTechnical(key))
  return {
    gateway: 'kobo',
    id: id.replace(/^uuid:/, ''),
    kind: 'form',
    from,
    to: null,
    text: others.map(([key, value]) => `${key}: ${value}`).join('\n') || null,
    fields,
    sentAt: timeOf(
      answers.get('end') ?? answers.get('_submission_time') ?? answers.get('__system/submissionDate'),
    ),
  }
}

function requireSecret(request: GatewayRequest, secret: string): void {
  const basic = /^basic\s+(.+)$/i.exec(request.header('authorization') ?? '')?.[1]
  if (basic === undefined) {
    requireToken(request, secret)
    return
  }
  const [, password] = Buffer.from(basic, 'base64').toString('utf8').split(/:(.*)/s)
  if (!sameSecret(password, secret))
    throw new Refused(
      401,
      'forged',
      'The password does not fit. It is the value of KOBO_SECRET, with any user name.',
    )
}

/** Names a server or a device adds of its own accord. */
const isTechnical = (key: string): boolean =>
  key.startsWith('_') ||
  key.includes('/_') ||
  key.startsWith('meta/') ||
  key.startsWith('formhub/') ||
  ['start', 'end', 'today', 'deviceid', 'username', 'phonenumber', 'subscriberid', 'simserial'].includes(key)

/** Every answer by its full name; parts of a group, and of ODK's objects, with `/` between. */
function flat(body: Record<string, unknown>): Map<string, string> {
  const answers = new Map<string, string>()
  const visit = (prefix: string, value: unknown, depth: number): void => {
    const text = textOf(value)
    if (text !== null) answers.set(prefix, text)
    else if (Array.isArray(value) && value.every(each => typeof each === 'number')) return
    else if (typeof value === 'object' && value !== null && depth < 6) {
      const point = pointOf(value as Record<string, unknown>)
      if (point !== null) answers.set(prefix, point)
      else
        for (const [key, inner] of Object.entries(value).slice(0, 500))
          visit(prefix === '' ? key : `${prefix}/${key}`, inner, depth + 1)
    }
  }
  visit('', body, 0)
  return answers
}

/** ODK's own point, a GeoJSON one, as Kobo writes it. */
function pointOf({ type, coordinates }: Record<string, unknown>): string | null {
  if (type !== 'Point' || !Array.isArray(coordinates)) return null
  const [lon, lat, altitude = 0] = coordinates as number[]
  return `${lat} ${lon} ${altitude}`
}
