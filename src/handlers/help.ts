import { findAlerts, waitingFor } from '../operations/alert.ts'
import { alertCard } from '../views/alert/card.ts'
import { foundMessage, helpMessage } from '../views/help.ts'
import type { CommandCall } from './contract.ts'
import { viewContext } from './view-context.ts'

/** `/poc`: help and what waits; `/poc A-7K4Q` or `/poc words`: the alert, or those found. */
export async function pocCommand(call: CommandCall): Promise<void> {
  const view = viewContext(call)
  if (!call.text) return call.ui.tell(helpMessage(view, await waitingFor(call.ctx)))
  const found = await findAlerts(call.ctx, call.text)
  const [only] = found
  if (only && found.length === 1) {
    return call.ui.tell(alertCard(view, only, { attribution: false, personId: call.person.id }))
  }
  await call.ui.tell(foundMessage(view, call.text, found))
}
