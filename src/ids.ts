import { randomBytes } from 'node:crypto'
import { customAlphabet, nanoid } from 'nanoid'
import type { Ids } from './ports.ts'

/**
 * What record codes are written with: no pair that is confused on paper or a small screen (0 O, 1 I L, 2 Z, 5 S,
 * 6 G, 8 B, U V), and no vowel, so that no code is a word.
 */
export const codeAlphabet = '34679CDFHJKMNPQRTVWXY'
export const codeLength = 4

/** Milliseconds in base 36: enough until the year 5188. */
const TIME_LENGTH = 9
const CHANCE_LENGTH = 12

/**
 * Identifiers for the running bot.
 *
 * A row's id begins with the time it was made, so that rows made together lie together in every index: a commit then
 * writes a few pages instead of one per row. The rest is 72 bits of chance.
 *
 * A prefix has 21⁴ = 194,481 codes. Who stores one tries another when it is taken; at 30,000 records that is one
 * time in six.
 */
export function createIds(now: () => number = Date.now): Ids {
  const code = customAlphabet(codeAlphabet, codeLength)
  return {
    id: () => now().toString(36).padStart(TIME_LENGTH, '0') + nanoid(CHANCE_LENGTH),
    code: prefix => `${prefix}-${code()}`,
    salt: (bytes = 16) => randomBytes(bytes).toString('hex'),
  }
}
