import type { HeldRole } from '../../db/roles.ts'
import type { Side } from '../../domain/mission.ts'
import { sideOf } from '../../domain/side.ts'
import { TocsinError } from '../../errors.ts'
import { administeredSide, administrators, requireAdministrator } from '../administrators.ts'
import type { Ctx, Person } from '../context.ts'
import { joiningPerson } from '../permission.ts'
import { factsOf, type RegistrationFacts } from './facts.ts'

/**
 * A request, for the administrators of the side it was put to.
 *
 * @throws TocsinError `not_found` where it does not exist or is not theirs to see: the two are not told apart.
 */
export async function readRegistration(ctx: Ctx, registrationId: string): Promise<RegistrationFacts> {
  const administered = administeredSide(ctx)
  const registration = await (ctx.tx ?? ctx.store.read).registrations.byId(registrationId)
  const facts = registration && (await factsOf(ctx, registration))
  if (!facts || facts.side !== administered?.side) throw new TocsinError('not_found')
  return facts
}

/**
 * Requests put to the side the acting person administers, longest waiting first.
 *
 * @throws TocsinError `not_registered`, `not_allowed`.
 */
export async function waitingRegistrations(ctx: Ctx): Promise<RegistrationFacts[]> {
  const side = administeredSide(ctx)?.side ?? null
  requireAdministrator(ctx, side)
  const rows = await ctx.store.read.registrations.waiting()
  const own = rows.filter(({ registration }) => sideOf(registration.constituency) === side)
  return Promise.all(own.map(({ registration }) => factsOf(ctx, registration)))
}

/** What the bot knows of the acting person. */
export interface Myself {
  person: Person
  roles: HeldRole[]
  /** The side the person administers; null for most. */
  administers: Side | null
  /** What was last asked for, decided or not. */
  last: RegistrationFacts | null
}

/** What the bot knows of the acting person, for themselves alone. Anybody may ask, known to the mission or not. */
export async function myself(ctx: Ctx): Promise<Myself> {
  const { id } = joiningPerson(ctx)
  const { people, roles, registrations } = ctx.store.read
  const person = (await people.byId(id)) as Person
  const last = await registrations.lastOf(id)
  return {
    person,
    roles: await roles.rolesOf(id, ctx.clock.now()),
    administers: person.closedAt === null ? (administeredSide(ctx)?.side ?? null) : null,
    last: last && (await factsOf(ctx, last)),
  }
}

/** A request with what surrounds it; for whoever renders it, after asking {@link mayReadRegistration}. */
export async function registrationFacts(ctx: Ctx, registrationId: string): Promise<RegistrationFacts | null> {
  const registration = await (ctx.tx ?? ctx.store.read).registrations.byId(registrationId)
  return registration && factsOf(ctx, registration)
}

/** Whether this person administers, at this moment, the side the request was put to. */
export async function mayReadRegistration(
  ctx: Ctx,
  facts: RegistrationFacts,
  personId: string,
): Promise<boolean> {
  const repos = ctx.tx ?? ctx.store.read
  const people = await administrators(repos, ctx.mission, facts.side, ctx.clock.now())
  return people.some(({ id }) => id === personId)
}
