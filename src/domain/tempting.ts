/** What a text for many readers had better not hold. Patterns only, and cautious ones: a miss costs less than a habit of clicking warnings away. */

export const TEMPTATIONS = ['phone', 'coordinate', 'person'] as const
export type Temptation = (typeof TEMPTATIONS)[number]

/** An international number, or a national one of nine digits and more: groups of digits, no date, no count. */
const phone =
  /(?<![\d.,/-])(?:\+|00)\d(?:[\s().-]?\d){7,13}(?!\d)|(?<![\d.,/+-])0\d(?:[ .-]?\d){7,9}(?![\d/]|[.,]\d)/u

/** Two decimal degrees with more than three decimals, or degrees with seconds: closer than a hundred metres. */
const coordinate =
  /[-+]?\d{1,3}\.\d{4,}\s*°?\s*[NSEWO]?\s*[,;\s]\s*[-+]?\d{1,3}\.\d{4,}|\d{1,3}\s*°\s*\d{1,2}\s*['′]\s*\d{1,2}(?:[.,]\d+)?\s*(?:["″]|'')/u

/** A form of address and a name, in English or French. */
const person =
  /(?<![\p{L}\p{N}])(?:Mr|Mrs|Ms|Dr|M|MM|Mme|Mmes|Mlle|Monsieur|Madame|Mademoiselle)\.?\s+\p{Lu}\p{Ll}[\p{L}'’-]*/u

const patterns: Readonly<Record<Temptation, RegExp>> = { phone, coordinate, person }

/** Which of them a text seems to hold. */
export function temptations(text: string): Temptation[] {
  return TEMPTATIONS.filter(kind => patterns[kind].test(text))
}

/** A position by grid, plus code or figures, in any of the ways it is written in the field. */
const position = [
  coordinate,
  /[-+]?\d{1,2}\.\d{2,}\s*°?\s*[NS]?\s*[,;/\s]\s*[-+]?\d{1,3}\.\d{2,}/u,
  /(?<![\p{L}\p{N}])(?:\d{1,2}\s?[C-HJ-NP-X]\s?)?[A-HJ-NP-Z]{2}\s?\d{3,5}\s?\d{3,5}(?!\p{N})/u,
  /(?<![\p{L}\p{N}])(?:GR|MGRS|UTM|grid|carroyage)\s?:?\s?[\p{L}\d]*\s?\d{2,}/iu,
  /(?<![\p{L}\p{N}])[23456789CFGHJMPQRVWX]{4,8}\+[23456789CFGHJMPQRVWX]{2,}/u,
]

/** An hour of the day: with minutes, by twelve-hour clock, as four figures with a unit, or as a date-time group. */
const hour = [
  /(?<![\d.,:-])(?:[01]?\d|2[0-3])\s?[:hH]\s?[0-5]\d(?!\d)/u,
  /(?<!\d)(?:0?[1-9]|1[0-2])\s?[ap]\.?m\.?(?!\p{L})/iu,
  /(?<!\d)(?:[01]\d|2[0-3])[0-5]\d\s?(?:hrs?|hours|h|heures|zulu|z)(?!\p{L})/iu,
  /(?<![\p{L}\d])(?:at|à|vers|dès|around|by)\s(?:0?\d|1\d|2[0-3])\s?(?:h|heures|o[’']clock|hours)(?![\p{L}\d])/iu,
  /(?<!\d)\d{6}\s?[A-Z](?:\s?[A-Z]{3}\s?\d{2,4})?(?![\p{L}\d])/u,
]

/** Whether a text seems to say where exactly or at what hour: that goes by secure means and not through Slack. */
export function saysPositionOrHour(text: string): boolean {
  return [...position, ...hour].some(pattern => pattern.test(text))
}
