/** Every form of an alert. */
export { type AnswerForm, answerModal, recordedModal, type Said } from './forms/answer.ts'
export { closeModal } from './forms/close.ts'
export { correctModal, placeValue, type RaisedFrom, type RaiseForm, raiseModal } from './forms/raise.ts'
export { detailsModal, informationModal, withdrawModal } from './forms/record.ts'
export {
  conductModal,
  layersModal,
  OWN_PERSONNEL,
  specialistModal,
  withoutWords,
  withSpecialistModal,
} from './forms/specialist.ts'
