import type { RoleRef } from '../domain/mission.ts'
import { TocsinError } from '../errors.ts'
import type { Ctx, Person } from './context.ts'

/**
 * The person who acts.
 *
 * @throws TocsinError `not_allowed` when it is the bot itself, `access_closed` for somebody whose access was closed.
 */
export function actingPerson(ctx: Ctx): Person {
  const person = joiningPerson(ctx)
  if (person.closedAt !== null) throw new TocsinError('access_closed')
  return person
}

/**
 * The person who acts, even where their access was closed: they may ask to join anew, and nothing else.
 *
 * @throws TocsinError `not_allowed` when it is the bot itself.
 */
export function joiningPerson(ctx: Ctx): Person {
  if (ctx.actor.kind !== 'person') throw new TocsinError('not_allowed')
  return ctx.actor.person
}

/**
 * The person who acts, known to the mission by constituency.
 *
 * @throws TocsinError `not_registered` for somebody whose side has not confirmed them yet.
 */
export function registeredPerson(ctx: Ctx): Person {
  const person = actingPerson(ctx)
  if (person.constituency === null) throw new TocsinError('not_registered')
  return person
}

/** Roles the acting person holds now; none for the bot itself. */
export function heldRoles(ctx: Ctx): readonly RoleRef[] {
  return ctx.actor.kind === 'person' ? ctx.actor.roles : []
}

export function sameRole(a: RoleRef, b: RoleRef): boolean {
  return a.role === b.role && a.sector === b.sector
}

/** `role` or `role@sector`, as stored with an act. */
export function roleKey(ref: RoleRef): string {
  return ref.sector === null ? ref.role : `${ref.role}@${ref.sector}`
}

/** The reverse of {@link roleKey}. */
export function parseRoleKey(key: string): RoleRef {
  const [role = key, sector] = key.split('@')
  return { role, sector: sector ?? null }
}
