import type { Handover, HandoverItem } from '../db/handovers.ts'
import type { Timer } from '../db/timers.ts'
import { TocsinError } from '../errors.ts'
import { administrators, answeringSide } from './administrators.ts'
import { tellPeople } from './alert/tell.ts'
import { type Ctx, inTransaction, type Open, type Person } from './context.ts'
import { type Holdings, holdingsOf, type ItemFacts, itemFacts, itemKey, leaving } from './handover/facts.ts'
import { syncHandoverReminders } from './handover/reminders.ts'
import { addItemCard, recordHandover, refreshItem, tellTable } from './handover/tell.ts'
import { mayHold, type Named, namedPerson, passRole } from './people.ts'
import { actingPerson, parseRoleKey, registeredPerson, roleKey, sameRole } from './permission.ts'
import { handOverSources } from './source.ts'
import { passSubscriptions } from './subscription.ts'
import { takeOverTasking } from './tasking/hand-on.ts'
import { askForNotes } from './team/report.ts'

export {
  type Holdings,
  handoverTable,
  type ItemFacts,
  itemFacts,
  itemKey,
  readHoldings,
} from './handover/facts.ts'

export interface HandOverInput {
  /** Null: the acting person's own. */
  of: Named | null
  /** By {@link itemKey}; what is not named stays without a successor. */
  successors: Record<string, Named | null>
}

/**
 * Begins or goes on with handing over all that a person holds: each successor named is asked, and nothing changes
 * hands before they accept. For the person, or an administrator of their side.
 *
 * @throws TocsinError `not_registered`, `not_allowed`, `person_unknown`, `successor_invalid` (field: the item's key),
 *   `nothing_held`.
 */
export async function handOver(ctx: Ctx, input: HandOverInput): Promise<Holdings> {
  const by = registeredPerson(ctx)
  return inTransaction(ctx, async (repos, open) => {
    const person = await leaving(open, input.of)
    const now = ctx.clock.now()
    const { roles, raised, taskings, subscriptions, sources } = await holdingsOf(open, person)
    const held = [
      ...roles.map(ref => ({ kind: 'role' as const, ref: roleKey(ref) })),
      ...raised.map(({ alert }) => ({ kind: 'alert' as const, ref: alert.id })),
      ...taskings.map(({ id }) => ({ kind: 'tasking' as const, ref: id })),
      ...(subscriptions > 0 ? [{ kind: 'subscriptions' as const, ref: 'all' }] : []),
      ...(sources > 0 ? [{ kind: 'sources' as const, ref: 'all' }] : []),
    ]
    if (held.length === 0) throw new TocsinError('nothing_held')
    const handover = (await repos.handovers.openOf(person.id)) ?? (await begin(open, person, by))
    const items = new Map((await repos.handovers.items(handover.id)).map(item => [itemKey(item), item]))
    for (const thing of held) {
      const named = input.successors[itemKey(thing)] ?? null
      const successor = named && (await successorFor(open, thing, person, named, by))
      await offer(open, handover, items.get(itemKey(thing)), thing, successor)
    }
    const key = `handover:${handover.id}`
    const armed = await repos.timers.byKey(key)
    if (armed?.state !== 'armed') {
      await repos.timers.arm({
        key,
        kind: 'handover.due',
        recordId: handover.id,
        dueAt: now + ctx.mission.people.handoverWithinMs,
      })
    }
    return holdingsOf(open, person)
  })
}

/**
 * The successor takes it over: a post is theirs from now on, with the alerts that wait for it; an alert that was
 * raised is theirs to follow; a tasking is theirs to answer for, as it stood, with its reminders.
 *
 * @throws TocsinError `not_registered`, `not_found` for everybody else, `already_done` where it was answered or
 *   offered to somebody else meanwhile, `successor_invalid` where they may no longer hold it.
 */
