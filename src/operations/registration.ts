import type { Registration } from '../db/registrations.ts'
import type { HeldRole } from '../db/roles.ts'
import { type Constituency, findRole, type RoleRef, type Side } from '../domain/mission.ts'
import { JOINABLE, needsOrganisation, sideOf } from '../domain/side.ts'
import { TocsinError } from '../errors.ts'
import {
  administeredSide,
  administeringRoles,
  administrators,
  requireAdministrator,
} from './administrators.ts'
import { passDutiesOn } from './alert/climb.ts'
import { type Ctx, inTransaction, type Open, type Person } from './context.ts'
import { endRoles } from './people.ts'
import { actingPerson, joiningPerson, roleKey } from './permission.ts'
import { personTarget } from './telling.ts'
import { optionalText, requiredText, textLimits } from './text.ts'

/** A request with who asks and who may decide. */
export interface RegistrationFacts {
  registration: Registration
  person: Person
  side: Side
  /** The posts that decide, and whether somebody holds one of them. */
  deciders: RoleRef[]
  held: boolean
  /** When this person's access was last closed (epoch ms): whoever confirms must be sure who asks. */
  closedAt: number | null
}

export interface JoinInput {
  constituency: string
  organisation?: string | null
  section?: string | null
  /** A base of the mission file, or words. */
  location: { base?: string | null; said?: string | null }
  /** Null: not said. */
  national?: boolean | null
}

/**
 * Asks the own side to be confirmed as belonging to a part of the mission or to an organisation, or for a change of
 * what is known. Anybody may, and may ask anew: the earlier request then no longer waits. Until it is
 * decided nothing changes.
 *
 * @throws TocsinError `unknown_term` (the host State's people do not join), `text_missing`, `text_too_long`.
 */
export async function askToJoin(ctx: Ctx, input: JoinInput): Promise<RegistrationFacts> {
  const person = joiningPerson(ctx)
  const constituency = joinable(input.constituency)
  const organisation = needsOrganisation(constituency)
    ? requiredText(input.organisation, 'organisation', textLimits.place)
    : null
  const section = optionalText(input.section, 'section', textLimits.place)
  const base = input.location.base
    ? (ctx.mission.bases.find(({ id }) => id === input.location.base) ?? null)
    : null
  const location = base?.name ?? requiredText(input.location.said, 'location', textLimits.place)
  return inTransaction(ctx, (_, open) =>
    putRequest(open, person, {
      constituency,
      organisation,
      reference: null,
      section,
      base: base?.id ?? null,
      location,
      national: input.national ?? null,
    }),
  )
}

/** Puts a request to the administrators of the side it names, in the place of one that waits. */
export async function putRequest(
  open: Open,
  person: Person,
  asked: Pick<
    Registration,
    'constituency' | 'organisation' | 'reference' | 'section' | 'base' | 'location' | 'national'
  >,
): Promise<RegistrationFacts> {
  const { registrations } = open.tx
  const now = open.clock.now()
  const earlier = await registrations.waitingOf(person.id)
  await registrations.supersede(person.id, now)
  if (earlier) await refreshRequest(open, earlier)
  const registration: Registration = {
    id: open.ids.id(),
    personId: person.id,
    ...asked,
    askedAt: now,
    state: 'waiting',
    decidedAt: null,
    decidedBy: null,
    reason: null,
  }
  await registrations.insert(registration)
  await record(open, 'person.asked', registration, {})
  const facts = await factsOf(open, registration)
  for (const decider of await administrators(open.tx, open.mission, facts.side, now)) {
    if (decider.id !== person.id) await addCard(open, registration.id, decider.id)
  }
  return facts
}

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

async function decide(
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
async function decidedBy(
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

async function factsOf(ctx: Ctx, registration: Registration): Promise<RegistrationFacts> {
  const repos = ctx.tx ?? ctx.store.read
  const side = sideOf(registration.constituency)
  const person = await repos.people.byId(registration.personId)
  if (!person || !side) throw new Error(`the request ${registration.id} is nobody's`)
  const people = await administrators(repos, ctx.mission, side, ctx.clock.now())
  const closure = await repos.registrations.lastClosure(person.id)
  return {
    registration,
    person,
    side,
    deciders: administeringRoles(ctx.mission, side),
    held: people.some(({ id }) => id !== person.id),
    closedAt: closure?.at ?? null,
  }
}

/** Brings the cards of a request up to date, wherever they stand. */
export async function refreshRequest(open: Open, registration: Pick<Registration, 'id'>): Promise<void> {
  for (const { target } of await open.tx.cards.ofRecord(registration.id)) {
    await addCard(open, registration.id, target.slice('person:'.length))
  }
}

function addCard(open: Open, registrationId: string, personId: string): Promise<void> {
  return open.tx.outbox.add({
    id: open.ids.id(),
    kind: 'card',
    recordId: registrationId,
    target: personTarget(personId),
    data: { record: 'registration' },
    urgent: false,
  })
}

function record(
  open: Open,
  kind: string,
  registration: Registration,
  words: Record<string, unknown>,
): Promise<unknown> {
  const now = open.clock.now()
  return open.tx.events.append({
    at: now,
    recordedAt: now,
    actor: registration.decidedBy ?? registration.personId,
    kind,
    recordKind: 'person',
    recordId: registration.personId,
    data: { registration: registration.id, constituency: registration.constituency },
    ...(Object.keys(words).length > 0 ? { words } : {}),
  })
}

function joinable(value: string): Constituency {
  const found = JOINABLE.find(id => id === value)
  if (!found) throw new TocsinError('unknown_term', { field: 'constituency', details: { value } })
  return found
}
