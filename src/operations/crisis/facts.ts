import type { Crisis, CrisisCall, CrisisLesson, CrisisShift } from '../../db/crises.ts'
import type { Repos } from '../../db/store.ts'
import { TocsinError } from '../../errors.ts'
import type { Ctx, Open, Person } from '../context.ts'
import { type ForumFacts, keepsForum, readForum } from '../forum/facts.ts'
import { registeredPerson } from '../permission.ts'
import { lineAt, personTarget } from '../telling.ts'

/** A crisis forum as it now is. */
export interface CrisisFacts {
  forum: ForumFacts
  crisis: Crisis
  calls: CrisisCall[]
  shifts: CrisisShift[]
  lessons: CrisisLesson[]
  /** Who leads the shift; null where they are national staff, who are named nowhere. */
  lead: Person | null
}

/** Reads what a crisis forum has beside what every group has; null for any other group. */
export async function crisisFacts(repos: Repos, forum: ForumFacts): Promise<CrisisFacts | null> {
  const { id } = forum.forum
  const crisis = await repos.crises.byForum(id)
  if (!crisis) return null
  const lead = await repos.people.byId(crisis.lead)
  return {
    forum,
    crisis,
    calls: await repos.crises.callsOf(id),
    shifts: await repos.crises.shiftsOf(id),
    lessons: await repos.crises.lessonsOf(id),
    lead: lead && !lead.national ? lead : null,
  }
}

/** @throws TocsinError `not_registered`, `not_found`. */
export async function readCrisis(ctx: Ctx, forumId: string): Promise<CrisisFacts> {
  registeredPerson(ctx)
  const forum = await readForum(ctx, forumId)
  const facts = await crisisFacts(ctx.tx ?? ctx.store.read, forum)
  if (!facts) throw new TocsinError('not_found')
  return facts
}

/** Whether the acting person leads: the shift's lead, or whoever keeps the group. */
export function leadsCrisis(ctx: Ctx, { crisis, forum }: CrisisFacts): boolean {
  return (ctx.actor.kind === 'person' && ctx.actor.person.id === crisis.lead) || keepsForum(ctx, forum)
}

/** The same for whoever leads it. @throws TocsinError as {@link readCrisis}, `not_allowed`. */
export async function readLed(open: Open, forumId: string): Promise<CrisisFacts> {
  const facts = await readCrisis(open, forumId)
  if (!leadsCrisis(open, facts)) throw new TocsinError('not_allowed')
  return facts
}

/** Said where its thread is, and to each post that was called and did not say that it cannot. */
export async function tellCalled(open: Open, { forum, calls }: CrisisFacts, line: string): Promise<void> {
  const { channelId, id } = forum.forum
  const called = calls.flatMap(({ answeredBy, personId, answer }) =>
    answer === 'cannot' ? [] : (answeredBy ?? personId ?? []),
  )
  const targets = [...(channelId ? [channelId] : []), ...new Set(called.map(personTarget))]
  for (const target of targets) await lineAt(open, 'crisis.line', id, target, { line }, true)
}
