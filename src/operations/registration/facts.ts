import type { Registration } from '../../db/registrations.ts'
import type { RoleRef, Side } from '../../domain/mission.ts'
import { sideOf } from '../../domain/side.ts'
import { administeringRoles, administrators } from '../administrators.ts'
import type { Ctx, Open, Person } from '../context.ts'
import { personTarget } from '../telling.ts'

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

export async function factsOf(ctx: Ctx, registration: Registration): Promise<RegistrationFacts> {
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

export function addCard(open: Open, registrationId: string, personId: string): Promise<void> {
  return open.tx.outbox.add({
    id: open.ids.id(),
    kind: 'card',
    recordId: registrationId,
    target: personTarget(personId),
    data: { record: 'registration' },
    urgent: false,
  })
}

export function record(
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
