import type { Noun } from '../noun.ts'

/** Sealed, and never rendered into an outbox; `tests/operations/source.test.ts` and the canaries hold it. */
export const noun: Noun = {
  apart: {
    eraseSource: 'only the two people who keep a source are shown it',
    eraseSourcesBefore: 'only the two people who keep a source are shown it',
    rotateVault: 'only the two people who keep a source are shown it',
    setReplyAgreed: 'only the two people who keep a source are shown it',
    setDoNotContact: 'only the two people who keep a source are shown it',
    mySources: 'only the two people who keep a source are shown it',
    readSource: 'only the two people who keep a source are shown it',
    gradeSource: 'only the two people who keep a source are shown it',
    linkSource: 'only the two people who keep a source are shown it',
    nameDeputy: 'only the two people who keep a source are shown it',
    recordSource: 'only the two people who keep a source are shown it',
    requireVault: 'only the two people who keep a source are shown it',
  },
}
