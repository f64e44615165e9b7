import type { ReminderPlan, ReminderRule } from '../../domain/reminder.ts'
import { isAskedAsWhole, isOverdueTasking, postsAbove } from '../../domain/tasking.ts'
import { peopleIn } from '../alert/facts.ts'
import type { Ctx, Open, Person } from '../context.ts'
import { roleKey } from '../permission.ts'
import { type Remindable, remindOf } from '../reminder.ts'
import { note } from '../telling.ts'
import { type TaskingFacts, taskingFacts } from './facts.ts'
import { askersOf, putCards, refreshTasking, taskingRef, tellAct } from './tell.ts'

/** Reminders of a tasking from now on: to those whose turn it is, by the rules of the mission file. */
export async function syncReminders(open: Open, facts: TaskingFacts): Promise<void> {
  const to = await remindedOf(open, facts)
  const plan = planOf(open, facts)
  const last = facts.acts.at(-1)
  const anew = last !== undefined && ['hand_on', 'take_on', 'return', 'refer'].includes(last.kind)
  await remindOf(open, taskingRef(facts.tasking), to, plan, anew)
}

/**
 * Who is reminded: of a tasking the accountable person; of what headquarters has, and of a request, whoever asked, for
 * nobody who was only asked is chased; of a component that was asked, its accountable person before the date.
 */
async function remindedOf(open: Open, facts: TaskingFacts): Promise<Person[]> {
  const { tasking, accountable } = facts
  const chases = tasking.kind === 'request' || tasking.state === 'referred'
  if (chases) return askersOf(open, facts)
  return accountable && accountable.closedAt === null ? [accountable] : []
}

function planOf({ mission }: Pick<Ctx, 'mission'>, facts: TaskingFacts): ReminderPlan | null {
  const { tasking, open, acts } = facts
  if (!open || tasking.state === 'declined') return null
  const { rules } = mission.reminders
  const given = acts.findLast(({ kind }) => ['hand_on', 'take_on', 'return'].includes(kind))
  const since = given?.recordedAt ?? tasking.askedAt
  if (tasking.state === 'referred')
    return { rules: rules.referred, dueAt: tasking.stateAt, since: tasking.stateAt, imminent: false }
  const of: readonly ReminderRule[] = rules[tasking.kind]
  return { rules: of, dueAt: tasking.dueAt, since, imminent: tasking.urgent }
}

/** Taskings as a noun of reminders. */
export const taskingReminders: Remindable = {
  async plan(ctx, repos, recordId, personId) {
    const tasking = await repos.taskings.byId(recordId)
    if (!tasking) return null
    const facts = await taskingFacts(repos, ctx.mission, ctx.clock.now(), tasking)
    const person = await repos.people.byId(personId)
    return person ? planOf(ctx, facts) : null
  },
  /** What is overdue climbs the component's own ladder, a post with each reminder; a request never does. */
  async said(open, recordId) {
    const tasking = await open.tx.taskings.byId(recordId)
    if (!tasking || isAskedAsWhole(tasking.toConstituency)) return
    if (!isOverdueTasking(tasking, open.clock.now())) return
    const posts = postsAbove(open.mission, tasking)
    for (let rung = tasking.overdueRung; rung < posts.length; rung++) {
      const post = posts[rung]
      const [first] = post ? await peopleIn(open.tx, post, open.clock.now()) : []
      if (!post || !first || first.unreachableAt !== null || first.id === tasking.accountable) continue
      await open.tx.taskings.update(tasking.id, tasking.version, { overdueRung: rung + 1 })
      await note(open, taskingRef(tasking), 'tasking.climbed', { post: roleKey(post), told: first.id })
      const now = (await open.tx.taskings.byId(recordId)) ?? tasking
      const facts = await taskingFacts(open.tx, open.mission, open.clock.now(), now)
      await putCards(open, facts, [first])
      await refreshTasking(open, facts)
      await tellAct(open, facts, 'overdue', { others: [first], asker: true })
      return
    }
  },
  async snoozed(open, recordId) {
    const tasking = await open.tx.taskings.byId(recordId)
    if (tasking)
      await refreshTasking(open, await taskingFacts(open.tx, open.mission, open.clock.now(), tasking))
  },
}
