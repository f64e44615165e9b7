import type { Closure } from '../db/registrations.ts'
import type { Base, Mission } from '../domain/mission.ts'
import { fold } from '../domain/text-fold.ts'
import { TocsinError } from '../errors.ts'
import { administeredSide, administrators, answeringSide, requireAdministrator } from './administrators.ts'
import { passDutiesOn } from './alert/climb.ts'
import { recheckChannelsOf } from './channel/recheck.ts'
import { withdrawPostings } from './channel/removal.ts'
import { readableBy } from './compromised/readable.ts'
import { type Ctx, inTransaction, type Open, type Person } from './context.ts'
import { reviewVacancies } from './duty/vacancy.ts'
import { lapseHandovers } from './handover.ts'
import { endRoles, type Named, namedPerson } from './people.ts'
import { actingPerson, roleKey } from './permission.ts'
import { refreshRequest } from './registration.ts'
import { forgetPhone } from './sms/phone.ts'
import { passSubscriptions } from './subscription.ts'
import { personTarget } from './telling.ts'
import { optionalText, textLimits } from './text.ts'

/** What closing somebody's access came to. */
export interface Closed {
  person: Person
  closure: Closure
}

/**
 * The people of a base that is lost, as far as the acting person administers their side: those who said they are there.
 *
 * @throws TocsinError `not_registered`, `not_allowed`.
 */
export async function peopleAt(ctx: Ctx, base: Base): Promise<Person[]> {
  const side = administeredSide(ctx)?.side ?? null
  requireAdministrator(ctx, side)
  const repos = ctx.tx ?? ctx.store.read
  const there = (await repos.people.all()).filter(
    person => person.closedAt === null && person.constituency !== null && isAt(base, person),
  )
  const sides = await Promise.all(there.map(person => answeringSide(repos, person)))
  return there.filter((_, index) => sides[index] === side)
}

/** The base a person's words name, such as `karamba`, "Karamba" or "Karamba base". */
export function baseNamed(mission: Mission, words: string): Base | null {
  const said = fold(words)
  return (
    mission.bases.find(({ id, name }) => fold(id) === said || fold(name) === said) ??
    mission.bases.find(({ name }) => said !== '' && fold(name).startsWith(`${said} `)) ??
    null
  )
}

/**
 * Closes the access of people whose phone was seized or whose base was lost, in one step: nothing may be done from
 * their account but asking to join anew, their posts and what waits in them pass to the next, nobody may contact the
 * sources they know, what the bot wrote to them is deleted from Slack, and what they could read is listed. For an administrator of their own side.
 *
 * @throws TocsinError `not_registered`, `not_allowed` where one of them is of the other side, `person_unknown`,
 *   `text_too_long`, `own_request` for the acting person themselves,
 *   `already_done` where all of them are closed.
 */
export async function closeAccess(
  ctx: Ctx,
  input: { people: Named[]; base?: string | null; note?: string | null },
): Promise<Closed[]> {
  const by = actingPerson(ctx)
  requireAdministrator(ctx, administeredSide(ctx)?.side ?? null)
  const note = optionalText(input.note, 'note', textLimits.note)
  if (input.people.length === 0) throw new TocsinError('person_unknown', { field: 'people' })
  return inTransaction(ctx, async (repos, open) => {
    const named: Person[] = []
    for (const each of input.people) named.push(await namedPerson(repos, each, by, 'people'))
    for (const person of named) {
      if (person.id === by.id) throw new TocsinError('own_request', { field: 'people' })
      requireAdministrator(open, await answeringSide(repos, person))
    }
    const people = named.filter(({ closedAt }) => closedAt === null)
    if (people.length === 0) throw new TocsinError('already_done')
    const closures: Closed[] = []
    const readable = await readableBy(open, people)
    await passDutiesOn(
      open,
      people.map(({ id }) => id),
      async () => {
        for (const person of people) {
          const closure = await close(
            open,
            person,
            by,
            readable.get(person.id) ?? {},
            input.base ?? null,
            note,
          )
          closures.push({ person, closure })
        }
      },
    )
    await reviewVacancies(open)
    await recheckChannelsOf(open, people)
    await tellOthers(open, by, closures)
    return closures
  })
}

async function close(
  open: Open,
  person: Person,
  by: Person,
  readable: Record<string, string[]>,
  base: string | null,
  note: string | null,
): Promise<Closure> {
  const { tx: repos, ids } = open
  const now = open.clock.now()
  const held = await repos.roles.rolesOf(person.id, now)
  const channels = await repos.channels.ofMember(person)
  await endRoles(open, person.id)
  await forgetPhone(open, person.id)
  await passSubscriptions(open, person.id, null)
  await repos.people.update(person.id, { constituency: null, closedAt: now })
  const request = await repos.registrations.waitingOf(person.id)
  await repos.registrations.supersede(person.id, now)
  if (request) await refreshRequest(open, request)
  await lapseHandovers(open, person)
  await withdrawPostings(open, await repos.postings.standingAt(personTarget(person.id)))
  const closure: Closure = {
    id: ids.id(),
    personId: person.id,
    at: now,
    closedBy: by.id,
    base,
    constituency: person.constituency,
    roles: held.map(roleKey),
    readable,
    channels,
    sources: await repos.sources.markDoNotContact(person.id, now),
  }
  await repos.registrations.addClosure(closure)
  await repos.events.append({
    at: now,
    recordedAt: now,
    actor: by.id,
    kind: 'person.access_closed',
    recordKind: 'person',
    recordId: person.id,
    data: {
      closure: closure.id,
      base,
      roles: closure.roles,
      channels,
      sources: closure.sources,
      readable: Object.fromEntries(Object.entries(readable).map(([kind, codes]) => [kind, codes.length])),
    },
    ...(note === null ? {} : { words: { note } }),
  })
  return closure
}

/** The other administrators of the side hear of it at once: it is theirs to see to the channels too. */
async function tellOthers(open: Open, by: Person, closed: readonly Closed[]): Promise<void> {
  const side = administeredSide(open)?.side
  if (!side) return
  for (const { id } of await administrators(open.tx, open.mission, side, open.clock.now())) {
    if (id === by.id) continue
    for (const { closure } of closed) {
      await open.tx.outbox.add({
        id: open.ids.id(),
        kind: 'compromised.closed',
        recordId: closure.personId,
        target: personTarget(id),
        data: { closure: closure.id },
        urgent: true,
      })
    }
  }
}

/** Whether what a person said of where they are names the base: by its name, or the first words of it. */
function isAt({ name }: Base, { location }: Person): boolean {
  if (!location) return false
  const said = fold(location)
  return fold(name) === said || fold(name).startsWith(`${said} `)
}
