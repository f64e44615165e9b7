import type { Ids } from '../ports.ts'

/** Codes found taken before a longer one is tried. */
const TRIES = 3
/** 21¹⁰ codes: more than anybody will ever have records. */
const LONGER = 6

/**
 * A record code such as `A-7K4Q` that no record has yet. Codes get a letter more as the short ones run out: one in 300
 * at 30,000 records, one in three at 130,000. Those that were given stay as they are.
 *
 * @param taken whether a record of this kind has the code.
 */
export async function freeCode(
  ids: Ids,
  prefix: string,
  taken: (code: string) => Promise<unknown>,
): Promise<string> {
  for (let attempt = 0; attempt < TRIES * (LONGER + 1); attempt++) {
    const code = ids.code(prefix, Math.floor(attempt / TRIES))
    if (!(await taken(code))) return code
  }
  throw new Error(`no free code ${prefix}-`)
}
