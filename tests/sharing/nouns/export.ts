import type { Noun } from '../noun.ts'

/** Written for one holder; `tests/operations/export.test.ts` holds what stands in it. */
export const noun: Noun = {
  apart: {
    makeExport: 'a file for its holder',
    gaveLines: 'is rendered as `partner.gave`',
  },
}
