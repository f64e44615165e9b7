import type { Plan } from '../../db/plans.ts'
import { afterPlanMove, type PlanMove } from '../../domain/plan.ts'
import { TocsinError } from '../../errors.ts'
import { freeCode } from '../code.ts'
import { type Ctx, inTransaction } from '../context.ts'
import { keepsForum, readForum } from '../forum/facts.ts'
import { readMeeting } from '../meeting/facts.ts'
import { registeredPerson } from '../permission.ts'
import { cardAt, note, personTarget } from '../telling.ts'
import { requiredText } from '../text.ts'
import { type PlanFacts, planRef, readOwnPlan, readPlan, refreshPlan } from './facts.ts'

/** How long the words of a joint plan may be, in code points, and how many steps it takes. */
export const planLimits = { goal: 1_000, what: 500, words: 1_500, steps: 20 } as const

/**
 * Begins a joint plan in a group or one of its meetings: its card begins a thread in the group's channel. It keeps the
 * readers that the group or the meeting has now.
 *
 * @param input.meetingId the meeting it is made in, of the same group.
 * @throws TocsinError `not_registered`, `not_found`, `not_allowed` for somebody who does not keep the group, and for a
 *   cluster, whose work the mission does not plan; `forum_over`, `text_missing`, `text_too_long`.
 */
export async function makePlan(
  ctx: Ctx,
  input: { forumId: string; meetingId?: string | null; goal: string; requestKey?: string | null },
): Promise<PlanFacts> {
  const person = registeredPerson(ctx)
  const goal = requiredText(input.goal, 'goal', planLimits.goal)
  return inTransaction(ctx, async (repos, open) => {
    const earlier = input.requestKey ? await repos.plans.byRequestKey(input.requestKey) : null
    if (earlier) return readPlan(open, earlier.id)
    const forum = await readForum(open, input.forumId)
    if (!keepsForum(open, forum) || forum.forum.class === 'cluster') throw new TocsinError('not_allowed')
    if (forum.forum.state !== 'active') throw new TocsinError('forum_over')
    const meeting = input.meetingId ? (await readMeeting(open, input.meetingId)).meeting : null
    if (meeting && meeting.forumId !== forum.forum.id) throw new TocsinError('not_found')
    const now = open.clock.now()
    const plan: Plan = {
      id: open.ids.id(),
      code: await freeCode(open.ids, 'K', code => repos.plans.byCode(code)),
      exercise: forum.forum.exercise,
      forumId: forum.forum.id,
      meetingId: meeting?.id ?? null,
      holder: forum.forum.holder,
      audience: [...(meeting?.audience ?? forum.audience)],
      goal,
      state: 'draft',
      stateAt: now,
      revision: 1,
      madeBy: person.id,
      madeAt: now,
      outcome: null,
      requestKey: input.requestKey ?? null,
    }
    await repos.plans.insert(plan)
    await note(open, planRef(plan), 'plan.made', { code: plan.code, forum: forum.forum.code }, { goal })
    const { channelId } = forum.forum
    for (const target of [...(channelId ? [channelId] : []), personTarget(person.id)])
      await cardAt(open, planRef(plan), target)
    await refreshPlan(open, plan)
    return readPlan(open, plan.id)
  })
}

/**
 * Closes the plan, with what it came to for civilians; one that was never started says why. Taskings that were given go
 * their own way.
 *
 * @throws TocsinError `not_registered`, `not_found`, `not_allowed`, `plan_state`, `text_missing`, `text_too_long`.
 */
export async function closePlan(ctx: Ctx, input: { planId: string; outcome: string }): Promise<PlanFacts> {
  registeredPerson(ctx)
  const outcome = requiredText(input.outcome, 'outcome', planLimits.words)
  return inTransaction(ctx, async (repos, open) => {
    const { plan } = await readOwnPlan(open, input.planId)
    const state = requireMove(plan, 'close')
    await repos.plans.update(plan.id, { state, stateAt: open.clock.now(), outcome })
    await note(open, planRef(plan), 'plan.closed', { from: plan.state }, { outcome })
    await refreshPlan(open, plan)
    return readPlan(open, plan.id)
  })
}

/** @throws TocsinError `plan_state`. */
export function requireMove({ state }: Pick<Plan, 'state'>, move: PlanMove): Plan['state'] {
  const after = afterPlanMove(state, move)
  if (after === null) throw new TocsinError('plan_state')
  return after
}
