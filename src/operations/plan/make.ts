import type { Plan, PlanStep } from '../../db/plans.ts'
import type { Repos } from '../../db/store.ts'
import { districtsOf } from '../../domain/district.ts'
import { findRole, type Mission } from '../../domain/mission.ts'
import {
  afterPlanMove,
  isAgreed,
  isInOrder,
  type PlanMove,
  STEP_KINDS,
  STEP_LANES,
  unknownBefore,
  VOICE_ANSWERS,
  waitingFor,
} from '../../domain/plan.ts'
import { TIERS } from '../../domain/tasking.ts'
import { TocsinError } from '../../errors.ts'
import { freeCode } from '../code.ts'
import { type Ctx, inTransaction, type Open, type Person } from '../context.ts'
import { keepsForum, readForum } from '../forum/facts.ts'
import { readMeeting } from '../meeting/facts.ts'
import { calledTo } from '../meeting/plan.ts'
import { type Named, namedPerson } from '../people.ts'
import { heldRoles, parseRoleKey, registeredPerson, roleKey } from '../permission.ts'
import { cardAt, note, personTarget, refreshCardsOf } from '../telling.ts'
import { optionalText, requiredText } from '../text.ts'
import { isAsked, type PlanFacts, planRef, readOwnPlan, readPlan } from './facts.ts'

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
    return readPlan(open, plan.id)
  })
}

export interface StepInput {
  planId: string
  what: string
  /** A post of the group (`role` or `role@sector`), or `un_agency` or `ngo`. */
  post: string
  /** Who of the component answers for it; left out: whoever stands the post then. */
  person?: Named | null
  /** Positions of earlier steps that must be done first. */
  after?: readonly number[]
  /** The window (epoch ms). */
  fromAt: number | null
  toAt: number | null
  tier: number
  kind: string
  /** Of a POC site: outside or inside it. */
  lane?: string | null
  district?: string | null
}

/** What may stand as the component of a step: the posts of the group, and agencies and NGOs as such. */
export const stepPosts = ({ forum }: Pick<PlanFacts, 'forum'>): string[] => [
  ...forum.posts.map(roleKey),
  'un_agency',
  'ngo',
]

/**
 * Adds a step. What components had agreed to is to be agreed anew.
 *
 * @throws TocsinError `not_registered`, `not_found`, `not_allowed`, `plan_state`, `text_missing`, `text_too_long`,
 *   `unknown_term`, `time_past`, `steps_unknown`, `place_missing`, `accountable_left`, `person_unknown`,
 *   `evacuation_theirs` for an evacuation that is not asked of agencies or NGOs; the field is named.
 */
export async function addPlanStep(ctx: Ctx, input: StepInput): Promise<PlanFacts> {
  const person = registeredPerson(ctx)
  const what = requiredText(input.what, 'what', planLimits.what)
  const tier = oneOf(TIERS, input.tier, 'tier')
  const kind = oneOf(STEP_KINDS, input.kind, 'kind')
  const lane = input.lane ? oneOf(STEP_LANES, input.lane, 'lane') : null
  const { fromAt, toAt } = windowOf(ctx, input)
  const district = input.district ?? null
  if (district !== null && !districtsOf(ctx.mission.gazetteer).some(({ name }) => name === district))
    throw new TocsinError('place_missing', { field: 'district' })
  // Without a district nobody could be consulted, nor would anybody see whose work it crosses.
  if (kind === 'force' && district === null) throw new TocsinError('place_missing', { field: 'district' })
  return inTransaction(ctx, async (repos, open) => {
    const facts = await readOwnPlan(open, input.planId)
    const { plan, steps } = facts
    requireMove(plan, 'change')
    const post = oneOf(stepPosts(facts), input.post, 'post')
    if (kind === 'evacuation' && !isAsked(post)) throw new TocsinError('evacuation_theirs', { field: 'post' })
    if (steps.length >= planLimits.steps)
      throw new TocsinError('number_range', { details: { min: 1, max: planLimits.steps } })
    const after = [...new Set(input.after ?? [])].sort((a, b) => a - b)
    const [unknown] = unknownBefore(steps, after)
    const position = Math.max(0, ...steps.map(step => step.position)) + 1
    if (unknown !== undefined || !isInOrder([...steps, { position, what, after }]))
      throw new TocsinError('steps_unknown', { field: 'after', details: { step: what, after: unknown ?? 0 } })
    const named = input.person ? await personOf(open, repos, input.person, post, person) : null
    const step: PlanStep = {
      planId: plan.id,
      position,
      what,
      post,
      personId: named?.id ?? null,
      after,
      fromAt,
      toAt,
      tier,
      kind,
      lane,
      district,
      taskingId: null,
      readyAt: null,
    }
    await repos.plans.addStep(step)
    return changed(open, facts, 'plan.step_added', { position, post, tier, kind, after }, { what })
  })
}

