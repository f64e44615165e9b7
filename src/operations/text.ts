import { TocsinError } from '../errors.ts'

/** Length in Unicode code points, as Slack counts and as people see. */
export function lengthOf(text: string): number {
  return [...text].length
}

/**
 * Text as it is stored: trimmed, line ends unified, control characters but line breaks and tabs removed.
 *
 * @throws TocsinError `text_missing` when nothing is left, `text_too_long` beyond `max` code points.
 */
export function requiredText(value: string | null | undefined, field: string, max: number): string {
  const text = optionalText(value, field, max)
  if (text === null) throw new TocsinError('text_missing', { field })
  return text
}

/** Like {@link requiredText}, with null for nothing. */
export function optionalText(value: string | null | undefined, field: string, max: number): string | null {
  const text = (value ?? '').replace(/\r\n?/g, '\n').replace(controlCharacters, '').trim()
  if (text === '') return null
  const length = lengthOf(text)
  if (length > max) throw new TocsinError('text_too_long', { field, details: { max, length } })
  return text
}

/** @throws TocsinError `unknown_term` on `field` for what is none of those known. */
export function knownTerm<T>(known: readonly T[], value: unknown, field: string): T {
  const found = known.find(each => each === value)
  if (found === undefined) throw new TocsinError('unknown_term', { field, details: { value: String(value) } })
  return found
}

/** Everything Unicode calls a control character, but line breaks and tabs. */
const controlCharacters = /[^\P{Cc}\n\t]/gu

/** How long a person's words may be, in code points. */
export const textLimits = { what: 10_000, place: 150, how: 500, who: 200, note: 3_000, group: 150 } as const
