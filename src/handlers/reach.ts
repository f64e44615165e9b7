import { answerReach, readCoverage } from '../operations/reach.ts'
import { coverageMessage } from '../views/reach.ts'
import type { ActionCall, CommandCall } from './contract.ts'
import { viewContext } from './view-context.ts'

/** `/poc reach`: who is not known to be in reach, as far as it is the person's to know. */
export async function reachCommand(call: CommandCall): Promise<void> {
  await call.ui.tell(coverageMessage(viewContext(call), await readCoverage(call.ctx)))
}

/** *I am here* on "Still reachable?". */
export async function herePressed(call: ActionCall): Promise<void> {
  await answerReach(call.ctx, { checkId: call.value })
  await call.ui.tell({ text: call.words.t('reach.card.answered') })
}
