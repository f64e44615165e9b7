import type { Timer } from '../../db/timers.ts'
import { findRole, type RoleRef } from '../../domain/mission.ts'
import { TocsinError } from '../../errors.ts'
import { actorAsReader } from '../alert/reading.ts'
import { type Ctx, inTransaction, type Open, type Person } from '../context.ts'
import { heldRoles, registeredPerson, roleKey, sameRole } from '../permission.ts'
import { scheduleCallSheetIfChanged } from './call-sheet.ts'
import { mayName } from './names.ts'
import { appointsTo, postsOf, thoseAbove, turnsFor, vacantAt } from './standing.ts'
import { recordDuty, tellDuty } from './tell.ts'

const HOUR_MS = 3_600_000
/** A vacancy is reported anew after so long. */
export const VACANCY_REPEAT_MS = 7 * 24 * HOUR_MS
const REVIEW_MS = HOUR_MS
const REVIEW_KEY = 'duty.review'

/** A post nobody holds. */
export interface VacantPost {
  ref: RoleRef
  since: number
  /** Whether anybody stands in: an alternate, by the rota or having taken the duty; else it goes to the next rung. */
  manned: boolean
  /** Who does; null where nobody does, or the reader may not know who. */
  standIn: Person | null
}

/**
 * Looks through all posts: each vacancy is reported once to whoever appoints to it, and weekly while it lasts;
 * the call sheet follows where holders have changed. Runs hourly, and after changes of holders.
 */
export function reviewVacancies(ctx: Ctx): Promise<void> {
  return inTransaction(ctx, async (repos, open) => {
    const now = ctx.clock.now()
    const known = await repos.duties.vacancies()
    for (const ref of postsOf(ctx.mission)) {
      const vacancy = known.find(row => sameRole(row, ref))
      const vacant = await vacantAt(repos, ref, now)
      if (vacant && !vacancy) {
        await repos.duties.addVacancy(ref, now)
        await recordDuty(open, ref, 'role.vacant', {})
      }
      if (!vacant && vacancy) {
        await repos.duties.filled(ref)
        await recordDuty(open, ref, 'role.filled', { since: vacancy.since })
      }
    }
    await report(open, now)
    await scheduleCallSheetIfChanged(open)
  })
}

/** One message to each person, however many posts it names. */
async function report(open: Open, now: number): Promise<void> {
  const due = (await open.tx.duties.vacancies()).filter(
    ({ role, reportedAt }) =>
      findRole(open.mission, role) && (reportedAt === null || now - reportedAt >= VACANCY_REPEAT_MS),
  )
  const rolesFor = new Map<string, string[]>()
  for (const vacancy of due) {
    for (const { id } of await thoseAbove(open.tx, open.mission, vacancy, now))
      rolesFor.set(id, [...(rolesFor.get(id) ?? []), roleKey(vacancy)])
    await open.tx.duties.reported(vacancy, now)
  }
  for (const [id, roles] of rolesFor) await tellDuty(open, { id }, { line: 'vacant', roles })
}

/** The hourly look through posts. */
export function reviewDue(ctx: Ctx, _timer: Pick<Timer, 'key'>): Promise<void> {
  return inTransaction(ctx, async (repos, open) => {
    await reviewVacancies(open)
    await repos.timers.arm({
      key: REVIEW_KEY,
      kind: 'duty.review',
      recordId: 'duty',
      dueAt: ctx.clock.now() + REVIEW_MS,
    })
  })
}

/** Arms the first look through posts; harmless when repeated. */
export async function armReview(open: Open): Promise<void> {
  const armed = await open.tx.timers.byKey(REVIEW_KEY)
  if (armed?.state === 'armed') return
  const dueAt = open.clock.now() + REVIEW_MS
  await open.tx.timers.arm({ key: REVIEW_KEY, kind: 'duty.review', recordId: 'duty', dueAt })
}

/**
 * Posts nobody holds: all of them for the POC adviser and the operations centre, else those the acting person
 * appoints to.
 *
 * @throws TocsinError `not_registered`, `not_allowed` for somebody who appoints to none.
 */
export async function vacantPosts(ctx: Ctx): Promise<VacantPost[]> {
  registeredPerson(ctx)
  const { mission } = ctx
  const held = heldRoles(ctx)
  const all = [mission.operationsCentre, ...(mission.pocAdviser ? [mission.pocAdviser] : [])]
  const seesAll = held.some(role => all.some(one => sameRole(one, role)))
  const posts = postsOf(mission).filter(ref => seesAll || appointsTo(mission, held, ref))
  if (posts.length === 0) throw new TocsinError('not_allowed')
  const repos = ctx.tx ?? ctx.store.read
  const now = ctx.clock.now()
  const known = await repos.duties.vacancies()
  const reader = actorAsReader(ctx)
  const vacant: VacantPost[] = []
  for (const ref of posts) {
    if (!(await vacantAt(repos, ref, now))) continue
    const [first] = await turnsFor(repos, ref, now)
    const since = known.find(row => sameRole(row, ref))?.since ?? now
    const named = first && reader && mayName(ctx, ref, first.person, reader)
    vacant.push({ ref, since, manned: first !== undefined, standIn: named ? first.person : null })
  }
  return vacant
}
