export { gateCard, suspensionCard } from './gate/card.ts'
export {
  askModal,
  assessmentModal,
  decideModal,
  districtInput,
  proceedModal,
  suspendModal,
} from './gate/forms.ts'
export {
  callFirstMessage,
  entryChoice,
  figuresMessage,
  gateItems,
  gateMessage,
  gateReminder,
  gatesMessage,
  registerMessage,
  suspendedMessage,
  suspensionReminder,
  waitingGates,
} from './gate/lists.ts'
