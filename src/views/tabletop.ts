export { exerciseCard, exerciseEventLine, exerciseList, exerciseReviewLine } from './tabletop/card.ts'
export { exerciseAnswerModal, exerciseReviewModal, newExerciseModal, scriptRead } from './tabletop/forms.ts'
