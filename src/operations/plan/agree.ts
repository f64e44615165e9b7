import { isAgreed, VOICE_ANSWERS } from '../../domain/plan.ts'
import { TocsinError } from '../../errors.ts'
import { type Ctx, inTransaction } from '../context.ts'
import { calledTo } from '../meeting/plan.ts'
import { heldRoles, registeredPerson, roleKey } from '../permission.ts'
import { cardAt, note, personTarget } from '../telling.ts'
import { knownTerm, optionalText, requiredText } from '../text.ts'
import { type PlanFacts, planRef, readOwnPlan, readPlan, refreshPlan } from './facts.ts'
import { planLimits, requireMove } from './make.ts'

/**
 * Puts the plan before each component named in a step, and before the guests of the group: components agree or object,
 * guests are asked for comments.
 *
 * @throws TocsinError `not_registered`, `not_found`, `not_allowed`, `plan_state`, `text_missing` without any step.
 */
export async function consultPlan(ctx: Ctx, planId: string): Promise<PlanFacts> {
  registeredPerson(ctx)
  return inTransaction(ctx, async (repos, open) => {
    const facts = await readOwnPlan(open, planId)
    const state = requireMove(facts.plan, 'consult')
    if (facts.standing.length === 0) throw new TocsinError('plan_state')
    await repos.plans.update(planId, { state, stateAt: open.clock.now() })
    await note(open, planRef(facts.plan), 'plan.consulted', { posts: facts.standing.map(({ post }) => post) })
    await refreshPlan(open, facts.plan)
    for (const { id } of await calledTo(open, facts.forum))
      await cardAt(open, planRef(facts.plan), personTarget(id))
    return readPlan(open, planId)
  })
}

/**
 * A component agrees for itself, or objects with a reason, which is kept; anybody who reads the plan may comment. When
 * each component that has a step has agreed, the plan is agreed.
 *
 * @throws TocsinError `not_registered`, `not_found`, `unknown_term`, `plan_state` while it is not being consulted,
 *   `not_in_plan` for somebody who stands no post that has a step, `text_missing`, `text_too_long`.
 */
export async function sayToPlan(
  ctx: Ctx,
  input: { planId: string; answer: string; words?: string | null },
): Promise<PlanFacts> {
  const person = registeredPerson(ctx)
  const answer = knownTerm(VOICE_ANSWERS, input.answer, 'answer')
  const words =
    answer === 'agree'
      ? optionalText(input.words, 'words', planLimits.words)
      : requiredText(input.words, 'words', planLimits.words)
  return inTransaction(ctx, async (repos, open) => {
    const { plan, standing } = await readPlan(open, input.planId)
    if (answer === 'comment' ? plan.state === 'closed' : plan.state !== 'consulted')
      throw new TocsinError('plan_state')
    const held = heldRoles(open).map(roleKey)
    const mine = standing.map(({ post }) => post).filter(post => held.includes(post))
    if (mine.length === 0 && answer !== 'comment') throw new TocsinError('not_in_plan')
    const posts = mine.length > 0 ? mine : [null]
    for (const post of posts)
      await repos.plans.addVoice({
        planId: plan.id,
        revision: plan.revision,
        position: null,
        post,
        constituency: person.constituency,
        answer,
        words,
        at: open.clock.now(),
        by: person.id,
      })
    await note(open, planRef(plan), 'plan.said', { answer, posts: mine }, words ? { words } : undefined)
    const after = await readPlan(open, plan.id)
    if (isAgreed(after.standing) && plan.state === 'consulted') {
      await repos.plans.update(plan.id, { state: requireMove(plan, 'agree'), stateAt: open.clock.now() })
      await note(open, planRef(plan), 'plan.agreed', { posts: after.standing.map(({ post }) => post) })
    }
    await refreshPlan(open, plan)
    return readPlan(open, plan.id)
  })
}
