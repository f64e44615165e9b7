import type { Noun } from '../noun.ts'

/** Closing access takes readers away, as `belong` does. */
export const noun: Noun = {
  apart: {
    peopleAt: 'of people',
    closeAccess: 'of people and what they could read, by code',
    endAccess: 'of people',
  },
  silent: {
    'compromised.closed': 'of people and what they could read, by code',
  },
}
