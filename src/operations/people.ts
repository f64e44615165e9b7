import type { Repos } from '../db/store.ts'
import { findRole, type RoleRef } from '../domain/mission.ts'
import { TocsinError } from '../errors.ts'
import { passDutiesOn } from './alert/climb.ts'
import type { Open, Person } from './context.ts'
import { reviewVacancies } from './duty/vacancy.ts'
import { roleKey, sameRole } from './permission.ts'

/** Somebody named in Slack: their workspace where it is known. */
export interface Named {
  userId: string
  teamId?: string
}

/**
 * The person behind a Slack user somebody named. A mention says no workspace: the namer's own is looked in first.
 *
 * @throws TocsinError `person_unknown`.
 */
export async function namedPerson(
  repos: Repos,
  { userId, teamId }: Named,
  by: Person,
  field = 'person',
): Promise<Person> {
  const own = await repos.people.byUser(teamId ?? by.teamId, userId)
  const found = own ?? (teamId === undefined ? (await repos.people.ofUser(userId))[0] : null)
  if (!found) throw new TocsinError('person_unknown', { field })
  return found
}

/** Ends what people hold of these roles, or all of it: as holder, alternate, on duty and by the rota. */
export async function endRoles(
  open: Open,
  personId: string,
  which: (ref: RoleRef) => boolean = () => true,
): Promise<{ ended: string[]; rank: number }> {
  const { duties } = open.tx
  const now = open.clock.now()
  const held = await endHoldings(open, personId, which)
  const periods = (await duties.ofPerson(personId)).filter(which)
  for (const period of periods) await duties.end(period.id, now, null)
  const shifts = (await duties.shiftsOf(personId, now)).filter(which)
  for (const shift of shifts) await duties.removeShift(shift.id)
  return {
    ended: [...new Set([...held, ...periods, ...shifts].map(roleKey))],
    rank: Math.min(...held.map(row => row.rank), Number.POSITIVE_INFINITY),
  }
}

async function endHoldings(open: Open, personId: string, which: (ref: RoleRef) => boolean) {
  const { roles } = open.tx
  const now = open.clock.now()
  const held = (await roles.all()).filter(
    row => row.personId === personId && which(row) && (row.until === null || row.until > now),
  )
  for (const row of held) {
    // What begins at this very moment, or later, was never held: its row would only stand in the next one's way.
    if (row.since >= now) await roles.remove(row.id)
    else await roles.end(row.id, now)
  }
  return held
}

/**
 * A role goes from one person to another, who takes the same place in it and the shifts that are left. Alerts that
 * waited for the first are put to the second at once.
 */
export async function passRole(open: Open, ref: RoleRef, from: Person, to: Person): Promise<void> {
  const { roles, duties } = open.tx
  const now = open.clock.now()
  const same = (other: RoleRef) => sameRole(other, ref)
  await passDutiesOn(open, [from.id], async () => {
    const shifts = (await duties.shiftsOf(from.id, now)).filter(same)
    const own = await endHoldings(open, to.id, same)
    const { rank } = await endRoles(open, from.id, same)
    const place = Math.min(rank, ...own.map(row => row.rank))
    if (Number.isFinite(place)) {
      await roles.insert({ id: open.ids.id(), ...ref, personId: to.id, rank: place, since: now })
    }
    for (const shift of shifts) {
      await duties.addShift({
        ...shift,
        id: open.ids.id(),
        personId: to.id,
        fromAt: Math.max(shift.fromAt, now),
      })
    }
  })
  await reviewVacancies(open)
}

/** Whether somebody of this constituency may hold the role: it belongs to that constituency, or is gone. */
export function mayHold(open: Pick<Open, 'mission'>, ref: RoleRef, person: Person): boolean {
  const belongsTo = findRole(open.mission, ref.role)?.constituency
  return person.constituency !== null && (belongsTo === undefined || belongsTo === person.constituency)
}
