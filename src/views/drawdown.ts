export {
  declinedMessage,
  drawdownCard,
  drawdownItemCard,
  drawdownReminder,
  drawdownsMessage,
  drawdownWaits,
} from './drawdown/card.ts'
export { answerItemModal, drawdownModal, settleModal } from './drawdown/forms.ts'
export { drawdownCsv, drawdownPdf, reportName, reportText } from './drawdown/report.ts'
