import { accessTrail, isTrailSound, recordTrail } from '../operations/trail.ts'
import { looksModal, trailModal } from '../views/trail.ts'
import type { CommandCall } from './contract.ts'
import { viewContext } from './view-context.ts'

/** `/poc trail A-7K4Q`: the timeline of a record; `/poc trail access [A-7K4Q]`: who was shown what. For oversight. */
export async function trailCommand(call: CommandCall): Promise<void> {
  const view = viewContext(call)
  const [first = '', second] = call.text.split(/\s+/)
  if (first.toLowerCase() === 'access' || first === '') {
    const looks = await accessTrail(call.ctx, second ?? null)
    await call.ui.open(looksModal(view, looks, second?.toUpperCase() ?? null))
    return
  }
  const trail = await recordTrail(call.ctx, first)
  const viewId = await call.ui.open(trailModal(view, trail, 'checking'))
  const chain = (await isTrailSound(call.ctx)) ? 'sound' : 'broken'
  await call.ui.replace(trailModal(view, trail, chain), viewId)
}
