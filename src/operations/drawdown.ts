export {
  closeDrawdown,
  type DrawDownInput,
  drawDown,
  drawdowns,
  readDrawdown,
  reportDrawdown,
} from './drawdown/declare.ts'
export {
  type DrawdownEntry,
  type DrawdownFacts,
  drawdownLimits,
  entryOf,
  factsOf,
  managesDrawdowns,
  receiverPart,
  taken,
} from './drawdown/facts.ts'
export {
  type AnswerItemInput,
  answerItem,
  handOverItem,
  itemsOffered,
  itemToSettle,
  othersLike,
  readItem,
  type SettleInput,
  settleItem,
  verifyItem,
} from './drawdown/items.ts'
