import type { PartnerFile } from '../db/partners.ts'
import type { Repos, Store } from '../db/store.ts'
import type { Vault } from '../db/vault.ts'
import type { Gazetteer } from '../domain/gazetteer.ts'
import type { Constituency, Mission, RoleRef } from '../domain/mission.ts'
import type { Integration } from '../domain/profile.ts'
import type { PersonSettings } from '../domain/settings.ts'
import { TocsinError } from '../errors.ts'
import type { Clock, Ids, Log } from '../ports.ts'

/** A person known to the store. `constituency` is null until the own side has confirmed it. */
export interface Person {
  id: string
  teamId: string
  userId: string
  constituency: Constituency | null
  /** Of an agency or an NGO. */
  organisation: string | null
  /** Of a partner who takes part unnamed: an opaque code (`P-7K4Q`); the organisation is then not known here. */
  reference: string | null
  section: string | null
  location: string | null
  national: boolean
  locale: string | null
  zone: string | null
  /** What Slack calls them; known of the mission's own international staff only. */
  name: string | null
  unreachableAt: number | null
  /** What they chose for themselves; null or absent: nothing. */
  settings?: PersonSettings | null
  /** When access was closed because a phone or a base was lost (epoch ms); null: it is not. */
  closedAt: number | null
}

/** Who acts: a person with the roles held at this moment, or the bot itself (a timer, a sweep). */
export type Actor = { kind: 'person'; person: Person; roles: RoleRef[] } | { kind: 'system' }

/** The parts every operation shares; built once at start. */
export interface Services {
  store: Store
  mission: Mission
  gazetteer: Gazetteer
  clock: Clock
  ids: Ids
  log: Log
  /** Null without a key: then no source can be recorded or read. */
  vault: Vault | null
  /** How closely the sides work together now; `mission` follows it. */
  integration: Integration
  /** Which organisation an unnamed partner is. */
  partners: PartnerFile
}

/** What an operation is given: the services, who acts, and an open transaction where another operation called it. */
export interface Ctx extends Services {
  actor: Actor
  tx?: Repos
}

/** A context inside an open transaction. */
export type Open = Ctx & { tx: Repos }

/**
 * Runs `body` in the open transaction of `ctx`, or in one of its own that commits when the body returns.
 *
 * @throws TocsinError `access_closed` where the acting person's access was closed since they were identified.
 */
export function inTransaction<T>(ctx: Ctx, body: (repos: Repos, ctx: Open) => Promise<T>): Promise<T> {
  const { tx } = ctx
  if (tx) return body(tx, { ...ctx, tx })
  return ctx.store.write(async repos => {
    await refuseClosedMeanwhile(ctx.actor, repos)
    return body(repos, { ...ctx, tx: repos })
  })
}

/** A press may have waited behind the very transaction that closed its author's access. */
async function refuseClosedMeanwhile(actor: Actor, repos: Repos): Promise<void> {
  if (actor.kind !== 'person' || actor.person.closedAt !== null) return
  const now = await repos.people.byId(actor.person.id)
  if (now && now.closedAt !== null) throw new TocsinError('access_closed')
}

/** The acting person's id, or `system`. */
export function actorId(ctx: Ctx): string {
  return ctx.actor.kind === 'person' ? ctx.actor.person.id : 'system'
}
