import type { Registration } from '../../db/registrations.ts'
import type { Constituency } from '../../domain/mission.ts'
import { JOINABLE, needsOrganisation } from '../../domain/side.ts'
import { TocsinError } from '../../errors.ts'
import { administrators } from '../administrators.ts'
import { type Ctx, inTransaction, type Open, type Person } from '../context.ts'
import { joiningPerson } from '../permission.ts'
import { optionalText, requiredText, textLimits } from '../text.ts'
import { addCard, factsOf, type RegistrationFacts, record, refreshRequest } from './facts.ts'

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

function joinable(value: string): Constituency {
  const found = JOINABLE.find(id => id === value)
  if (!found) throw new TocsinError('unknown_term', { field: 'constituency', details: { value } })
  return found
}
