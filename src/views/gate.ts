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
  entryText,
  figuresMessage,
  gateItems,
  gateMessage,
  gatesMessage,
  registerMessage,
  suspendedMessage,
  waitingGates,
} from './gate/lists.ts'
