import { personalDigest } from '../operations/digest.ts'
import { digestMessage } from '../views/digest.ts'
import type { CommandCall } from './contract.ts'
import { viewContext } from './view-context.ts'

/** `/poc-digest`: the digest as this person may read it, now, to them alone. */
export async function digestCommand(call: CommandCall): Promise<void> {
  await call.ui.tell(digestMessage(viewContext(call), await personalDigest(call.ctx)))
}
