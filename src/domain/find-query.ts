/** What `/poc find` is asked, as people type it. Pure. */
import { sectorNamed, type Terms } from './alert-filter.ts'
import { parseDuration } from './duration.ts'
import { fold } from './text-fold.ts'

export interface FindQuery {
  /** Words, all of which stand in what is found; folded for comparison by whoever looks. Empty: any. */
  words: string
  /** A record code as stored, such as `A-7K4Q`; null where none was typed. */
  code: string | null
  sector: string | null
  /** Only what is not older than so many milliseconds. */
  sinceMs: number | null
  /** What was meant to narrow, such as `since:yesterday`, and was not understood; as typed. */
  unread: string[]
}

/** A record code alone, with or without its hyphen. */
const CODE = /^([a-z])-?([0-9a-z]{4,10})$/i
/** Codes within the words of a message. */
const CODES = /\b[A-Z]-[0-9A-Z]{4,10}\b/g
const LONGEST_MS = 10 * 366 * 86_400_000

/**
 * Reads "mill north since:30d": sectors and spans narrow, the rest is looked for. A code alone is looked up; without
 * its hyphen it needs a digit, else it is a word. A sector or a span that is not understood narrows nothing and is said.
 */
export function parseFind(text: string, mission: Terms): FindQuery {
  const query: FindQuery = { words: '', code: codeIn(text.trim()), sector: null, sinceMs: null, unread: [] }
  const words: string[] = []
  for (const word of text.split(/\s+/u).filter(Boolean)) {
    const [, span] = /^(?:since|depuis):(.*)$/i.exec(word) ?? []
    const sinceMs = span ? parseDuration(span.toLowerCase().replace(/j$/, 'd')) : undefined
    const [, named] = /^(?:sector|secteur):(.*)$/i.exec(word) ?? []
    const sector = sectorNamed(named ?? word, mission)
    if (sinceMs !== undefined) query.sinceMs = Math.min(sinceMs, LONGEST_MS)
    else if (sector !== null) query.sector = sector
    else if (span !== undefined || named !== undefined) query.unread.push(word)
    else words.push(word)
  }
  return { ...query, words: words.join(' ') }
}

function codeIn(text: string): string | null {
  const [, letter, rest] = CODE.exec(text) ?? []
  if (!letter || !rest) return null
  return text.includes('-') || /\d/.test(rest) ? `${letter}-${rest}`.toUpperCase() : null
}

/** The record codes a message names, each once, in their order. */
export const codesNamed = (text: string): string[] => [...new Set(text.toUpperCase().match(CODES) ?? [])]

/** Whether all the words asked for stand in these texts; accents and case do not matter. */
export function holdsWords(
  { words }: Pick<FindQuery, 'words'>,
  ...texts: (string | null | undefined)[]
): boolean {
  const held = fold(texts.filter(Boolean).join(' '))
  return fold(words)
    .split(' ')
    .every(word => held.includes(word))
}
