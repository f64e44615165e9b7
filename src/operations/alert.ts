/** What a person or a timer can do with an alert. */
export { addDetails, addInformation, correct, takePlace } from './alert/amend.ts'
export {
  acknowledge,
  cannotTake,
  notActing,
  onSite,
  PROMISE_LIMIT_MS,
  respond,
  watch,
} from './alert/answer.ts'
export { pointToCasevac, readCallTree, reportUndelivered } from './alert/call-tree.ts'
export { climb, climbAll, reportUnreachable } from './alert/climb.ts'
export { duplicatesOf } from './alert/duplicates.ts'
export { close, ONGOING, withdraw } from './alert/end.ts'
export { alertFigures, requestAlertFigures } from './alert/figures.ts'
export { findAlerts, followedAlerts, openAlerts, waitingFor } from './alert/find.ts'
export { merge, unmerge } from './alert/join.ts'
export { readLayers } from './alert/layers.ts'
export { listAlerts, requestAlertCsv } from './alert/list.ts'
export { previewAlert, previewDraft } from './alert/preview.ts'
export { raise } from './alert/raise.ts'
export { mayReadAlert, readAlert } from './alert/reading.ts'
export { recordAnswer } from './alert/recorded.ts'
export { reopen } from './alert/reopen.ts'
export { markForSpecialist } from './alert/specialist.ts'
export { verify } from './alert/verify.ts'
