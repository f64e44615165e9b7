/** What a person can do to let others read an alert, or words written in its place. */
export { narrowRelease, refuseRelease, release } from './release/decide.ts'
export {
  isReleasingOfficer,
  partOf,
  type ReleaseFacts,
  releaseFacts,
  releasingOfficers,
} from './release/facts.ts'
export { type ProposeInput, proposeRelease, releaseLimits } from './release/propose.ts'
export {
  findSummaries,
  mayReadProposal,
  type ReleaseForm,
  readProposal,
  releaseForm,
  type Summary,
  summariesFor,
  waitingReleases,
} from './release/read.ts'
