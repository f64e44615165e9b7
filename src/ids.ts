import { randomBytes } from 'node:crypto'
import { customAlphabet, nanoid } from 'nanoid'
import { codeAlphabet, codeLength } from './domain/code.ts'
import type { Ids } from './ports.ts'

/** Milliseconds in base 36: enough until the year 5188. */
const TIME_LENGTH = 9
const CHANCE_LENGTH = 12

/**
 * Identifiers for the running bot.
 *
 * A row's id begins with the time it was made, so that rows made together lie together in every index: a commit then
 * writes a few pages instead of one per row. The rest is 72 bits of chance.
 *
 * A prefix has 21⁴ = 194,481 codes of the usual length. Who stores one tries another when it is taken, and after a
 * few in vain a longer one (`operations/code.ts`).
 */
export function createIds(now: () => number = Date.now): Ids {
  const letters = customAlphabet(codeAlphabet, codeLength)
  return {
    id: () => now().toString(36).padStart(TIME_LENGTH, '0') + nanoid(CHANCE_LENGTH),
    code: (prefix, longer = 0) => `${prefix}-${letters(codeLength + longer)}`,
    salt: (bytes = 16) => randomBytes(bytes).toString('hex'),
  }
}
