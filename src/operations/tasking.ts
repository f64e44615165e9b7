/** Everything that can be done with taskings and requests, in one place for the adapters. */

export { type GoAheadInput, goAhead } from './tasking/ahead.ts'
export { amend } from './tasking/amend.ts'
export { answerTasking, recordTasking, stepDone } from './tasking/answer.ts'
export {
  factsOfTaskings,
  mayReadTasking,
  readTasking,
  type TaskingFacts,
  taskedFor,
  taskingFacts,
} from './tasking/facts.ts'
export { task, taskingLimits } from './tasking/give.ts'
export { handOn, reassign } from './tasking/hand-on.ts'
export {
  askedRequests,
  digestTaskings,
  findTasking,
  listTaskings,
  requestTaskingFile,
  type TaskingDigest,
  type TaskingPage,
  taskingCount,
  waitingTaskings,
} from './tasking/list.ts'
export { type TaskingCardReader, taskingCardReader } from './tasking/reader.ts'
export { readScorecards, type Scorecards } from './tasking/scorecard.ts'
