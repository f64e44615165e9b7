import { isAskedAsWhole, isOpenTasking, type TaskingState } from '../../domain/tasking.ts'
import { TocsinError } from '../../errors.ts'
import { actorAsReader } from '../alert/reading.ts'
import { type Ctx, inTransaction, type Open, type Person } from '../context.ts'
import { type Named, namedPerson } from '../people.ts'
import { registeredPerson, roleKey } from '../permission.ts'
import { requireParty } from './answer.ts'
import { factsOfTaskings, mayReadTasking, readTasking, type TaskingFacts, taskingFacts } from './facts.ts'
import { recordAct } from './record.ts'
import { syncReminders } from './reminders.ts'
import { putCards, refreshTasking, tellAct } from './tell.ts'

/**
 * Gives a tasking to another person of the same component, who is asked anew. For whoever asked, whoever appoints to
 * the post, and the post above that a decline climbed to.
 *
 * @throws TocsinError `not_registered`, `not_found`, `not_allowed`, `already_done`, `person_unknown`, `accountable_left`.
 */
export async function handOn(ctx: Ctx, input: { taskingId: string; to: Named }): Promise<TaskingFacts> {
  const by = registeredPerson(ctx)
  return inTransaction(ctx, async (_repos, open) => {
    const facts = await readTasking(open, input.taskingId)
    const role = requireParty(open, facts, 'hand_on')
    // Nobody of theirs is named by us.
    if (isAskedAsWhole(facts.tasking.toConstituency)) throw new TocsinError('not_allowed')
    const to = await namedPerson(open.tx, input.to, by)
    if (to.id === facts.tasking.accountable) throw new TocsinError('already_done')
    return give(open, facts, to, role, by.id)
  })
}

/**
 * What is open with one person goes to another of the same component: each is offered anew, and stays with the first
 * where the acting person may not hand it on. For whoever appoints, whoever asked, or the person themselves.
 *
 * @returns those that were handed on, and how many they may read were not theirs to hand on.
 * @throws TocsinError `not_registered`, `person_unknown`, `accountable_left`, `not_allowed` where none is theirs to
 *   hand on, `none_of_theirs`.
 */
export async function reassign(
  ctx: Ctx,
  input: { from: Named; to: Named },
): Promise<{ handed: TaskingFacts[]; left: number }> {
  const by = registeredPerson(ctx)
  return inTransaction(ctx, async (repos, open) => {
    const from = await namedPerson(repos, input.from, by, 'from')
    const to = await namedPerson(repos, input.to, by, 'to')
    const rows = (await repos.taskings.open()).filter(
      ({ accountable, toConstituency }) => accountable === from.id && !isAskedAsWhole(toConstituency),
    )
    const all = await factsOfTaskings(repos, ctx.mission, ctx.clock.now(), rows)
    const handed: TaskingFacts[] = []
    const reader = actorAsReader(ctx)
    let left = 0
    // What they may not read is not counted either.
    for (const facts of all.filter(each => reader !== null && mayReadTasking(open, each, reader))) {
      const role = mayHandOn(open, facts)
      if (role === false) left++
      else handed.push(await give(open, facts, to, role, by.id))
    }
    if (handed.length === 0)
      throw left > 0 ? new TocsinError('not_allowed') : new TocsinError('none_of_theirs', { field: 'from' })
    return { handed, left }
  })
}

/**
 * Somebody who leaves gave a tasking they answer for to a successor who agreed: it is theirs as it stood, and whoever
 * asked is told. Part of another operation.
 *
 * @throws TocsinError `already_done` where it is no longer with the one who leaves, `accountable_left`.
 */
export async function takeOverTasking(
  open: Open,
  taskingId: string,
  from: Person,
  to: Person,
): Promise<TaskingFacts> {
  const tasking = await open.tx.taskings.byId(taskingId)
  if (!tasking || !isOpenTasking(tasking) || tasking.accountable !== from.id)
    throw new TocsinError('already_done')
  const facts = await taskingFacts(open.tx, open.mission, open.clock.now(), tasking)
  return give(open, facts, to, tasking.toRole, to.id, tasking.state)
}

function mayHandOn(open: Open, facts: TaskingFacts): string | null | false {
  try {
    return requireParty(open, facts, 'hand_on')
  } catch (error) {
    if (error instanceof TocsinError) return false
    throw error
  }
}

/** @throws TocsinError `accountable_left` for somebody of another component, or who has gone. */
async function give(
  open: Open,
  facts: TaskingFacts,
  to: Person,
  role: string | null,
  by: string,
  state: TaskingState = 'offered',
): Promise<TaskingFacts> {
  const { tasking } = facts
  if (to.closedAt !== null || to.constituency !== tasking.toConstituency)
    throw new TocsinError('accountable_left', { field: 'to' })
  const toRole = await postOf(open, facts, to)
  const { act, facts: after } = await recordAct(
    open,
    facts,
    { kind: 'hand_on', to: state, role, accountable: to.id },
    state === 'offered' ? { toRole, climbedTo: null, overdueRung: 0 } : { toRole },
  )
  await putCards(open, after)
  await refreshTasking(open, after)
  await tellAct(open, after, act.id, { asker: true, turn: true, by })
  await syncReminders(open, after)
  return after
}

/** The post they answer from: that of the tasking where they hold it, else the first of their component they hold. */
async function postOf(open: Open, { tasking }: TaskingFacts, to: Person): Promise<string | null> {
  const held = await open.tx.roles.rolesOf(to.id, open.clock.now())
  const own = held.filter(
    ({ role }) => open.mission.roles.find(({ id }) => id === role)?.constituency === tasking.toConstituency,
  )
  if (own.some(ref => roleKey(ref) === tasking.toRole) || !own[0]) return tasking.toRole
  return roleKey(own[0])
}
