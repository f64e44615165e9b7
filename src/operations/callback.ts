/** What whoever answers for the field can do with somebody who rang or wrote, and what a timer does. */
export {
  addFromCallback,
  decideNumber,
  myCallbacks,
  notWarning,
  raiseFromCallback,
  readCallback,
  showCallback,
  tryAgain,
} from './callback/act.ts'
export { callbackDue } from './callback/tell.ts'
