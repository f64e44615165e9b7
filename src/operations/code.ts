import type { Ids } from '../ports.ts'

const TRIES = 50

/**
 * A record code such as `A-7K4Q` that no record has yet.
 *
 * @param taken whether a record of this kind has the code.
 */
export async function freeCode(
  ids: Ids,
  prefix: string,
  taken: (code: string) => Promise<unknown>,
): Promise<string> {
  for (let attempt = 0; attempt < TRIES; attempt++) {
    const code = ids.code(prefix)
    if (!(await taken(code))) return code
  }
  throw new Error(`no free code ${prefix}- in ${TRIES} tries`)
}
