import type { Registration } from '../../db/registrations.ts'
import { findRole } from '../../domain/mission.ts'
import { TocsinError } from '../../errors.ts'
import { requireAdministrator } from '../administrators.ts'
import { passDutiesOn } from '../alert/climb.ts'
import { type Ctx, inTransaction, type Open, type Person } from '../context.ts'
import { endRoles } from '../people.ts'
import { actingPerson, roleKey } from '../permission.ts'
import { personTarget } from '../telling.ts'
import { requiredText, textLimits } from '../text.ts'
import { type RegistrationFacts, record, refreshRequest } from './facts.ts'
import { readRegistration } from './read.ts'

/**
 * An administrator of the side asked confirms who somebody is. What was asked for holds from now on; access that was
 * closed is open again. Posts of another part of the mission end.
 *
 * @throws TocsinError `not_found` for everybody but that side's administrators, `own_request`, `already_done` (by
 *   whom, when), `stale` where the person has asked anew.
 */
export function confirmRegistration(ctx: Ctx, input: { registrationId: string }): Promise<RegistrationFacts> {
  return decide(ctx, input.registrationId, 'confirmed', null)
}

/** An administrator of the side asked says no, and why. @throws as {@link confirmRegistration}, `text_missing`. */
export async function refuseRegistration(
  ctx: Ctx,
  input: { registrationId: string; reason: string },
): Promise<RegistrationFacts> {
  actingPerson(ctx)
  const reason = requiredText(input.reason, 'reason', textLimits.how)
  return decide(ctx, input.registrationId, 'refused', reason)
}

export async function decide(
  ctx: Ctx,
  registrationId: string,
  state: 'confirmed' | 'refused',
  reason: string | null,
): Promise<RegistrationFacts> {
  const decider = actingPerson(ctx)
  return inTransaction(ctx, async (repos, open) => {
    const before = await readRegistration(open, registrationId)
    const { registration, person } = before
    requireAdministrator(open, before.side)
    if (person.id === decider.id) throw new TocsinError('own_request')
    if (registration.state === 'superseded') throw new TocsinError('stale')
    const now = ctx.clock.now()
    if (!(await repos.registrations.decide(registration.id, { state, at: now, by: decider.id, reason }))) {
      throw new TocsinError('already_done', { details: await decidedBy(open, before) })
    }
    if (state === 'confirmed') await confirm(open, person, registration)
    const decided = { ...registration, state, decidedAt: now, decidedBy: decider.id, reason }
    await record(open, `person.${state}`, decided, reason === null ? {} : { reason })
    await refreshRequest(open, decided)
    await repos.outbox.add({
      id: ctx.ids.id(),
      kind: 'registration.decided',
      recordId: registration.id,
      target: personTarget(person.id),
      data: {},
      urgent: false,
    })
    return { ...before, registration: decided }
  })
}

/** By which post and when a request was decided. */
export async function decidedBy(
  open: Open,
  { registration, deciders, side }: RegistrationFacts,
): Promise<{ role: string; at: number }> {
  const at = registration.decidedAt ?? open.clock.now()
  const held = registration.decidedBy ? await open.tx.roles.rolesOf(registration.decidedBy, at) : []
  const by = held.find(({ role }) => findRole(open.mission, role)?.administers === side) ?? deciders[0]
  return { role: by ? roleKey(by) : '', at }
}

async function confirm(open: Open, person: Person, asked: Registration): Promise<void> {
  if (person.reference !== null && asked.reference === null) open.partners.forget(person.reference)
  const { constituency, organisation, reference, section, location } = asked
  await passDutiesOn(open, [person.id], async () => {
    await open.tx.people.update(person.id, {
      constituency,
      organisation,
      reference,
      section,
      location,
      // National staff are at risk when named: whoever has not said is taken to be.
      national: asked.national ?? true,
      closedAt: null,
    })
    if (person.constituency === null || person.constituency === constituency) return
    await endRoles(open, person.id, ref => {
      const role = findRole(open.mission, ref.role)
      return role !== undefined && role.constituency !== constituency
    })
  })
}
