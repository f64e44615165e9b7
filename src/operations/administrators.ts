import type { Repos } from '../db/store.ts'
import { findRole, type Mission, type RoleRef, type Side } from '../domain/mission.ts'
import { sideOf } from '../domain/side.ts'
import { TocsinError } from '../errors.ts'
import { peopleIn, unique } from './alert/facts.ts'
import type { Ctx, Person } from './context.ts'
import { actingPerson, heldRoles } from './permission.ts'

/** The posts that administer a side. */
export function administeringRoles(mission: Mission, side: Side): RoleRef[] {
  return mission.roles
    .filter(role => role.administers === side)
    .flatMap(({ id: role, scope }) => {
      const sectors = scope === 'mission' ? [null] : mission.sectors.map(({ id }) => id)
      return sectors.map(sector => ({ role, sector }))
    })
}

/** Everybody who administers a side at `now` (epoch ms): of that side, holders and alternates. */
export async function administrators(
  repos: Repos,
  mission: Mission,
  side: Side,
  now: number,
): Promise<Person[]> {
  const held = await Promise.all(administeringRoles(mission, side).map(ref => peopleIn(repos, ref, now)))
  return unique(held.flat()).filter(person => isOfSide(person, side))
}

/** The side the acting person administers, with the post by which they do; null for everybody else. */
export function administeredSide(ctx: Ctx): { side: Side; by: RoleRef } | null {
  const person = actingPerson(ctx)
  for (const held of heldRoles(ctx)) {
    const side = findRole(ctx.mission, held.role)?.administers
    if (side && isOfSide(person, side)) return { side, by: { role: held.role, sector: held.sector } }
  }
  return null
}

/**
 * The post by which the acting person administers a side.
 *
 * @throws TocsinError `not_registered`, `not_allowed`.
 */
export function requireAdministrator(ctx: Ctx, side: Side | null): RoleRef {
  const administered = administeredSide(ctx)
  if (actingPerson(ctx).constituency === null) throw new TocsinError('not_registered')
  if (!administered || administered.side !== side) throw new TocsinError('not_allowed')
  return administered.by
}

/**
 * The side that answers for a person: their own, else that of what they last asked for; the mission's for somebody
 * who never said.
 */
export async function answeringSide(repos: Repos, person: Person): Promise<Side> {
  const asked = person.constituency ?? (await repos.registrations.lastOf(person.id))?.constituency
  const last = asked ?? (await repos.registrations.lastClosure(person.id))?.constituency
  return (last && sideOf(last)) || 'mission'
}

function isOfSide(person: Person, side: Side): boolean {
  return person.constituency !== null && sideOf(person.constituency) === side
}
