import type { Tasking } from '../../db/taskings.ts'
import { isAskedAsWhole, postsAbove } from '../../domain/tasking.ts'
import { isReachable, peopleIn } from '../alert/facts.ts'
import type { Open, Person } from '../context.ts'
import { parseRoleKey, roleKey } from '../permission.ts'
import { factsOfTaskings, type TaskingFacts } from './facts.ts'
import { recordAct } from './record.ts'
import { syncReminders } from './reminders.ts'
import { putCards, refreshTasking, tellAct, tellUnreached } from './tell.ts'

/** What these people carry, and which of it they have by a post they hold: it goes with the post. */
export interface Carried {
  personIds: readonly string[]
  /** Ids of taskings. */
  byPost: string[]
}

/** What these people carry now; to be read before they lose their posts. */
export async function carriedBy(open: Open, personIds: readonly string[]): Promise<Carried> {
  const byPost: string[] = []
  for (const { id, accountable, toRole } of await open.tx.taskings.open()) {
    if (accountable !== null && personIds.includes(accountable) && (await holds(open, accountable, toRole)))
      byPost.push(id)
  }
  return { personIds, byPost }
}

/**
 * People hold a post no longer, or cannot be reached any more: what is open with them in it goes to whoever stands the
 * post now, else to the next above on the component's own ladder, and is offered anew; whoever asked is told. Where
 * nobody is left it stays, and whoever asked is told that. For operations that hold the permission already.
 */
export async function passTaskingsOn(open: Open, before: Carried): Promise<void> {
  const all = await open.tx.taskings.open()
  await tellOfRequests(open, before, all)
  const rows = all.filter(
    ({ accountable, state }) =>
      accountable !== null && before.personIds.includes(accountable) && state !== 'referred',
  )
  for (const facts of await factsOfTaskings(open.tx, open.mission, open.clock.now(), rows)) {
    const { accountable } = facts
    if (!accountable || (await stillTheirs(open, facts, accountable, before))) continue
    const next = await nextFor(open, facts, accountable)
    if (!next) {
      await tellAct(open, facts, 'stranded', { asker: true })
      continue
    }
    const { act, facts: after } = await recordAct(
      open,
      facts,
      { kind: 'hand_on', to: 'offered', role: null, accountable: next.person.id },
      { toRole: next.post, climbedTo: null, overdueRung: 0 },
    )
    await putCards(open, after)
    await refreshTasking(open, after)
    await tellAct(open, after, act.id, { asker: true, turn: true })
    await syncReminders(open, after)
  }
}

/** Requests to agencies and NGOs that now reach nobody directly. */
async function tellOfRequests(open: Open, before: Carried, all: readonly Tasking[]): Promise<void> {
  const asked = all.filter(
    ({ toConstituency, state }) => isAskedAsWhole(toConstituency) && state === 'offered',
  )
  for (const facts of await factsOfTaskings(open.tx, open.mission, open.clock.now(), asked)) {
    if (facts.asked.some(({ id }) => before.personIds.includes(id))) await tellUnreached(open, facts)
  }
}

/** Whether somebody still answers for it: there, reachable, and where it came by a post, in that post. */
async function stillTheirs(
  open: Open,
  { tasking }: TaskingFacts,
  person: Person,
  before: Carried,
): Promise<boolean> {
  if (person.closedAt !== null || !isReachable(person) || person.constituency === null) return false
  return !before.byPost.includes(tasking.id) || (await holds(open, person.id, tasking.toRole))
}

async function holds(open: Open, personId: string, role: string | null): Promise<boolean> {
  const held = await open.tx.roles.rolesOf(personId, open.clock.now())
  return held.some(ref => roleKey(ref) === role)
}

async function nextFor(
  open: Open,
  { tasking }: TaskingFacts,
  before: Person,
): Promise<{ person: Person; post: string } | null> {
  if (tasking.toRole === null) return null
  const posts = [parseRoleKey(tasking.toRole), ...postsAbove(open.mission, tasking)]
  for (const post of posts) {
    const person = (await peopleIn(open.tx, post, open.clock.now())).find(
      ({ id, closedAt, unreachableAt }) => id !== before.id && closedAt === null && unreachableAt === null,
    )
    if (person) return { person, post: roleKey(post) }
  }
  return null
}
