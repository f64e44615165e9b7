export { askToJoin, type JoinInput, putRequest } from './registration/ask.ts'
export { confirmRegistration, refuseRegistration } from './registration/decide.ts'
export { type RegistrationFacts, refreshRequest } from './registration/facts.ts'
export {
  type Myself,
  mayReadRegistration,
  myself,
  readRegistration,
  registrationFacts,
  waitingRegistrations,
} from './registration/read.ts'
