/** The protection plan of a place: its lines, and why a tier does not apply. */
import { requireRulesOut } from '../../operations/hotspot/plan.ts'
import { readHotspot, ruleOutTier } from '../../operations/hotspot.ts'
import { ruleOutModal } from '../../views/hotspot/plan.ts'
import type { ActionCall, ViewAnswer, ViewCall } from '../contract.ts'
import { readForm, readMetadata } from '../form.ts'
import { openTasking } from '../tasking/new.ts'
import { viewContext } from '../view-context.ts'
import { hotspotIn } from './answer.ts'
import { planFor } from './plan-form.ts'

/** *Add a line*: the form for a tasking or a request that comes from the place. */
export async function addLinePressed(call: ActionCall): Promise<void> {
  const [id = '', tier = ''] = call.value.split(':')
  await openTasking(call, { kind: 'hotspot', id }, { tier: Number(tier), planView: call.view?.id ?? null })
}

/** *Not applicable*: why a tier does not apply. */
export async function ruleOutPressed(call: ActionCall): Promise<void> {
  const [hotspotId = '', tier = ''] = call.value.split(':')
  const facts = await readHotspot(call.ctx, hotspotId)
  requireRulesOut(call.ctx, facts, Number(tier))
  await call.ui.open(ruleOutModal(viewContext(call), facts, Number(tier), call.view?.id ?? ''))
}

export async function ruleOutSubmitted(call: ViewCall): Promise<ViewAnswer> {
  const { tier = '', parent } = readMetadata<{ tier: string; parent: string }>(call.privateMetadata)
  const hotspotId = hotspotIn(call)
  await ruleOutTier(call.ctx, { hotspotId, tier, reason: readForm(call.values).text('reason') })
  const shown = await planFor(call, hotspotId)
  if (!parent) return { update: shown }
  await call.ui.replace(shown, parent)
  return undefined
}
