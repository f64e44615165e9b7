/** A crisis forum from its call-in to its review (1.5). */
export { type ReviewInput, reviewCrisis, reviewOwed, standDown } from './crisis/end.ts'
export { type CrisisFacts, crisisFacts, leadsCrisis, readCrisis } from './crisis/facts.ts'
export { answerCall, callCrisis, crisisMeets, handShift, MEET_AGAIN, meetAgain } from './crisis/lead.ts'
