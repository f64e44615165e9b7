import type { PlanStep } from '../../db/plans.ts'
import { isAskedAsWhole } from '../../domain/tasking.ts'
import { readySteps } from '../../domain/tasking-steps.ts'
import type { Open } from '../context.ts'
import { lineAt, note, personTarget } from '../telling.ts'
import { planRef } from './facts.ts'

/**
 * Writes down which steps may begin now, and tells those of the mission who waited for others. Agencies and NGOs are
 * not pressed.
 */
export async function tellReady(open: Open, planId: string): Promise<void> {
  const plan = await open.tx.plans.byId(planId)
  if (plan?.state !== 'executing') return
  const steps = await open.tx.plans.stepsOf([planId])
  const rows = await open.tx.taskings.byIds(steps.flatMap(({ taskingId }) => taskingId ?? []))
  const of = (step: PlanStep) => rows.find(({ id }) => id === step.taskingId)
  const standing = steps.map(step => {
    const tasking = of(step)
    return { ...step, doneAt: tasking?.state === 'done' ? tasking.stateAt : null }
  })
  for (const step of readySteps(standing)) {
    const tasking = of(step)
    if (!tasking || step.readyAt !== null) continue
    await open.tx.plans.updateStep(planId, step.position, { readyAt: open.clock.now() })
    if (step.after.length === 0 || isAskedAsWhole(tasking.toConstituency) || !tasking.accountable) continue
    await note(open, planRef(plan), 'plan.ready', { position: step.position })
    await lineAt(open, 'plan.ready', planId, personTarget(tasking.accountable), { position: step.position })
  }
}
