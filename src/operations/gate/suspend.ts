import type { Suspension } from '../../db/gates.ts'
import { WINDOW_DAYS } from '../../domain/gate.ts'
import { findRole } from '../../domain/mission.ts'
import { TocsinError } from '../../errors.ts'
import { freeCode } from '../code.ts'
import { type Ctx, inTransaction, type Person } from '../context.ts'
import { heldRoles, registeredPerson, roleKey } from '../permission.ts'
import { cardAt, note, personTarget, refreshCardsOf } from '../telling.ts'
import { requiredText } from '../text.ts'
import { callersFirst, refuseGroups } from './ask.ts'
import { comingDay } from './days.ts'
import { templateOf } from './facts.ts'
import { syncSuspensionReminders } from './reminders.ts'

export const suspensionLimits = { what: 500 } as const

export interface SuspendInput {
  gateId: string
  /** What is suspended; never with whom. */
  what: string
  /** The day on which it begins again, `YYYY-MM-DD`. */
  restartDay?: string | null
  requestKey?: string | null
}

/**
 * A section that was asked to call first suspends some of its work there, until a day on which it is asked whether it
 * began again. Which group it deals with is never said.
 *
 * @throws TocsinError `not_registered`, `not_found` for whoever was not asked and for an exercise, `text_missing`, `text_too_long`,
 *   `names_group`, `day_past`, `time_too_far`.
 */
export async function suspend(ctx: Ctx, input: SuspendInput): Promise<Suspension> {
  const person = registeredPerson(ctx)
  return inTransaction(ctx, async (repos, open) => {
    const earlier = input.requestKey ? await repos.suspensions.byRequestKey(input.requestKey) : null
    if (earlier) return earlier
    const gate = await repos.gates.byId(input.gateId)
    const template = gate && templateOf(ctx.mission, gate.template)
    const asked = gate && (await callersFirst(open, gate, template)).some(({ id }) => id === person.id)
    if (!gate || !asked || gate.exercise || gate.district === null) throw new TocsinError('not_found')
    const what = requiredText(input.what, 'what', suspensionLimits.what)
    refuseGroups(ctx, what, 'what')
    const restartDay = comingDay(ctx, input.restartDay, 'restartDay', { days: WINDOW_DAYS * 3 })
    const as = heldRoles(ctx).find(({ role }) => template?.tells.includes(role))
    const row: Suspension = {
      id: ctx.ids.id(),
      code: await freeCode(open.ids, 'S', code => repos.suspensions.byCode(code)),
      holder: person.constituency ?? 'mission_civilian',
      gateId: gate.id,
      district: gate.district,
      sector: gate.sector,
      by: person.id,
      as: as ? roleKey(as) : null,
      at: ctx.clock.now(),
      what,
      restartDay,
      restartedAt: null,
      requestKey: input.requestKey ?? null,
    }
    await repos.suspensions.insert(row)
    await note(open, of(row), 'suspension.begun', { code: row.code, role: row.as, sector: row.sector })
    await cardAt(open, of(row), personTarget(person.id))
    await syncSuspensionReminders(open, row)
    return row
  })
}

/** It began again. @throws TocsinError `not_registered`, `not_found` for anybody else, `already_done`. */
export async function restartSuspended(ctx: Ctx, input: { suspensionId: string }): Promise<Suspension> {
  const person = registeredPerson(ctx)
  return inTransaction(ctx, async (repos, open) => {
    const row = await repos.suspensions.byId(input.suspensionId)
    if (!row || !answersFor(ctx, row, person)) throw new TocsinError('not_found')
    const at = ctx.clock.now()
    if (!(await repos.suspensions.restart(row.id, at))) throw new TocsinError('already_done')
    await syncSuspensionReminders(open, { ...row, restartedAt: at })
    await note(open, of(row), 'suspension.ended', { code: row.code })
    await refreshCardsOf(open, of(row))
    return { ...row, restartedAt: at }
  })
}

/**
 * What is suspended now: all of it for those in command, who must see its end; for a section its own. Next restart
 * first.
 *
 * @throws TocsinError `not_registered`.
 */
export async function suspended(ctx: Ctx): Promise<Suspension[]> {
  const person = registeredPerson(ctx)
  const all = await ctx.store.read.suspensions.open()
  return all.filter(row =>
    mayReadSuspension(
      ctx,
      row,
      person,
      heldRoles(ctx).map(({ role }) => role),
    ),
  )
}

/** Whether a suspension is shown to this person. @param reader their roles. */
export function mayReadSuspension(
  { mission }: Pick<Ctx, 'mission'>,
  row: Suspension,
  person: Person,
  reader: readonly string[],
): boolean {
  if (person.closedAt !== null) return false
  if (row.by === person.id) return true
  return !person.national && reader.some(role => mission.layers.command.includes(role))
}

function answersFor(ctx: Ctx, row: Suspension, person: Person): boolean {
  if (row.by === person.id) return true
  const role = row.as?.split('@')[0]
  return (
    role !== undefined &&
    findRole(ctx.mission, role) !== undefined &&
    heldRoles(ctx).some(held => roleKey(held) === row.as)
  )
}

const of = ({ id }: Pick<Suspension, 'id'>) => ({ kind: 'suspension', id })
