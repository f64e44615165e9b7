/** What a person can do with a meeting of a group. */
export {
  broughtIn,
  type CloseMeetingInput,
  closeMeeting,
  postMinutes,
  recordAttendance,
  reportToMeeting,
} from './meeting/close.ts'
export { entryDone } from './meeting/done.ts'
export { type MeetingFacts, readMeeting, readOwnMeeting } from './meeting/facts.ts'
export { type ForumFigures, forumFigures } from './meeting/figures.ts'
export {
  answerMark,
  followMarkDeletion,
  followMarkEdit,
  type MarkInput,
  markMessage,
  meetingOfThread,
  readMarkedEntry,
  unmark,
} from './meeting/mark.ts'
export { moveMeeting, planMeeting, remindMeeting } from './meeting/plan.ts'
export { sayInMeeting } from './meeting/say.ts'
export { type OpenEntry, openEntriesOf, type WaitingForums, waitingForums } from './meeting/waiting.ts'
