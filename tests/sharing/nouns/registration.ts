import type { Noun } from '../noun.ts'

/** Tells of people; `tests/operations/people.test.ts` holds what it says. */
export const noun: Noun = {
  apart: {
    askToJoin: 'of people and where they belong',
    confirmRegistration: 'of people and where they belong',
    refuseRegistration: 'of people and where they belong',
    readRegistration: 'of people and where they belong',
    waitingRegistrations: 'of people and where they belong',
    myself: 'of people and where they belong',
    registrationFacts: 'of people and where they belong',
    mayReadRegistration: 'of people and where they belong',
    administeredSide: 'of people and where they belong',
    requireAdministrator: 'of people and where they belong',
  },
  silent: {
    'card:registration': 'of people and where they belong',
    'registration.decided': 'of people and where they belong',
  },
}
