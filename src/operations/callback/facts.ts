import type { Callback, CallbackTold } from '../../db/callbacks.ts'
import type { Contact } from '../../db/contacts.ts'
import type { Source } from '../../db/sources.ts'
import type { Repos } from '../../db/store.ts'
import type { Verdict } from '../../domain/callback.ts'
import { findRole, type Mission, type RoleRef, roleRef } from '../../domain/mission.ts'
import { TocsinError } from '../../errors.ts'
import { peopleIn } from '../alert/facts.ts'
import type { Ctx, Person } from '../context.ts'
import { registeredPerson } from '../permission.ts'

/** A call back with what surrounds it. Neither number nor words: those are opened by `showCallback` alone. */
export interface CallbackFacts {
  callback: Callback
  contact: Contact | null
  /** Whose number it is; `unknown` for a withheld one. */
  verdict: Verdict
  /** The source the number belongs to. */
  source: Source | null
  /** The ladder in the base's sector, lowest first, and who stands each rung now. */
  rungs: { ref: RoleRef; people: Person[] }[]
  told: CallbackTold[]
  /** people.id of those who may open it and decide: told, or standing a rung it has reached. */
  handlers: string[]
  /** The code of the alert it became. */
  alertCode: string | null
}

/** The roles told of a call back of this sector, lowest first; what is held in a sector is left out where there is none. */
export function callbackLadder(mission: Mission, sector: string | null): RoleRef[] {
  return mission.intake.ladder
    .map(role => roleRef(mission, role, sector))
    .filter(ref => ref.sector !== null || findRole(mission, ref.role)?.scope === 'mission')
}

export async function callbackFacts(ctx: Ctx, repos: Repos, callback: Callback): Promise<CallbackFacts> {
  const now = ctx.clock.now()
  const contact = callback.contactId ? await repos.contacts.byId(callback.contactId) : null
  const source = contact?.sourceId ? await repos.sources.byId(contact.sourceId) : null
  const told = await repos.callbacks.told(callback.id)
  const rungs = await Promise.all(
    callbackLadder(ctx.mission, callback.sector).map(async ref => ({
      ref,
      people: await peopleIn(repos, ref, now),
    })),
  )
  const standing = rungs.slice(0, callback.rung + 1).flatMap(({ people }) => people.map(({ id }) => id))
  const alert = callback.alertId ? await repos.alerts.byId(callback.alertId) : null
  return {
    callback,
    contact,
    verdict: contact?.verdict ?? 'unknown',
    source,
    rungs,
    told,
    handlers: [...new Set([...told.map(({ personId }) => personId), ...standing])],
    alertCode: alert?.code ?? null,
  }
}

/**
 * The call back, for those who were told of it or stand a rung it has reached; for everybody else it does not exist.
 *
 * @throws TocsinError `not_registered`, `not_found`.
 */
export async function handledCallback(ctx: Ctx, repos: Repos, callbackId: string): Promise<CallbackFacts> {
  const person = registeredPerson(ctx)
  const callback = await repos.callbacks.byId(callbackId)
  const facts = callback && (await callbackFacts(ctx, repos, callback))
  if (!facts?.handlers.includes(person.id)) throw new TocsinError('not_found')
  return facts
}