/**
 * Takes a step out. Its number is not given again while later ones stand.
 *
 * @throws TocsinError `not_registered`, `not_found`, `not_allowed`, `plan_state`, `step_awaited` where another waits
 *   for it (details: steps).
 */
export async function removePlanStep(
  ctx: Ctx,
  input: { planId: string; position: number },
): Promise<PlanFacts> {
  registeredPerson(ctx)
  return inTransaction(ctx, async (repos, open) => {
    const facts = await readOwnPlan(open, input.planId)
    requireMove(facts.plan, 'change')
    if (!facts.steps.some(({ position }) => position === input.position)) throw new TocsinError('not_found')
    const waiting = waitingFor(facts.steps, input.position)
    if (waiting.length > 0) throw new TocsinError('step_awaited', { details: { steps: waiting.join(', ') } })
    await repos.plans.removeStep(facts.plan.id, input.position)
    return changed(open, facts, 'plan.step_removed', { position: input.position })
  })
}

async function changed(
  open: Open,
  { plan }: PlanFacts,
  kind: string,
  data: Record<string, unknown>,
  words?: Record<string, unknown>,
): Promise<PlanFacts> {
  const state = requireMove(plan, 'change')
  const stateAt = state === plan.state ? plan.stateAt : open.clock.now()
  await open.tx.plans.update(plan.id, { state, stateAt, revision: plan.revision + 1 })
  await note(open, planRef(plan), kind, data, words)
  await refreshCardsOf(open, planRef(plan))
  return readPlan(open, plan.id)
}

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
    await refreshCardsOf(open, planRef(facts.plan))
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
  const answer = oneOf(VOICE_ANSWERS, input.answer, 'answer')
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
    await refreshCardsOf(open, planRef(plan))
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
    await refreshCardsOf(open, planRef(plan))
    return readPlan(open, plan.id)
  })
}

/** @throws TocsinError `plan_state`. */
export function requireMove({ state }: Pick<Plan, 'state'>, move: PlanMove): Plan['state'] {
  const after = afterPlanMove(state, move)
  if (after === null) throw new TocsinError('plan_state')
  return after
}

function oneOf<T>(known: readonly T[], value: unknown, field: string): T {
  const found = known.find(each => each === value)
  if (found === undefined) throw new TocsinError('unknown_term', { field, details: { value: String(value) } })
  return found
}

function windowOf(ctx: Ctx, { fromAt, toAt }: Pick<StepInput, 'fromAt' | 'toAt'>) {
  if (fromAt === null) throw new TocsinError('text_missing', { field: 'fromAt' })
  if (toAt === null) throw new TocsinError('text_missing', { field: 'toAt' })
  if (toAt <= Math.max(fromAt, ctx.clock.now())) throw new TocsinError('time_past', { field: 'toAt' })
  return { fromAt, toAt }
}

/** Whoever answers for a step is of its component; nobody of agencies and NGOs is named by the mission. */
async function personOf(open: Open, repos: Repos, named: Named, post: string, by: Person): Promise<Person> {
  const person = await namedPerson(repos, named, by)
  if (isAsked(post) || person.closedAt !== null || person.constituency !== componentOf(open.mission, post))
    throw new TocsinError('accountable_left', { field: 'person' })
  return person
}

const componentOf = (mission: Mission, post: string) =>
  findRole(mission, parseRoleKey(post).role)?.constituency ?? null
