import { basename } from 'node:path'
import { makeExport } from '../operations/export.ts'
import { exportMessage } from '../views/export.ts'
import type { CommandCall } from './contract.ts'
import { viewContext } from './view-context.ts'

/** `/poc export un_agency`: writes what a holder owns where the bot runs. For the administrator of that side. */
export async function exportCommand(call: CommandCall): Promise<void> {
  await call.ack()
  const { file, manifest } = await makeExport(call.ctx, { holder: call.text.toLowerCase() })
  await call.ui.tell(exportMessage(viewContext(call), basename(file), manifest))
}
