import type { Noun } from '../noun.ts'

/** Holds no words; `tests/operations/retention.test.ts` and `tests/story/trail.test.ts` hold what it says. */
export const noun: Noun = {
  apart: {
    recordTrail: 'codes and kinds, for oversight',
    accessTrail: 'codes and kinds, for oversight',
    isTrailSound: 'codes and kinds, for oversight',
  },
}
