import type { Handover, HandoverItem } from '../../db/handovers.ts'
import type { HeldRole } from '../../db/roles.ts'
import type { Tasking } from '../../db/taskings.ts'
import { isAskedAsWhole } from '../../domain/tasking.ts'
import { answeringSide, requireAdministrator } from '../administrators.ts'
import { type AlertFacts, alertFacts, factsOfAll } from '../alert/facts.ts'
import type { Ctx, Person } from '../context.ts'
import { type Named, namedPerson } from '../people.ts'
import { registeredPerson, roleKey, sameRole } from '../permission.ts'

/** What a person holds: what must find other hands before they go. */
export interface Holdings {
  person: Person
  roles: HeldRole[]
  /** Open alerts that wait for this person in one of their posts; they go with the post. */
  waiting: { role: string; alerts: AlertFacts[] }[]
  /** Open alerts they raised. */
  raised: AlertFacts[]
  /** Open taskings they answer for as a person, in whatever post. */
  taskings: Tasking[]
  /** How many subscriptions of their own they have. */
  subscriptions: number
  /** Sources they keep, for themselves alone: only they can hand them over, and nobody else learns how many. */
  sources: number
  /** What stands of a handover that goes on, by {@link itemKey}. */
  items: HandoverItem[]
}

/** One thing handed over, with what a card about it needs. */
export interface ItemFacts {
  item: HandoverItem
  handover: Handover
  /** Who leaves. */
  leaver: Person
  /** The alert, for an item that is one. */
  alert: AlertFacts | null
  /** The tasking, for an item that is one. */
  tasking: Tasking | null
}

/** `role:<role>`, `alert:<id>`, `tasking:<id>`, `subscriptions:all` or `sources:all`: one thing that is handed over. */
export function itemKey({ kind, ref }: Pick<HandoverItem, 'kind' | 'ref'>): string {
  return `${kind}:${ref}`
}

/**
 * What the acting person, or somebody whose side they administer, would hand over.
 *
 * @throws TocsinError `not_registered`, `not_allowed`, `person_unknown`.
 */
export async function readHoldings(ctx: Ctx, of: Named | null): Promise<Holdings> {
  const person = await leaving(ctx, of)
  return holdingsOf(ctx, person)
}

/** What became of a handover, for whoever renders it to the person who left and to their administrators. */
export async function handoverTable(
  ctx: Ctx,
  handoverId: string,
): Promise<{
  handover: Handover
  leaver: Person
  items: ItemFacts[]
  successors: Map<string, Person>
} | null> {
  const repos = ctx.tx ?? ctx.store.read
  const handover = await repos.handovers.byId(handoverId)
  const leaver = handover && (await repos.people.byId(handover.personId))
  if (!handover || !leaver) return null
  const rows = await repos.handovers.items(handoverId)
  const items = await Promise.all(rows.map(item => itemFacts(ctx, item)))
  const named = await Promise.all(rows.map(({ successor }) => successor && repos.people.byId(successor)))
  const successors = new Map(named.flatMap(person => (person ? [[person.id, person]] : [])))
  return { handover, leaver, items, successors }
}

/** One item with what surrounds it; for whoever renders it to its successor. */
export async function itemFacts(ctx: Ctx, item: HandoverItem): Promise<ItemFacts> {
  const repos = ctx.tx ?? ctx.store.read
  const handover = await repos.handovers.byId(item.handoverId)
  const leaver = handover && (await repos.people.byId(handover.personId))
  if (!handover || !leaver) throw new Error(`the handover item ${item.id} belongs to nobody`)
  const alert = item.kind === 'alert' ? await repos.alerts.byId(item.ref) : null
  return {
    item,
    handover,
    leaver,
    alert: alert && (await alertFacts(repos, ctx.mission, ctx.clock.now(), alert)),
    tasking: item.kind === 'tasking' ? await repos.taskings.byId(item.ref) : null,
  }
}

/**
 * The person who leaves: the acting one, or somebody whose side they administer.
 *
 * @throws TocsinError `not_registered`, `not_allowed`, `person_unknown`.
 */
export async function leaving(ctx: Ctx, of: Named | null): Promise<Person> {
  const by = registeredPerson(ctx)
  const repos = ctx.tx ?? ctx.store.read
  const person = of ? await namedPerson(repos, of, by) : by
  if (person.id !== by.id) requireAdministrator(ctx, await answeringSide(repos, person))
  return person
}

/** What a person holds now; for operations that hold the permission already. */
export async function holdingsOf(ctx: Ctx, person: Person): Promise<Holdings> {
  const repos = ctx.tx ?? ctx.store.read
  const now = ctx.clock.now()
  const roles = await repos.roles.rolesOf(person.id, now)
  const open = await factsOfAll(repos, ctx.mission, now, await repos.alerts.open())
  const handover = await repos.handovers.openOf(person.id)
  return {
    person,
    roles,
    waiting: roles.flatMap(ref => {
      const alerts = open.filter(facts =>
        facts.owners.some(
          owner =>
            owner.state.awaiting !== null &&
            owner.holder?.id === person.id &&
            sameRole(owner.posts[owner.owner.rung] ?? { role: '', sector: null }, ref),
        ),
      )
      return alerts.length > 0 ? [{ role: roleKey(ref), alerts }] : []
    }),
    raised: open.filter(({ alert }) => alert.raisedBy === person.id),
    taskings: (await repos.taskings.open()).filter(
      ({ accountable, toConstituency }) => accountable === person.id && !isAskedAsWhole(toConstituency),
    ),
    subscriptions: (await repos.subscriptions.ofPerson(person.id)).length,
    sources: await keptSources(ctx, person),
    items: handover ? await repos.handovers.items(handover.id) : [],
  }
}

async function keptSources(ctx: Ctx, person: Person): Promise<number> {
  if (ctx.actor.kind !== 'person' || ctx.actor.person.id !== person.id) return 0
  const kept = await (ctx.tx ?? ctx.store.read).sources.ofPerson(person.id)
  return kept.filter(({ erasedAt }) => erasedAt === null).length
}
