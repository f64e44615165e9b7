import { ownParts, readHotspot } from '../../operations/hotspot.ts'
import { planModal } from '../../views/hotspot/plan.ts'
import type { Call } from '../contract.ts'
import { viewContext } from '../view-context.ts'

/** The plan of a place as the acting person may read it. */
export async function planFor(call: Call, hotspotId: string) {
  const facts = await readHotspot(call.ctx, hotspotId)
  return planModal(viewContext(call), facts, (await ownParts(call.ctx, facts)).plan)
}
