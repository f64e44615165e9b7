import type { Noun } from '../noun.ts'

/** Tells of posts and people; `tests/operations/duty.test.ts` holds what it says. */
export const noun: Noun = {
  apart: {
    issueCallSheet: 'of posts and who holds them',
    readCallSheet: 'of posts and who holds them',
    requestCallSheet: 'of posts and who holds them',
    editRota: 'of posts and who holds them',
    readRota: 'of posts and who holds them',
    rotaTurns: 'of posts and who holds them',
    endDuties: 'of posts and who holds them',
    leaveDuty: 'of posts and who holds them',
    ownDuties: 'of posts and who holds them',
    takeable: 'of posts and who holds them',
    takeDuty: 'of posts and who holds them',
    askTest: 'of posts and who holds them',
    confirmTest: 'of posts and who holds them',
    testMissed: 'of posts and who holds them',
    reviewDue: 'of posts and who holds them',
    reviewVacancies: 'of posts and who holds them',
    vacantPosts: 'of posts and who holds them',
    whoAnswers: 'of posts and who holds them',
    scheduleDuties: 'of posts and who holds them',
  },
  silent: {
    'duty.line': 'of posts and who holds them',
    'duty.test': 'of posts and who holds them',
    call_sheet: 'of posts and who holds them',
  },
}
