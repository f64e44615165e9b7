/** What comes from the field by telephone, text or form: types and the grammar of short texts, without I/O. */
import type { Gazetteer } from './gazetteer.ts'
import { URGENCIES, type Urgency } from './mission/codes.ts'
import type { Intake } from './mission/intake-types.ts'
import { fold } from './text-fold.ts'

export const INBOUND_KINDS = ['call', 'text', 'form'] as const
export type InboundKind = (typeof INBOUND_KINDS)[number]

export const GATEWAYS = ['twilio', 'rapidpro', 'kobo', 'sms', 'poll'] as const
export type Gateway = (typeof GATEWAYS)[number]

/** One call, text or form as a gateway hands it over. Times are epoch ms. */
export interface Inbound {
  gateway: Gateway
  /** The gateway's own id of it; null where it has none. */
  id: string | null
  kind: InboundKind
  /** As the gateway writes it; null where nobody is named. */
  from: string | null
  /** The number that was rung or written to; null where the gateway does not say. */
  to: string | null
  text: string | null
  /** A form's answers by the mission file's names. */
  fields?: FormFields
  /** When it was sent, by the gateway's clock; null where it does not say. */
  sentAt: number | null
}

/** A form's answers, as far as the mission file says where they stand. */
export interface FormFields {
  what?: string
  place?: string
  urgency?: string
  threat?: string
  count?: string
  /** "lat lon altitude accuracy", as Kobo and ODK write a point. */
  position?: string
  base?: string
}

/** What a short text or a form says, as codes: it fills the alert's form in, and a person decides. */
export interface Parsed {
  urgency: Urgency | null
  threat: string | null
  /** A place of the gazetteer. */
  placeId: string | null
  /** Words that name a place the gazetteer does not hold. */
  placeSaid: string | null
  count: number | null
  /** WGS 84, decimal degrees. */
  position: { lat: number; lon: number } | null
}

/** A clock further from ours than this is marked: what it says of an hour is not to be relied upon. */
export const SKEW_MS = 10 * 60_000

/** Whether the gateway's time and ours disagree. Late is no disagreement for a form, which is sent when there is a network. */
export function isSkewed(kind: InboundKind, sentAt: number | null, receivedAt: number): boolean {
  if (sentAt === null) return false
  const late = receivedAt - sentAt
  return late < -SKEW_MS || (kind !== 'form' && late > SKEW_MS)
}

const nothing: Parsed = {
  urgency: null,
  threat: null,
  placeId: null,
  placeSaid: null,
  count: null,
  position: null,
}

/** More people than this is a telephone number or a slip of the finger. */
const COUNT_MAX = 99_999

/**
 * Reads a short text such as `A KARAMBA 50 ARMED`: the first word is one of the mission's words for an urgency, the
 * others are numbers, words for a threat, and a place, in any order.
 *
 * @returns null for a text that is not of this kind: that is no error, a person reads it.
 */
export function parseText(
  text: string,
  { keywords }: Pick<Intake, 'keywords'>,
  gazetteer: Gazetteer,
  sector: string | null,
): Parsed | null {
  const words = fold(text).split(' ')
  const urgency = keywords.urgency.get(words[0] ?? '')
  if (urgency === undefined || words.length > 20) return null
  let threat: string | null = null
  let count: number | null = null
  const others: string[] = []
  for (const word of words.slice(1)) {
    const named = keywords.threat.get(word)
    if (named !== undefined) threat ??= named
    else if (/^\d{1,5}$/.test(word) && count === null) count = Number(word)
    else others.push(word)
  }
  if (threat === null && count === null && others.length === 0) return null
  return { ...nothing, urgency, threat, count, ...placeOf(others.join(' '), gazetteer, sector) }
}

/**
 * Reads the answers of a form: urgency and threat by the mission's words or by their codes, which a form's choices often
 * bear. What fits none of them is left to the person who reads it.
 */
export function parseForm(
  fields: FormFields,
  { keywords }: Pick<Intake, 'keywords'>,
  gazetteer: Gazetteer,
  sector: string | null,
  threats: readonly { id: string }[],
): Parsed {
  const word = (text: string | undefined) => fold(text ?? '')
  const code = <T extends string>(codes: readonly T[], text: string | undefined): T | null =>
    codes.find(each => fold(each) === word(text)) ?? null
  const count = Number((fields.count ?? '').trim() || Number.NaN)
  return {
    urgency: keywords.urgency.get(word(fields.urgency)) ?? code(URGENCIES, fields.urgency),
    threat:
      keywords.threat.get(word(fields.threat)) ??
      code(
        threats.map(({ id }) => id),
        fields.threat,
      ),
    count: Number.isInteger(count) && count >= 0 && count <= COUNT_MAX ? count : null,
    ...placeOf(fields.place ?? '', gazetteer, sector),
    position: parsePoint(fields.position ?? ''),
  }
}

/** A point as Kobo and ODK write it: "lat lon altitude accuracy", the last two left out at times; null for no point. */
export function parsePoint(text: string): Parsed['position'] {
  const [lat, lon, ...rest] = text.trim().split(/\s+/).map(Number)
  const isPoint =
    lat !== undefined &&
    lon !== undefined &&
    text.trim() !== '' &&
    Math.abs(lat) <= 90 &&
    Math.abs(lon) <= 180 &&
    rest.length <= 2 &&
    rest.every(Number.isFinite)
  // A device without a fix sends zeroes.
  return isPoint && !(lat === 0 && lon === 0) ? { lat, lon } : null
}

function placeOf(
  words: string,
  gazetteer: Gazetteer,
  sector: string | null,
): Pick<Parsed, 'placeId' | 'placeSaid'> {
  const known = words.trim() === '' ? undefined : gazetteer.matchIn(words, { sector })
  if (known) return { placeId: known.id, placeSaid: null }
  return { placeId: null, placeSaid: words.trim() === '' ? null : words.trim().slice(0, 100) }
}
