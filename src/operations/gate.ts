export { type AskGateInput, askGate, askGateAgain } from './gate/ask.ts'
export { type DecideGateInput, decideGate, gateLimits, proceedGate } from './gate/decide.ts'
export { type GateFacts, type GateRead, gateFacts, mayReadGate, templateOf } from './gate/facts.ts'
export { type GatedRecord, gatesOf, pickGate, type RecordGate, requireGates } from './gate/link.ts'
export {
  type EscortMonth,
  escortFigures,
  findGate,
  gatesAsked,
  gatesToAsk,
  gatesWaiting,
  listGates,
  type RegisterEntry,
  readAssessment,
  readGate,
  registerEntries,
  type SeenGate,
  seenBy,
} from './gate/read.ts'
export {
  changeEntry,
  type GateOnCard,
  gatesOnCard,
  markSupport,
  NO_ENTRY,
  requireGatesOfTasking,
} from './gate/support.ts'
export {
  mayReadSuspension,
  restartSuspended,
  type SuspendInput,
  suspend,
  suspended,
  suspensionLimits,
} from './gate/suspend.ts'
export { clockRanOut, forgetGateWindow, gateExpired } from './gate/timers.ts'
