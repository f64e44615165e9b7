/** What a person can do in a review round, and with the matrix that came of it. */
export {
  adopt,
  dissent,
  propose,
  rankOf,
  readDifference,
  readMatrix,
  recommend,
  sayUnits,
  sendBack,
  waive,
  withdrawDissent,
} from './matrix/adopt.ts'
export { type RoundFacts, readRound } from './matrix/facts.ts'
export { answerNil, confirmUnchanged, ownRatings, ratePlace } from './matrix/rate.ts'
export { cancelRound, openRound, revealRound, roundsUnderWay } from './matrix/round.ts'
