import type { DutyPeriod } from '../db/duties.ts'
import { TocsinError } from '../errors.ts'
import { administeredSide } from './administrators.ts'
import type { AlertFacts } from './alert/facts.ts'
import { followedAlerts } from './alert/find.ts'
import { actorAsReader } from './alert/reading.ts'
import type { Ctx } from './context.ts'
import type { VacantPost } from './duty/vacancy.ts'
import { ownDuties, takeable, vacantPosts } from './duty.ts'
import { type ForumFacts, mayReadMeeting } from './forum/facts.ts'
import { listForums } from './forum/list.ts'
import { heldRoles, registeredPerson } from './permission.ts'
import { waitingRegistrations } from './registration.ts'

/** What a person's App Home tells beside what waits for them. */
export interface Home {
  duties: DutyPeriod[]
  /** They hold a role, or stand in for one, of which a duty can be taken. */
  mayTakeDuty: boolean
  /** Open alerts they raised or follow. */
  followed: AlertFacts[]
  /** Roles they hold now. */
  roles: readonly { role: string; sector: string | null }[]
  /** For administrators: how many people wait to be confirmed; null for everybody else. */
  peopleWaiting: number | null
  /** For administrators: messages that wait, and those that can never be delivered. */
  messages: { waiting: number; parked: number } | null
  /** Posts nobody holds, for those who appoint to them or see all. */
  vacant: VacantPost[]
  /** The next meetings of groups they belong to, first to come first. */
  meetings: { forum: ForumFacts; at: number }[]
}

/**
 * What stands in the acting person's App Home beside what waits for them.
 *
 * @throws TocsinError `not_registered`.
 */
export async function readHome(ctx: Ctx): Promise<Home> {
  registeredPerson(ctx)
  const administers = administeredSide(ctx) !== null
  const { waiting, parked } = await ctx.store.read.outbox.counts()
  return {
    duties: await ownDuties(ctx),
    mayTakeDuty: (await takeable(ctx)).own.length > 0,
    followed: await followedAlerts(ctx),
    roles: heldRoles(ctx),
    peopleWaiting: administers ? (await waitingRegistrations(ctx)).length : null,
    messages: administers ? { waiting, parked } : null,
    vacant: await vacantPosts(ctx).catch(notTheirs),
    meetings: await nextMeetings(ctx),
  }
}

/** More of them stand in the list of groups. */
const MEETINGS = 3

async function nextMeetings(ctx: Ctx): Promise<Home['meetings']> {
  const { id } = registeredPerson(ctx)
  const reader = actorAsReader(ctx)
  const now = ctx.clock.now()
  const own = (await listForums(ctx)).filter(({ named }) => named.includes(id))
  return own
    .flatMap(forum =>
      forum.meetings
        .filter(({ state, at }) => state === 'open' || (state === 'planned' && at >= now))
        .filter(meeting => reader !== null && mayReadMeeting(ctx, meeting, forum, reader))
        .map(({ at }) => ({ forum, at })),
    )
    .sort((a, b) => a.at - b.at)
    .slice(0, MEETINGS)
}

function notTheirs(error: unknown): VacantPost[] {
  if (error instanceof TocsinError && error.code === 'not_allowed') return []
  throw error
}
