import type { DutyPeriod } from '../../db/duties.ts'
import type { RoleRef } from '../../domain/mission.ts'
import { TocsinError } from '../../errors.ts'
import type { AlertFacts } from '../alert/facts.ts'
import { actorAsReader, mayReadAlert } from '../alert/reading.ts'
import { type Ctx, inTransaction, type Open, type Person } from '../context.ts'
import { heldRoles, registeredPerson, roleKey, sameRole } from '../permission.ts'
import { optionalText, textLimits } from '../text.ts'
import { alertsWaitingFor, dutyChanged } from './handover.ts'
import { appointsTo, maySeat, postsOf, turnsFor } from './standing.ts'
import { recordDuty, tellDuty } from './tell.ts'

/** A duty just taken or handed over. */
export interface Handover {
  ref: RoleRef
  /** Who had it before, and what they left to know. */
  previous: (DutyPeriod & { person: Person }) | null
  /** Alerts that wait for this role. */
  waiting: AlertFacts[]
  /** Who stands the role now; null where nobody does. */
  now: Person | null
}

/** Roles the acting person may take the duty of: where they are named, by the rota, or as whoever appoints. */
export async function takeable(ctx: Ctx): Promise<{ own: RoleRef[]; appointed: RoleRef[] }> {
  const person = registeredPerson(ctx)
  const repos = ctx.tx ?? ctx.store.read
  const held = heldRoles(ctx)
  const shifts = await repos.duties.shiftsOf(person.id, ctx.clock.now())
  const named = [...held, ...shifts]
  const posts = postsOf(ctx.mission)
  const own = posts.filter(post => named.some(role => sameRole(role, post)))
  return {
    own,
    appointed: posts.filter(
      post =>
        !own.includes(post) && appointsTo(ctx.mission, held, post) && maySeat(ctx.mission, post, person),
    ),
  }
}

/** Duties the acting person has taken and not handed over. */
export async function ownDuties(ctx: Ctx): Promise<DutyPeriod[]> {
  return (ctx.tx ?? ctx.store.read).duties.ofPerson(registeredPerson(ctx).id)
}

/**
 * The acting person takes the duty of a role. Whoever had it is told; the note they left and the alerts that wait for
 * the role come back. From the same moment on the person is told first.
 *
 * @throws TocsinError `not_registered`, `not_named` for somebody not named for it, `on_duty_already`.
 */
export async function takeDuty(ctx: Ctx, ref: RoleRef): Promise<Handover> {
  const person = registeredPerson(ctx)
  return inTransaction(ctx, async (repos, open) => {
    const { own, appointed } = await takeable(open)
    if (![...own, ...appointed].some(role => sameRole(role, ref)))
      throw new TocsinError('not_named', { field: 'role', details: { role: roleKey(ref) } })
    const now = ctx.clock.now()
    const current = await repos.duties.current(ref)
    if (current?.personId === person.id)
      throw new TocsinError('on_duty_already', {
        field: 'role',
        details: { role: roleKey(ref), at: current.since },
      })
    const [before] = await turnsFor(repos, ref, now)
    if (current) await repos.duties.end(current.id, now, null)
    const previous = await repos.duties.previous(ref)
    const id = open.ids.id()
    await repos.duties.begin({ id, ...ref, personId: person.id, since: now })
    await recordDuty(open, ref, 'duty.on', { period: id, from: current?.id ?? null })
    if (before && before.person.id !== person.id)
      await tellDuty(open, before.person, { line: 'taken', role: roleKey(ref), by: id })
    const standing = await dutyChanged(open, ref, before, previous?.id ?? null)
    return { ref, previous, waiting: await waiting(open, ref), now: standing }
  })
}

/**
 * The acting person hands a duty over, with a note for the next one: to whose shift it is, else the holder, else an
 * alternate, who is told at once.
 *
 * @throws TocsinError `not_registered`, `not_on_duty`, `text_too_long`.
 */
export async function leaveDuty(ctx: Ctx, input: { ref: RoleRef; note?: string | null }): Promise<Handover> {
  const person = registeredPerson(ctx)
  const note = optionalText(input.note, 'note', textLimits.note)
  return inTransaction(ctx, async (repos, open) => {
    const { ref } = input
    const now = ctx.clock.now()
    const current = await repos.duties.current(ref)
    if (current?.personId !== person.id)
      throw new TocsinError('not_on_duty', { field: 'role', details: { role: roleKey(ref) } })
    const [before] = await turnsFor(repos, ref, now)
    await repos.duties.end(current.id, now, note)
    await recordDuty(open, ref, 'duty.off', { period: current.id }, note ? { note } : undefined)
    const standing = await dutyChanged(open, ref, before, current.id)
    return {
      ref,
      previous: { ...current, until: now, note },
      waiting: await waiting(open, ref),
      now: standing,
    }
  })
}

/**
 * Ends every duty and removes every shift of a person who goes or whose access was closed; whoever stands in is told.
 * For operations that hold the permission already. Returns the roles that changed hands.
 */
export function endDuties(ctx: Ctx, personId: string): Promise<RoleRef[]> {
  return inTransaction(ctx, async (repos, open) => {
    const now = ctx.clock.now()
    const duties = await repos.duties.ofPerson(personId)
    const shifts = await repos.duties.shiftsOf(personId, now)
    const keys = [...new Set([...duties, ...shifts].map(roleKey))]
    const refs = keys.map(key => [...duties, ...shifts].find(row => roleKey(row) === key)!)
    for (const { role, sector } of refs) {
      const ref = { role, sector }
      const [before] = await turnsFor(repos, ref, now)
      const period = duties.find(duty => sameRole(duty, ref))
      if (period) await repos.duties.end(period.id, now, null)
      for (const shift of shifts) if (sameRole(shift, ref)) await repos.duties.removeShift(shift.id)
      await recordDuty(open, ref, 'duty.ended', { person: personId, period: period?.id ?? null })
      await dutyChanged(open, ref, before, period?.id ?? null)
    }
    return refs.map(({ role, sector }) => ({ role, sector }))
  })
}

/** What waits for the role, as far as the acting person may read it. */
async function waiting(open: Open, ref: RoleRef): Promise<AlertFacts[]> {
  const reader = actorAsReader(open)
  const all = await alertsWaitingFor(open.tx, open.mission, open.clock.now(), ref)
  return all.filter(facts => reader !== null && mayReadAlert(open, facts, 'record', reader))
}
