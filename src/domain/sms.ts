/** Texts to a telephone: how many segments one takes, and how it stays one. Pure. */

const GSM_BASIC =
  '@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !"#¤%&\'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà'
/** Each takes two places. */
const GSM_EXTENDED = '^{}\\[~]|€\f'

const basic = new Set(GSM_BASIC)
const extended = new Set(GSM_EXTENDED)

export interface Segments {
  encoding: 'GSM-7' | 'UCS-2'
  /** Septets, or UTF-16 code units. */
  units: number
  count: number
}

/** How a text travels (3GPP TS 23.038): 160 septets or 70 code units alone, 153 or 67 in each of several segments. */
export function segmentsOf(text: string): Segments {
  const characters = [...text]
  const gsm = characters.every(each => basic.has(each) || extended.has(each))
  const units = gsm ? characters.reduce((sum, each) => sum + (extended.has(each) ? 2 : 1), 0) : text.length
  const [alone, each] = gsm ? [160, 153] : [70, 67]
  return {
    encoding: gsm ? 'GSM-7' : 'UCS-2',
    units,
    count: units <= alone ? 1 : Math.ceil(units / each),
  }
}

/** The text in letters every telephone and network carries at 160 to the segment: `ê` becomes `e`, `’` becomes `'`. */
export function toGsm(text: string): string {
  return [
    ...text
      .replace(/[‘’ʼ]/g, "'")
      .replace(/[“”«»]/g, '"')
      .replace(/[–—]/g, '-')
      .replace(/[\u00a0\u202f]/g, ' '),
  ]
    .map(each => {
      if (basic.has(each) || extended.has(each)) return each
      const bare = each.normalize('NFKD').replace(/\p{M}+/gu, '')
      return [...bare].every(part => basic.has(part)) && bare !== '' ? bare : '?'
    })
    .join('')
}

/** Letters and digits of a one-time code: as those of record codes, none that is mistaken for another. */
const CODE_ALPHABET = '34679CDFHJKMNPQRTVWXY'
export const CODE_LENGTH = 5

/** The one-time code that follows from a keyed digest in hexadecimal: 21⁵, some four million. */
export function codeFrom(digest: string): string {
  let value = BigInt(`0x${digest.slice(0, 30)}`)
  let code = ''
  for (let at = 0; at < CODE_LENGTH; at++) {
    code += CODE_ALPHABET[Number(value % 21n)]
    value /= 21n
  }
  return code
}

/** What of an answered text could be a one-time code: words of its length and letters, in capitals. `they shoot` holds none. */
export function codesIn(text: string): string[] {
  const words = text.toUpperCase().match(/[A-Z0-9]+/g) ?? []
  const could = words.filter(
    word => word.length === CODE_LENGTH && [...word].every(each => CODE_ALPHABET.includes(each)),
  )
  return [...new Set(could)].slice(0, 10)
}

/** A text that says nothing but a code, with a word or two beside it: an answer to one of ours, not a warning. */
export function isAnswer(text: string): boolean {
  const words = text.trim().split(/\s+/)
  return words.length <= 3 && text.length <= 24 && codesIn(text).length > 0
}

/** Words for "we are well", and none that could mean the opposite. */
const WELL = /^(ok|okay|bien|ras|safe)$/i
const TEAM_CODE = /^j-?([0-9a-z]{4})$/i

/**
 * Whether a text says that a team is well, and no more than that: `J-7K4Q OK`, `ok`. Anything else is no check-in, a
 * code alone neither: it may be a call for help that was cut short.
 *
 * @returns the team's code as stored, null where the text names none; null in place of all for any other text.
 */
export function wellText(text: string): { code: string | null } | null {
  const words = text
    .trim()
    .split(/[\s,;.:!]+/)
    .filter(word => word !== '')
  if (words.length === 0 || words.length > 2) return null
  const [first = '', second] = words
  const code = TEAM_CODE.exec(first)?.[1] ?? null
  if (code !== null)
    return second !== undefined && WELL.test(second) ? { code: `J-${code.toUpperCase()}` } : null
  return second === undefined && WELL.test(first) ? { code: null } : null
}
