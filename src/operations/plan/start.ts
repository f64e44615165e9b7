import type { PlanStep } from '../../db/plans.ts'
import { blocks } from '../../domain/gate.ts'
import { TocsinError } from '../../errors.ts'
import { type Ctx, inTransaction, type Open } from '../context.ts'
import { keepsForum, ownPost } from '../forum/facts.ts'
import { registeredPerson, roleKey } from '../permission.ts'
import { task } from '../tasking/give.ts'
import { rolesFor } from '../tasking/parties.ts'
import { lineAt, note, personTarget } from '../telling.ts'
import { requiredText } from '../text.ts'
import { isAsked, type PlanFacts, planRef, readOwnPlan, readPlan, refreshPlan } from './facts.ts'
import { planLimits, requireMove } from './make.ts'
import { tellReady } from './ready.ts'

/** Whether a step that uses force waits until humanitarians were consulted for its district. */
export async function waitsForConsultation(
  ctx: Ctx,
  { kind, district }: Pick<PlanStep, 'kind' | 'district'>,
): Promise<boolean> {
  const template = ctx.mission.gates.find(each => each.kind === 'consultation')
  if (kind !== 'force' || !template) return false
  const repos = ctx.tx ?? ctx.store.read
  const now = ctx.clock.now()
  return !(await repos.gates.all()).some(
    gate =>
      gate.kind === 'consultation' &&
      gate.district === district &&
      !gate.exercise &&
      !blocks(gate, { side: 'mission', exemption: null }, now),
  )
}

/**
 * Starts an agreed plan, and gives each step that the acting person may give: inside the mission a tasking or a request
 * by its table of who may task whom, to agencies and NGOs a request. Steps that others may give stay until they press
 * the same button; a step that uses force waits for the consultation of humanitarians.
 *
 * @throws TocsinError `not_registered`, `not_found`, `not_allowed` for starting a group's plan one does not keep,
 *   `plan_state`, `no_step_to_give`, and as {@link task} where none could be given.
 */
export async function startPlan(ctx: Ctx, planId: string): Promise<PlanFacts> {
  registeredPerson(ctx)
  return inTransaction(ctx, async (repos, open) => {
    const facts = await readPlan(open, planId)
    const { plan } = facts
    if (plan.state !== 'executing') {
      const state = requireMove(plan, 'start')
      if (!keepsForum(open, facts.forum)) throw new TocsinError('not_allowed')
      await repos.plans.update(planId, { state, stateAt: open.clock.now() })
      await note(open, planRef(plan), 'plan.started', {})
    }
    const left = facts.steps.filter(({ taskingId }) => taskingId === null)
    let refused: unknown = new TocsinError('no_step_to_give')
    let given = 0
    for (const step of left) {
      if (await waitsForConsultation(open, step)) continue
      try {
        await give(open, facts, step)
        given++
      } catch (error) {
        if (!(error instanceof TocsinError)) throw error
        refused = error
      }
    }
    if (given === 0) throw refused
    await tellReady(open, planId)
    await refreshPlan(open, plan)
    return readPlan(open, planId)
  })
}

/**
 * Lets a step begin although something before it is not done, with the reason, which is kept; whoever has the step is told.
 *
 * @throws TocsinError `not_registered`, `not_found` also for a step that waits for nothing, `not_allowed`, `plan_state`
 *   before it was started, `text_missing`, `text_too_long`.
 */
export async function letBegin(
  ctx: Ctx,
  input: { planId: string; position: number; words: string },
): Promise<PlanFacts> {
  const person = registeredPerson(ctx)
  const words = requiredText(input.words, 'words', planLimits.words)
  return inTransaction(ctx, async (repos, open) => {
    const { plan, steps, waiting, forum } = await readOwnPlan(open, input.planId)
    if (plan.state !== 'executing') throw new TocsinError('plan_state')
    const step = steps.find(({ position }) => position === input.position)
    if (!step || !waiting.includes(step.position)) throw new TocsinError('not_found')
    const at = open.clock.now()
    await repos.plans.updateStep(plan.id, step.position, { readyAt: at })
    await repos.plans.addVoice({
      ...{ planId: plan.id, revision: plan.revision, position: step.position, at, by: person.id },
      ...{ post: ownPost(open, forum), constituency: person.constituency, answer: 'early', words },
    })
    await note(open, planRef(plan), 'plan.early', { position: step.position }, { words })
    const tasking = step.taskingId ? await repos.taskings.byId(step.taskingId) : null
    if (tasking?.accountable && !isAsked(step.post))
      await lineAt(open, 'plan.ready', plan.id, personTarget(tasking.accountable), {
        position: step.position,
        early: true,
      })
    await refreshPlan(open, plan)
    return readPlan(open, plan.id)
  })
}

async function give(open: Open, { plan }: PlanFacts, step: PlanStep): Promise<void> {
  const person = step.personId ? await open.tx.people.byId(step.personId) : null
  const [role] = rolesFor(open, step.post)
  const { tasking } = await task(open, {
    origin: { kind: 'plan', id: plan.id },
    role: role ? roleKey(role) : null,
    to: step.post,
    person: person && { userId: person.userId, teamId: person.teamId },
    result: step.what,
    tier: step.tier,
    dueAt: step.toAt,
    requestKey: `plan:${plan.id}:${step.position}`,
  })
  await open.tx.plans.updateStep(plan.id, step.position, { taskingId: tasking.id })
  await note(open, planRef(plan), 'plan.given', { position: step.position, tasking: tasking.id })
}
