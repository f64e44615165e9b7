/** Telephone numbers and the senders of texts: what they are, without I/O. */
import { type CountryCode, isSupportedCountry, parsePhoneNumberFromString } from 'libphonenumber-js'

/**
 * Who a gateway says has rung or written.
 * - `number`: somebody who can be called back, as E.164 (`+` and digits);
 * - `short`: a short code of an operator or a service: nobody to call, and nobody to answer;
 * - `name`: letters in place of a number, as advertisers use: the same;
 * - `hidden`: withheld.
 */
export type Sender =
  | { kind: 'number'; number: string }
  | { kind: 'short' | 'name'; said: string }
  | { kind: 'hidden' }

/** Numbers of fewer digits are short codes. */
const SHORT_DIGITS = 6
const HIDDEN = /^(|anonymous|restricted|unavailable|unknown|private|withheld)$/i
/** What Twilio gives for a withheld number: `+` and the letters ANONYMOUS, and the like, on a keypad. */
const KEYPAD_HIDDEN = new Set(['+266696687', '+7378742833', '+2562533', '+8656696', '+86282452253'])

/**
 * Reads a sender as a gateway writes it: `+243 99…`, `00243…`, `tel:+243…`, a national number, letters, nothing.
 *
 * @param country ISO 3166-1 alpha-2, in which numbers without a country's code are read; null: they stay as digits.
 */
export function readSender(raw: string | null | undefined, country: string | null): Sender {
  const text = (raw ?? '')
    .replace(/^tel:/i, '')
    .replace(/[\u2000-\u200f\u202a-\u202e\u2066-\u2069\ufeff]/g, '')
    .trim()
  if (HIDDEN.test(text)) return { kind: 'hidden' }
  if (/\p{L}/u.test(text)) return { kind: 'name', said: text.slice(0, 40) }
  const number = phoneNumber(text, country)
  if (number === null) {
    const digits = text.replace(/\D/g, '')
    return digits === '' ? { kind: 'hidden' } : { kind: 'short', said: digits.slice(0, 20) }
  }
  return KEYPAD_HIDDEN.has(number) ? { kind: 'hidden' } : { kind: 'number', number }
}

/**
 * A number as E.164, however it is spaced; null for what is none. A number of a country no numbering plan knows, and one
 * without its country where none is given, is taken as it stands: it can still be dialled.
 */
export function phoneNumber(raw: string, country: string | null): string | null {
  const compact = raw.replace(/[\s().\-/]/g, '').replace(/^00/, '+')
  if (!/^\+?\d+$/.test(compact)) return null
  const region = country && isSupportedCountry(country) ? (country as CountryCode) : undefined
  const digits = compact.replace('+', '')
  if (digits.length <= SHORT_DIGITS || digits.length > 15) return null
  const parsed = parsePhoneNumberFromString(compact, region)
  if (parsed?.isPossible()) return parsed.number
  return compact
}

/** Numbers that stand in a free text, as E.164. */
export function numbersIn(text: string, country: string | null): string[] {
  const found = text.match(/\+?\d[\d\s().\-/]{5,}\d/g) ?? []
  return [...new Set(found.flatMap(each => phoneNumber(each, country) ?? []))]
}
