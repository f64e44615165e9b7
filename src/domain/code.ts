/** Record codes such as `A-7K4Q`: how they are written, and how people type them. */

/**
 * What they are written with: no pair that is confused on paper or a small screen (0 O, 1 I L, 2 Z, 5 S, 6 G, 8 B,
 * U V), and no vowel, so that no code is a word.
 */
export const codeAlphabet = '34679CDFHJKMNPQRTVWXY'
/** Four, until so many are taken that a longer one is free sooner. */
export const codeLength = 4
const LONGEST = 8

/**
 * The code of a kind as somebody typed it: `A-7K4Q`, `a7k4q`. Letters that no code has are let through behind the
 * hyphen and in a short one, so that a slip finds nothing rather than something else.
 *
 * @param prefix of the kind, in capitals; @returns the code as it is stored, null where this is none.
 */
export function codeTyped(prefix: string, typed: string): string | null {
  const shape = new RegExp(
    `^${prefix}(?:-([0-9a-z]{${codeLength},${LONGEST}})|([0-9a-z]{${codeLength}}|[${codeAlphabet}]{${codeLength},${LONGEST}}))$`,
    'i',
  )
  const found = shape.exec(typed.trim())
  const letters = found?.[1] ?? found?.[2]
  return letters ? `${prefix}-${letters.toUpperCase()}` : null
}

/** How a code of a kind begins, as somebody is typing it with its hyphen: `A-7k` begins `A-7K`; null where it is none. */
export function codeBegun(prefix: string, typed: string): string | null {
  const [, letters] = new RegExp(`^${prefix}-([0-9a-z]{0,${codeLength - 1}})$`, 'i').exec(typed.trim()) ?? []
  return letters === undefined ? null : `${prefix}-${letters.toUpperCase()}`
}

/** Whether a word is a code of some kind, written out with its hyphen. */
export const isCodeWritten = (word: string): boolean =>
  /^[a-z]-/i.test(word) && codeTyped(word.charAt(0).toUpperCase(), word) !== null
