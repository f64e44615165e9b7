import type { Noun } from '../noun.ts'

/** Tells of people; `tests/operations/people.test.ts` holds what it says. */
export const noun: Noun = {
  apart: {
    scheduleReach: 'of people and who can be reached',
    askReach: 'of people and who can be reached',
    reportReach: 'of people and who can be reached',
    answerReach: 'of people and who can be reached',
    readCoverage: 'of people and who can be reached',
    ownReach: 'of people and who can be reached',
    coverageOf: 'of people and who can be reached',
  },
  silent: {
    'card:reach': 'of people and who can be reached',
    'reach.gaps': 'of people and who can be reached',
  },
}
