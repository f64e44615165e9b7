/** What a person can do in a review round, and with the matrix that came of it. */
export { adopt, recommend, sendBack } from './matrix/adopt.ts'
export { type RoundFacts, readRound } from './matrix/facts.ts'
export { answerNil, confirmUnchanged, ownRatings, ratePlace } from './matrix/rate.ts'
export { rankOf, readDifference, readMatrix } from './matrix/read.ts'
export { dissent, propose, sayUnits, waive, withdrawDissent } from './matrix/reconcile.ts'
export { cancelRound, openRound, revealRound, roundsUnderWay } from './matrix/round.ts'
export { type WaitingRound, waitingRounds } from './matrix/waiting.ts'