export async function acceptHandover(ctx: Ctx, input: { itemId: string }): Promise<ItemFacts> {
  const successor = registeredPerson(ctx)
  return inTransaction(ctx, async (repos, open) => {
    const facts = await readItem(open, input.itemId)
    const { item, leaver } = facts
    if (!(await repos.handovers.answer(item.id, 'accepted', ctx.clock.now())))
      throw new TocsinError('already_done')
    if (!fits(open, item, leaver, successor)) throw new TocsinError('successor_invalid')
    if (item.kind === 'role') {
      const ref = parseRoleKey(item.ref)
      const holds = (await repos.roles.rolesOf(leaver.id, ctx.clock.now())).some(held => sameRole(held, ref))
      if (!holds) throw new TocsinError('already_done')
      await passRole(open, ref, leaver, successor)
    } else if (item.kind === 'sources') await handOverSources(open, leaver.id, successor.id)
    else if (item.kind === 'tasking') await takeOverTasking(open, item.ref, leaver, successor)
    else if (item.kind === 'subscriptions') await passSubscriptions(open, leaver.id, successor.id)
    else if (facts.alert) await tellPeople(open, facts.alert.alert, [successor], { line: 'raised' })
    return answered(open, facts, 'accepted')
  })
}

/** What the acting person was asked to take over and has not answered. @throws TocsinError `not_registered`. */
export async function offeredHandovers(ctx: Ctx): Promise<ItemFacts[]> {
  const person = registeredPerson(ctx)
  const items = await ctx.store.read.handovers.offeredTo(person.id)
  return Promise.all(items.map(item => itemFacts(ctx, item)))
}

/** One of them, answered or not. @throws TocsinError `not_registered`, `not_found` for everybody but the successor. */
export async function readOffered(ctx: Ctx, itemId: string): Promise<ItemFacts> {
  const person = registeredPerson(ctx)
  const item = await ctx.store.read.handovers.item(itemId)
  if (item?.successor !== person.id) throw new TocsinError('not_found')
  return itemFacts(ctx, item)
}

/** The successor does not take it over. @throws as {@link acceptHandover}. */
export async function declineHandover(ctx: Ctx, input: { itemId: string }): Promise<ItemFacts> {
  registeredPerson(ctx)
  return inTransaction(ctx, async (repos, open) => {
    const facts = await readItem(open, input.itemId)
    if (!(await repos.handovers.answer(facts.item.id, 'declined', ctx.clock.now())))
      throw new TocsinError('already_done')
    return answered(open, facts, 'declined')
  })
}

/** The time for a handover is over: what nobody accepted is put to the administrators of the person's side. */
export function reportHandover(ctx: Ctx, timer: Pick<Timer, 'recordId'>): Promise<void> {
  return inTransaction(ctx, async (repos, open) => {
    const handover = await repos.handovers.byId(timer.recordId)
    if (handover?.state !== 'open') return
    const items = await repos.handovers.items(handover.id)
    await end(open, handover, items.every(({ state }) => state === 'accepted') ? 'done' : 'reported')
  })
}

/**
 * Somebody can neither hand over nor take over any more: what was offered to them is declined, what they offered is
 * offered no longer, and their handover is put to the administrators. For operations that hold the permission already.
 */
export async function lapseHandovers(open: Open, person: Person): Promise<void> {
  const { handovers } = open.tx
  for (const item of await handovers.offeredTo(person.id)) {
    await handovers.answer(item.id, 'declined', open.clock.now())
    await answered(open, await itemFacts(open, item), 'declined')
  }
  const own = await handovers.openOf(person.id)
  if (!own) return
  for (const { id, state } of await handovers.items(own.id)) {
    if (state !== 'offered' || !(await handovers.name(id, null))) continue
    await syncHandoverReminders(open, id)
    await refreshItem(open, id)
  }
  await end(open, own, 'reported')
}

