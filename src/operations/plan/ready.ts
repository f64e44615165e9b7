import type { PlanStep } from '../../db/plans.ts'
import type { Tasking } from '../../db/taskings.ts'
import { isAskedAsWhole } from '../../domain/tasking.ts'
import { readySteps } from '../../domain/tasking-steps.ts'
import { TocsinError } from '../../errors.ts'
import type { Open } from '../context.ts'
import { lineAt, note, personTarget } from '../telling.ts'
import { planRef } from './facts.ts'

/**
 * Holds a step of the mission up until what it depends on is done, or whoever keeps the plan let it begin early.
 * What is asked of agencies and NGOs waits for nothing of ours.
 *
 * @throws TocsinError `step_before` naming the numbers of the steps that come first.
 */
export async function requireTurn(
  open: Open,
  tasking: Pick<Tasking, 'id' | 'originKind' | 'originId' | 'toConstituency'>,
): Promise<void> {
  if (tasking.originKind !== 'plan' || !tasking.originId || isAskedAsWhole(tasking.toConstituency)) return
  const plan = await open.tx.plans.byId(tasking.originId)
  if (plan?.state !== 'executing') return
  const steps = await open.tx.plans.stepsOf([plan.id])
  const step = steps.find(({ taskingId }) => taskingId === tasking.id)
  if (!step || step.readyAt !== null) return
  const rows = await open.tx.taskings.byIds(steps.flatMap(({ taskingId }) => taskingId ?? []))
  const isDone = ({ taskingId }: PlanStep) => rows.some(row => row.id === taskingId && row.state === 'done')
  const first = steps.filter(each => step.after.includes(each.position) && !isDone(each))
  if (first.length > 0)
    throw new TocsinError('step_before', {
      details: { steps: first.map(({ position }) => position).join(', ') },
    })
}

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
