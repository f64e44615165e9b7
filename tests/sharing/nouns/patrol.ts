import type { Noun } from '../noun.ts'

export const noun: Noun = {
  apart: {
    recordPatrols: 'taken in from operations; its test holds who is shown coverage',
    lastPatrol: 'a time on the card of those who may read the command layer, held by the test of patrols',
  },
}
