import type { PlanStep } from '../../db/plans.ts'
import { districtsOf } from '../../domain/district.ts'
import { findRole, type Mission } from '../../domain/mission.ts'
import { isInOrder, STEP_KINDS, STEP_LANES, unknownBefore, waitingFor } from '../../domain/plan.ts'
import { TIERS, tiersOf } from '../../domain/tasking.ts'
import { TocsinError } from '../../errors.ts'
import { type Ctx, inTransaction, type Open, type Person } from '../context.ts'
import { type Named, namedPerson } from '../people.ts'
import { parseRoleKey, registeredPerson, roleKey } from '../permission.ts'
import { note } from '../telling.ts'
import { knownTerm, requiredText } from '../text.ts'
import { isAsked, type PlanFacts, planRef, readOwnPlan, readPlan, refreshPlan } from './facts.ts'
import { planLimits, requireMove } from './make.ts'

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
 *   `unknown_term`, `time_past`, `ends_before_start`, `steps_unknown`, `steps_cycle`, `place_missing`, `district_missing`, `accountable_left`, `person_unknown`, `number_range`,
 *   `evacuation_theirs` for an evacuation that is not asked of agencies or NGOs, `not_theirs_to_protect` for physical
 *   protection that is; the field is named.
 */
export async function addPlanStep(ctx: Ctx, input: StepInput): Promise<PlanFacts> {
  registeredPerson(ctx)
  return inTransaction(ctx, async (repos, open) => {
    const facts = await readOwnPlan(open, input.planId)
    requireMove(facts.plan, 'change')
    if (facts.steps.length >= planLimits.steps)
      throw new TocsinError('number_range', { details: { min: 1, max: planLimits.steps } })
    const position = Math.max(0, ...facts.steps.map(step => step.position)) + 1
    const step = await written(open, facts, position, input)
    await repos.plans.addStep({ ...step, planId: facts.plan.id, position, taskingId: null, readyAt: null })
    return changed(open, facts, 'plan.step_added', { position, ...codesOf(step) }, { what: step.what })
  })
}

/**
 * Writes a step anew in its place; those that wait for it go on waiting for it. What components had agreed to is to be
 * agreed anew.
 *
 * @throws TocsinError as {@link addPlanStep}; `not_found` for a step that was taken out.
 */
export async function changePlanStep(ctx: Ctx, input: StepInput & { position: number }): Promise<PlanFacts> {
  registeredPerson(ctx)
  return inTransaction(ctx, async (repos, open) => {
    const facts = await readOwnPlan(open, input.planId)
    requireMove(facts.plan, 'change')
    const { position } = input
    if (!facts.steps.some(step => step.position === position)) throw new TocsinError('not_found')
    const step = await written(open, facts, position, input)
    await repos.plans.updateStep(facts.plan.id, position, step)
    return changed(open, facts, 'plan.step_changed', { position, ...codesOf(step) }, { what: step.what })
  })
}

type Written = Omit<PlanStep, 'planId' | 'position' | 'taskingId' | 'readyAt'>

const codesOf = ({ post, tier, kind, after }: Written) => ({ post, tier, kind, after })

/** The step at a position as it was typed, checked against the group, the other steps and the mission's districts. */
async function written(open: Open, facts: PlanFacts, position: number, input: StepInput): Promise<Written> {
  const what = requiredText(input.what, 'what', planLimits.what)
  const kind = knownTerm(STEP_KINDS, input.kind, 'kind')
  const lane = input.lane ? knownTerm(STEP_LANES, input.lane, 'lane') : null
  const { fromAt, toAt } = windowOf(open, input)
  const district = input.district ?? null
  if (district !== null && !districtsOf(open.mission.gazetteer).some(({ name }) => name === district))
    throw new TocsinError('place_missing', { field: 'district' })
  // Without a district nobody could be consulted, nor would anybody see whose work it crosses.
  if (kind === 'force' && district === null) throw new TocsinError('district_missing', { field: 'district' })
  const post = knownTerm(stepPosts(facts), input.post, 'post')
  const tier = knownTerm(TIERS, input.tier, 'tier')
  if (isAsked(post) && !tiersOf('humanitarian').includes(tier))
    throw new TocsinError('not_theirs_to_protect', { field: 'tier' })
  if (kind === 'evacuation' && !isAsked(post)) throw new TocsinError('evacuation_theirs', { field: 'post' })
  const others = facts.steps.filter(step => step.position !== position)
  const after = [...new Set(input.after ?? [])].sort((a, b) => a - b)
  const [unknown] = unknownBefore(others, after)
  if (unknown !== undefined)
    throw new TocsinError('steps_unknown', { field: 'after', details: { step: what, after: unknown } })
  if (!isInOrder([...others, { position, what, after }]))
    throw new TocsinError('steps_cycle', { field: 'after' })
  const person = registeredPerson(open)
  const named = input.person ? await personOf(open, input.person, post, person) : null
  return { what, post, personId: named?.id ?? null, after, fromAt, toAt, tier, kind, lane, district }
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
    if (waiting.length > 0)
      throw new TocsinError('step_awaited', { field: 'step', details: { steps: waiting.join(', ') } })
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
  await refreshPlan(open, plan)
  return readPlan(open, plan.id)
}

function windowOf(ctx: Ctx, { fromAt, toAt }: Pick<StepInput, 'fromAt' | 'toAt'>) {
  if (fromAt === null) throw new TocsinError('text_missing', { field: 'fromAt' })
  if (toAt === null) throw new TocsinError('text_missing', { field: 'toAt' })
  if (toAt <= fromAt) throw new TocsinError('ends_before_start', { field: 'toAt' })
  if (toAt <= ctx.clock.now()) throw new TocsinError('time_past', { field: 'toAt' })
  return { fromAt, toAt }
}

/** Whoever answers for a step is of its component; nobody of agencies and NGOs is named by the mission. */
async function personOf(open: Open, named: Named, post: string, by: Person): Promise<Person> {
  const person = await namedPerson(open.tx, named, by)
  if (isAsked(post) || person.closedAt !== null || person.constituency !== componentOf(open.mission, post))
    throw new TocsinError('accountable_left', { field: 'person' })
  return person
}

const componentOf = (mission: Mission, post: string) =>
  findRole(mission, parseRoleKey(post).role)?.constituency ?? null
