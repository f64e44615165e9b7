import type { Noun } from '../noun.ts'

/** Tells of people and posts; `tests/operations/people.test.ts` holds what it says. */
export const noun: Noun = {
  apart: {
    handoverTable: 'of people and what they hold, by code and post',
    itemFacts: 'of people and what they hold, by code and post',
    readHoldings: 'of people and what they hold, by code and post',
    handOver: 'of people and what they hold, by code and post',
    acceptHandover: 'of people and what they hold, by code and post',
    declineHandover: 'of people and what they hold, by code and post',
    reportHandover: 'of people and what they hold, by code and post',
  },
  silent: {
    'card:handover': 'of people and what they hold, by code and post',
    'handover.table': 'of people and what they hold, by code and post',
  },
}
