import type { Notice } from '../db/notices.ts'
import type { Timer } from '../db/timers.ts'
import { districtsOf } from '../domain/district.ts'
import type { Mission, RoleRef } from '../domain/mission.ts'
import { NOTICE_KINDS } from '../domain/notice.ts'
import { saysPositionOrHour } from '../domain/tempting.ts'
import { TocsinError } from '../errors.ts'
import { peopleIn, unique } from './alert/facts.ts'
import { freeCode } from './code.ts'
import { type Ctx, inTransaction, type Open, type Person } from './context.ts'
import { comingDay, endOfDay } from './gate/days.ts'
import { heldRoles, registeredPerson, roleKey } from './permission.ts'
import { isReleasingOfficer, releasingPost } from './release/facts.ts'
import { cardAt, note, personTarget, refreshCardsOf } from './telling.ts'
import { requiredText } from './text.ts'

export const noticeLimits = { reference: 40, days: 90 } as const

export interface NotifyInput {
  /** OCHA's own reference: no place, route or hour. */
  reference: string
  kind: string
  district?: string | null
  /** `YYYY-MM-DD`. */
  fromDay?: string | null
  toDay?: string | null
  requestKey?: string | null
}

/** A notification as one person may see it: all of it, or only that something is notified there. */
export interface SeenNotice {
  notice: Notice
  full: boolean
}

/**
 * Puts on record that something humanitarian is notified in a district: by OCHA alone, with its reference and its
 * validity, never a position or a route (R-097, A7). Operations there read the reference and nothing more.
 *
 * @throws TocsinError `not_registered`, `not_decider` (details: role), `text_missing`, `text_too_long`,
 *   `by_secure_means`, `unknown_term`, `place_missing`, `day_past`, `time_too_far`.
 */
export async function notify(ctx: Ctx, input: NotifyInput): Promise<Notice> {
  const person = registeredPerson(ctx)
  requireOcha(ctx)
  const reference = requiredText(input.reference, 'reference', noticeLimits.reference)
  if (saysPositionOrHour(reference)) throw new TocsinError('by_secure_means', { field: 'reference' })
  const kind = NOTICE_KINDS.find(known => known === input.kind)
  if (!kind) throw new TocsinError('unknown_term', { field: 'kind', details: { value: input.kind } })
  const district = districtsOf(ctx.mission.gazetteer).find(({ name }) => name === input.district)
  if (!district) throw new TocsinError('place_missing', { field: 'district' })
  const fromDay = comingDay(ctx, input.fromDay, 'fromDay')
  const toDay = comingDay(ctx, input.toDay, 'toDay', { from: fromDay, days: noticeLimits.days })
  return inTransaction(ctx, async (repos, open) => {
    const earlier = input.requestKey ? await repos.notices.byRequestKey(input.requestKey) : null
    if (earlier) return earlier
    const notice: Notice = {
      id: ctx.ids.id(),
      code: await freeCode(open.ids, 'N', code => repos.notices.byCode(code)),
      holder: person.constituency ?? 'un_agency',
      reference,
      kind,
      district: district.name,
      sector: district.sector,
      fromDay,
      toDay,
      expiresAt: endOfDay(ctx, toDay),
      by: person.id,
      at: ctx.clock.now(),
      endedAt: null,
      requestKey: input.requestKey ?? null,
    }
    await repos.notices.insert(notice)
    await note(open, of(notice), 'notice.given', { code: notice.code, sector: notice.sector })
    const told = unique([person, ...(await operationsIn(open, notice))])
    for (const { id } of told) await cardAt(open, of(notice), personTarget(id))
    await repos.timers.arm({
      key: `notice:${notice.id}`,
      kind: 'notice.expiry',
      recordId: notice.id,
      dueAt: notice.expiresAt,
    })
    return notice
  })
}

/** It is over, or was a mistake. @throws TocsinError `not_registered`, `not_decider`, `not_found`, `already_done`. */
export async function endNotice(ctx: Ctx, input: { noticeId: string }): Promise<Notice> {
  registeredPerson(ctx)
  requireOcha(ctx)
  return inTransaction(ctx, async (repos, open) => {
    const notice = await repos.notices.byId(input.noticeId)
    if (!notice) throw new TocsinError('not_found')
    const at = ctx.clock.now()
    if (!(await repos.notices.end(notice.id, at))) throw new TocsinError('already_done')
    await repos.timers.cancel(`notice:${notice.id}`)
    await note(open, of(notice), 'notice.ended', { code: notice.code })
    await refreshCardsOf(open, of(notice))
    return { ...notice, endedAt: at }
  })
}

/** Its last day has passed. */
export function expireNotice(ctx: Ctx, timer: Pick<Timer, 'recordId'>): Promise<void> {
  return inTransaction(ctx, async (repos, open) => {
    const notice = await repos.notices.byId(timer.recordId)
    if (!notice || !(await repos.notices.end(notice.id, ctx.clock.now()))) return
    await note(open, of(notice), 'notice.expired', { code: notice.code })
    await refreshCardsOf(open, of(notice))
  })
}

/** What is notified now, as far as this person may see it. @throws TocsinError `not_registered`. */
export async function notices(ctx: Ctx): Promise<SeenNotice[]> {
  const person = registeredPerson(ctx)
  const seen: SeenNotice[] = []
  for (const notice of await ctx.store.read.notices.open()) {
    const full = await readsNotice(ctx, notice, person)
    if (full !== null) seen.push({ notice, full: full === 'all' })
  }
  return seen
}

/** How much of a notification a person reads: all of it, its reference, or nothing (null). */
export async function readsNotice(
  ctx: Ctx,
  notice: Notice,
  person: Person,
): Promise<'all' | 'reference' | null> {
  if (person.closedAt !== null) return null
  const repos = ctx.tx ?? ctx.store.read
  const roles = await repos.roles.rolesOf(person.id, ctx.clock.now())
  const ocha = roles.some(({ role }) => role === ctx.mission.releasing.humanitarian)
  if (notice.by === person.id || ocha) return 'all'
  return (await operationsIn(ctx, notice)).some(({ id }) => id === person.id) ? 'reference' : null
}

/** Those who plan operations where it is. */
async function operationsIn(ctx: Ctx, { sector }: Notice): Promise<Person[]> {
  const repos = ctx.tx ?? ctx.store.read
  const people: Person[] = []
  for (const post of planningPosts(ctx.mission, sector))
    people.push(...(await peopleIn(repos, post, ctx.clock.now())))
  return unique(people).filter(({ closedAt }) => closedAt === null)
}

/** The roles of the command layer held in a sector, in each where it is null: they read that something is notified there. */
export function planningPosts({ roles, layers, sectors }: Mission, sector: string | null): RoleRef[] {
  const planning = roles.filter(({ id, scope }) => scope === 'sector' && layers.command.includes(id))
  const where = sector === null ? sectors.map(({ id }) => id) : [sector]
  return planning.flatMap(({ id: role }) => where.map(of => ({ role, sector: of })))
}

function requireOcha(ctx: Ctx): void {
  if (isReleasingOfficer(ctx, 'humanitarian')) return
  throw new TocsinError('not_decider', {
    details: { role: roleKey(releasingPost(ctx.mission, 'humanitarian')) },
  })
}

/** Whether the acting person may notify. */
export const mayNotify = (ctx: Open | Ctx): boolean =>
  heldRoles(ctx).length > 0 && isReleasingOfficer(ctx, 'humanitarian')

const of = ({ id }: Pick<Notice, 'id'>) => ({ kind: 'notice', id })
