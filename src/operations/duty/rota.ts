import type { Standing } from '../../db/duties.ts'
import type { Timer } from '../../db/timers.ts'
import { type Hours, type ShiftPattern, shiftsOf, uncovered } from '../../domain/duty.ts'
import type { RoleRef } from '../../domain/mission.ts'
import { TocsinError } from '../../errors.ts'
import { type Ctx, inTransaction, type Open } from '../context.ts'
import { heldRoles, parseRoleKey, registeredPerson, roleKey, sameRole } from '../permission.ts'
import { dutyChanged } from './handover.ts'
import { appointsTo, maySeat, turnsFor } from './standing.ts'
import { takeable } from './take.ts'
import { recordDuty } from './tell.ts'

const DAY_MS = 24 * 3_600_000
/** A rota is looked at for so long ahead when its gaps are named. */
export const ROTA_AHEAD_MS = 7 * DAY_MS

/** The coming shifts of a role. */
export interface Rota {
  ref: RoleRef
  shifts: Standing[]
  /** Hours of the next seven days that no shift covers; empty where there is no rota at all. */
  gaps: Hours[]
  mayEdit: boolean
}

/**
 * The coming shifts of a role, for those named for it and whoever appoints.
 *
 * @throws TocsinError `not_registered`, `not_named`.
 */
export async function readRota(ctx: Ctx, ref: RoleRef): Promise<Rota> {
  const { own, appointed } = await takeable(ctx)
  if (![...own, ...appointed].some(role => sameRole(role, ref)))
    throw new TocsinError('not_named', { details: { role: roleKey(ref) } })
  const now = ctx.clock.now()
  const shifts = await (ctx.tx ?? ctx.store.read).duties.coming(ref, now)
  return {
    ref,
    shifts,
    gaps: shifts.length === 0 ? [] : uncovered(shifts, now, now + ROTA_AHEAD_MS),
    mayEdit: appointsTo(ctx.mission, heldRoles(ctx), ref),
  }
}

/** What an edit of a rota takes away and adds. */
export interface RotaEdit {
  ref: RoleRef
  /** Ids of shifts to take out. */
  remove: readonly string[]
  add: (ShiftPattern & { person: { teamId: string; userId: string } }) | null
}

/**
 * Takes shifts out of a rota and adds others, by the clock of the mission. For whoever appoints to the role.
 *
 * @throws TocsinError `not_registered`, `not_allowed`, `person_unknown`, `wrong_side`, `shift_invalid`.
 */
export async function editRota(ctx: Ctx, edit: RotaEdit): Promise<Rota> {
  registeredPerson(ctx)
  if (!appointsTo(ctx.mission, heldRoles(ctx), edit.ref)) throw new TocsinError('not_allowed')
  const hours = edit.add ? shiftsOf(edit.add, ctx.mission.zone) : []
  if (hours === null) throw new TocsinError('shift_invalid', { field: 'lastDay' })
  return inTransaction(ctx, async (repos, open) => {
    const { ref } = edit
    const now = ctx.clock.now()
    const [before] = await turnsFor(repos, ref, now)
    const removed = []
    for (const id of edit.remove) {
      const shift = await repos.duties.shift(id)
      if (shift && sameRole(shift, ref) && (await repos.duties.removeShift(id))) removed.push(id)
    }
    const added = edit.add ? await addShifts(open, ref, edit.add.person, hours) : []
    await recordDuty(open, ref, 'duty.rota', { removed, added })
    await armRota(open, ref)
    await dutyChanged(open, ref, before, null)
    return readRota(open, ref)
  })
}

async function addShifts(
  open: Open,
  ref: RoleRef,
  user: { teamId: string; userId: string },
  hours: readonly Hours[],
): Promise<string[]> {
  const person = await open.tx.people.byUser(user.teamId, user.userId)
  if (!person || person.constituency === null) throw new TocsinError('person_unknown', { field: 'person' })
  if (!maySeat(open.mission, ref, person)) throw new TocsinError('wrong_side', { field: 'person' })
  const coming = hours.filter(({ toAt }) => toAt > open.clock.now())
  if (coming.length === 0) throw new TocsinError('shift_invalid', { field: 'lastDay' })
  const ids = []
  for (const { fromAt, toAt } of coming) {
    const id = open.ids.id()
    const enteredBy = open.actor.kind === 'person' ? open.actor.person.id : 'system'
    if (await open.tx.duties.addShift({ id, ...ref, personId: person.id, fromAt, toAt, enteredBy }))
      ids.push(id)
  }
  return ids
}

/** A shift begins or ends: whoever stands the role now is told, and the timer is set to the next change. */
export function rotaTurns(ctx: Ctx, timer: Pick<Timer, 'recordId' | 'dueAt'>): Promise<void> {
  return inTransaction(ctx, async (repos, open) => {
    const ref = parseRoleKey(timer.recordId)
    const [before] = await turnsFor(repos, ref, timer.dueAt - 1)
    const previous = await repos.duties.previous(ref)
    const recent = previous?.until != null && previous.until >= timer.dueAt - DAY_MS ? previous.id : null
    await dutyChanged(open, ref, before, recent)
    await armRota(open, ref)
  })
}

/** Sets the timer of a role's rota to its next change, or clears it. */
export async function armRota(open: Open, ref: RoleRef): Promise<void> {
  const key = `duty.rota:${roleKey(ref)}`
  const dueAt = await open.tx.duties.nextChange(ref, open.clock.now())
  if (dueAt === null) await open.tx.timers.cancel(key)
  else await open.tx.timers.arm({ key, kind: 'duty.rota', recordId: roleKey(ref), dueAt })
}
