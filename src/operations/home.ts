import type { DutyPeriod } from '../db/duties.ts'
import { TocsinError } from '../errors.ts'
import { administeredSide } from './administrators.ts'
import type { Ctx } from './context.ts'
import type { VacantPost } from './duty/vacancy.ts'
import { ownDuties, vacantPosts } from './duty.ts'
import { heldRoles, registeredPerson } from './permission.ts'
import { waitingRegistrations } from './registration.ts'

/** What a person's App Home tells beside what waits for them. */
export interface Home {
  duties: DutyPeriod[]
  /** Roles they hold now. */
  roles: readonly { role: string; sector: string | null }[]
  /** For administrators: how many people wait to be confirmed; null for everybody else. */
  peopleWaiting: number | null
  /** For administrators: messages that wait, and those that can never be delivered. */
  messages: { waiting: number; parked: number } | null
  /** Posts nobody holds, for those who appoint to them or see all. */
  vacant: VacantPost[]
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
    roles: heldRoles(ctx),
    peopleWaiting: administers ? (await waitingRegistrations(ctx)).length : null,
    messages: administers ? { waiting, parked } : null,
    vacant: await vacantPosts(ctx).catch(notTheirs),
  }
}

function notTheirs(error: unknown): VacantPost[] {
  if (error instanceof TocsinError && error.code === 'not_allowed') return []
  throw error
}
