import type { Noun } from '../noun.ts'

/** Texts to owners and people's own telephones; `tests/operations/sms.test.ts` and the canaries hold them. */
export const noun: Noun = {
  apart: {
    setPhone: 'a number of one’s own, which nobody is ever shown',
    removePhone: 'a number of one’s own, which nobody is ever shown',
    myPhone: 'says since when a number is kept, to its owner alone',
    numberOf: 'for the moment of sending alone',
    oneTimeCodes: 'for the moment of sending alone',
  },
  silent: {
    'alert.sms': 'goes to the telephone of an owner, who may read the alert: its renderer asks the rule',
    'sms.refused': 'says to one person that their answer did not count, and names no alert',
  },
}
