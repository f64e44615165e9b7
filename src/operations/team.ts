/** Everything that can be done with joint protection teams and their kin, in one place for the adapters. */
export { ownTeamsAt } from './team/at-place.ts'
export { clearTeam, heldBackFor, letTeamGo } from './team/clear.ts'
export { answerSection, askSections, joinTeam } from './team/compose.ts'
export type { TeamFacts } from './team/facts.ts'
export { listTeams, requestTeamFile, teamFigures, waitingTeams } from './team/list.ts'
export { bringTeamBack, checkIn, extendTeam } from './team/out.ts'
export { ownTeamProfile, setTeamProfile, suggestPeople } from './team/people.ts'
export {
  cancelTeam,
  declineTeam,
  type ProposeInput,
  proposeTeam,
  takeUpTeam,
  teamLimits,
} from './team/propose.ts'
export { answerTeamQuestion, readTeamQuestion } from './team/questions.ts'
export { readTeam, readTeamNotes, teamByCode } from './team/reading.ts'
export {
  closeTeam,
  leaveTeamNote,
  readRecommendation,
  refuseRecommendation,
  reportTeam,
  reviewReport,
} from './team/report.ts'
