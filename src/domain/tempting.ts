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
