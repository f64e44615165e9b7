export { decidedMessage, proposalCard, proposalModal, waitingReleaseBlocks } from './release/card.ts'
export { proposeModal, refuseModal } from './release/forms.ts'
export { audienceText, marksText } from './release/phrases.ts'
export { summaryCard, summaryLine } from './release/summary.ts'
