/** What whoever answers for the field can do with somebody who rang or wrote, and what a timer does. */
export {
  addFromCallback,
  myCallbacks,
  notWarning,
  raiseFromCallback,
  readCallback,
  tryAgain,
} from './callback/act.ts'
export { decideNumber } from './callback/number.ts'
export { showCallback } from './callback/show.ts'
export { callbackDue } from './callback/tell.ts'
