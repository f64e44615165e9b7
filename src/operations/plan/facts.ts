import type { Plan, PlanStep, PlanVoice } from '../../db/plans.ts'
import type { Repos } from '../../db/store.ts'
import { codeTyped } from '../../domain/code.ts'
import type { Constituency } from '../../domain/mission.ts'
import { missingPosts, notYetTheirTurn, standingOf } from '../../domain/plan.ts'
import { mayRead, type Reader, type Shared } from '../../domain/sharing.ts'
import { isAskedAsWhole } from '../../domain/tasking.ts'
import { TocsinError } from '../../errors.ts'
import { actorAsReader } from '../alert/reading.ts'
import { sharingRules } from '../channel.ts'
import type { Ctx, Open, Person } from '../context.ts'
import { type ForumFacts, factsOfForums, keepsForum } from '../forum/facts.ts'
import { registeredPerson, roleKey } from '../permission.ts'
import type { SharedRecord } from '../shared-records.ts'
import { refreshCardsOf } from '../telling.ts'

/** A joint plan as it now is, with what follows from it. */
export interface PlanFacts {
  plan: Plan
  forum: ForumFacts
  steps: PlanStep[]
  /** Positions of the steps whose turn it is not yet. */
  waiting: number[]
  /** Everything said to it, in order. */
  voices: PlanVoice[]
  /** How each post that has to agree stands to the plan as it is now. */
  standing: { post: string; answer: 'agree' | 'object' | null }[]
  /** Posts of the group, its chair's aside, that have no step. */
  missing: string[]
  /** People named in steps who may be named on a screen, by people.id. */
  persons: Map<string, Person>
  /** people.id of those who read it whatever their constituency. */
  named: string[]
}

/** Whether a step is asked of agencies or NGOs: they agree to nothing, and are only asked. */
export const isAsked = (post: string): boolean => isAskedAsWhole(post as Constituency)

export const planRef = ({ id }: Pick<Plan, 'id'>) => ({ kind: 'plan', id })

/** Brings the plan's cards up to date, and those of its group's meetings to come, on whose agenda it stands. */
export async function refreshPlan(open: Open, plan: Pick<Plan, 'id' | 'forumId'>): Promise<void> {
  await refreshCardsOf(open, planRef(plan))
  for (const { id, state } of await open.tx.meetings.ofForums([plan.forumId]))
    if (state === 'planned' || state === 'open') await refreshCardsOf(open, { kind: 'meeting', id })
}

/** Reads what surrounds joint plans, in their order. */
export async function factsOfPlans(
  ctx: Pick<Ctx, 'mission' | 'clock'>,
  repos: Repos,
  rows: readonly Plan[],
): Promise<PlanFacts[]> {
  const steps = Map.groupBy(await repos.plans.stepsOf(rows.map(({ id }) => id)), ({ planId }) => planId)
  const all: PlanFacts[] = []
  for (const plan of rows) {
    const row = await repos.forums.byId(plan.forumId)
    const [forum] = row ? await factsOfForums(ctx, repos, [row]) : []
    if (!forum) continue
    const own = steps.get(plan.id) ?? []
    const voices = await repos.plans.voicesOf(plan.id)
    const posts = [...new Set(own.map(({ post }) => post))]
    const ids = [...new Set(own.flatMap(({ personId }) => personId ?? []))]
    const people = await Promise.all(ids.map(id => repos.people.byId(id)))
    const standing = people.filter(person => person !== null && person.closedAt === null) as Person[]
    const group = forum.posts.slice(1).map(roleKey)
    const given = await repos.taskings.byIds(own.flatMap(({ taskingId }) => taskingId ?? []))
    const isDone = (id: string | null) => given.some(row => row.id === id && row.state === 'done')
    all.push({
      plan,
      forum,
      steps: own,
      waiting: notYetTheirTurn(
        own,
        own.filter(({ taskingId }) => isDone(taskingId)).map(({ position }) => position),
      ),
      voices,
      standing: standingOf(
        posts.filter(post => !isAsked(post)),
        voices,
        plan.revision,
      ),
      missing: missingPosts(group, posts),
      persons: new Map(standing.filter(({ national }) => !national).map(person => [person.id, person])),
      named: [...new Set([...forum.named, plan.madeBy, ...standing.map(({ id }) => id)])],
    })
  }
  return all
}

/** What a joint plan says about its readers: those its group or meeting had when it was made, and those named on it. */
export const sharedPlan = ({ plan, named }: Pick<PlanFacts, 'plan' | 'named'>): Shared => ({
  holder: plan.holder,
  audience: plan.audience,
  named,
})

export const mayReadPlan = (ctx: Ctx, facts: PlanFacts, reader: Reader): boolean =>
  mayRead(sharedPlan(facts), 'record', reader, sharingRules(ctx))

/** The joint plans among these rows, for whoever looks at what stands in a channel. */
export async function plansShared(ctx: Ctx, repos: Repos, ids: readonly string[]): Promise<SharedRecord[]> {
  const rows = await Promise.all(ids.map(id => repos.plans.byId(id)))
  const found = rows.filter(row => row !== null)
  return (await factsOfPlans(ctx, repos, found)).map(facts => ({
    kind: 'plan',
    id: facts.plan.id,
    code: facts.plan.code,
    shared: sharedPlan(facts),
  }))
}

/**
 * The joint plan as the acting person may read it; the bot itself reads all.
 *
 * @throws TocsinError `not_registered`, `not_found` where it does not exist or is not theirs to see.
 */
export async function readPlan(ctx: Ctx, id: string): Promise<PlanFacts> {
  const reader = actorAsReader(ctx)
  if (reader) registeredPerson(ctx)
  const repos = ctx.tx ?? ctx.store.read
  const row = await repos.plans.byId(id)
  const [facts] = row ? await factsOfPlans(ctx, repos, [row]) : []
  if (!facts || (reader && !mayReadPlan(ctx, facts, reader))) throw new TocsinError('not_found')
  return facts
}

/** A joint plan by its code, as the acting person may read it; null where the words are none. @throws as {@link readPlan}. */
export async function planByCode(ctx: Ctx, text: string): Promise<PlanFacts | null> {
  registeredPerson(ctx)
  const code = codeTyped('K', text)
  const row = code ? await (ctx.tx ?? ctx.store.read).plans.byCode(code) : null
  if (code && !row) throw new TocsinError('not_found')
  return row ? readPlan(ctx, row.id) : null
}

/** The same for whoever keeps its group. @throws TocsinError `not_registered`, `not_found`, `not_allowed`. */
export async function readOwnPlan(ctx: Ctx, id: string): Promise<PlanFacts> {
  const facts = await readPlan(ctx, id)
  if (!keepsForum(ctx, facts.forum)) throw new TocsinError('not_allowed')
  return facts
}