async function begin(open: Open, person: Person, by: Person): Promise<Handover> {
  const now = open.clock.now()
  const handover: Handover = {
    id: open.ids.id(),
    personId: person.id,
    begunBy: by.id,
    begunAt: now,
    dueAt: now + open.mission.people.handoverWithinMs,
    state: 'open',
    endedAt: null,
  }
  await open.tx.handovers.insert(handover)
  await recordHandover(open, 'handover.begun', handover, {})
  await askForNotes(open, person.id)
  return handover
}

type Thing = Pick<HandoverItem, 'kind' | 'ref'>

async function successorFor(
  open: Open,
  thing: Thing,
  leaver: Person,
  named: Named,
  by: Person,
): Promise<Person> {
  const field = itemKey(thing)
  const successor = await namedPerson(open.tx, named, by, field)
  if (!fits(open, thing, leaver, successor)) throw new TocsinError('successor_invalid', { field })
  return successor
}

/** A post goes to its own part of the mission; an alert to somebody of its author's, who decided who reads it. */
function fits(open: Open, thing: Thing, leaver: Person, successor: Person): boolean {
  if (successor.id === leaver.id || successor.closedAt !== null || successor.constituency === null)
    return false
  if (thing.kind === 'role') return mayHold(open, parseRoleKey(thing.ref), successor)
  return successor.constituency === leaver.constituency
}

async function offer(
  open: Open,
  handover: Handover,
  before: HandoverItem | undefined,
  thing: Thing,
  successor: Person | null,
): Promise<void> {
  const { handovers } = open.tx
  if (before?.state === 'accepted') return
  if (before) {
    const asked = before.state === 'offered' && before.successor === (successor?.id ?? null)
    // Nobody named anew leaves what stands: the form was sent again for the sake of another line.
    if (asked || successor === null || !(await handovers.name(before.id, successor.id))) return
    await syncHandoverReminders(open, before.id, true)
    await refreshItem(open, before.id)
    return addItemCard(open, before.id, successor.id)
  }
  const id = open.ids.id()
  await handovers.insertItem({
    id,
    handoverId: handover.id,
    ...thing,
    successor: successor?.id ?? null,
    state: successor ? 'offered' : 'unnamed',
    answeredAt: null,
  })
  if (!successor) return
  await syncHandoverReminders(open, id)
  await addItemCard(open, id, successor.id)
}

/** @throws TocsinError `not_found` for everybody but the successor it is offered to. */
async function readItem(open: Open, itemId: string): Promise<ItemFacts> {
  const item = await open.tx.handovers.item(itemId)
  if (!item || item.successor !== actingPerson(open).id) throw new TocsinError('not_found')
  return itemFacts(open, item)
}

async function answered(open: Open, facts: ItemFacts, state: 'accepted' | 'declined'): Promise<ItemFacts> {
  const { item, handover } = facts
  await recordHandover(open, `handover.${state}`, handover, { item: itemKey(item) })
  await syncHandoverReminders(open, item.id)
  await refreshItem(open, item.id)
  const items = await open.tx.handovers.items(handover.id)
  if (items.every(each => each.state === 'accepted')) await end(open, handover, 'done')
  else if (state === 'declined') await tellTable(open, handover, [handover.begunBy, handover.personId])
  return { ...facts, item: { ...item, state, answeredAt: open.clock.now() } }
}

async function end(open: Open, handover: Handover, state: 'done' | 'reported'): Promise<void> {
  if (!(await open.tx.handovers.end(handover.id, state, open.clock.now()))) return
  await open.tx.timers.cancel(`handover:${handover.id}`)
  await recordHandover(open, `handover.${state}`, handover, {})
  const leaver = await open.tx.people.byId(handover.personId)
  const side = leaver && (await answeringSide(open.tx, leaver))
  const told = side ? await administrators(open.tx, open.mission, side, open.clock.now()) : []
  await tellTable(open, handover, [handover.personId, ...told.map(({ id }) => id)])
}
