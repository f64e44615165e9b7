import type { Timer } from '../db/timers.ts'
import { nextDigestAt } from '../domain/digest.ts'
import { CONSTITUENCIES, findRole, findTerm } from '../domain/mission.ts'
import {
  fits,
  isSubscriptionMeans,
  quickest,
  type Subscription,
  type SubscriptionMeans,
  type Wanted,
} from '../domain/subscription.ts'
import { TocsinError } from '../errors.ts'
import { type AlertFacts, factsOfAll, isReachable, peopleIn } from './alert/facts.ts'
import { asReadBy, mayReadAlert } from './alert/reading.ts'
import { personReader } from './channel.ts'
import { type Ctx, inTransaction, type Open, type Person } from './context.ts'
import { registeredPerson } from './permission.ts'
import { lineAt, note, personTarget } from './telling.ts'

/** More would be a way of reading everything; then a channel serves better. */
const MOST = 20
const TIMER = 'subscription.list'

export interface SubscribeInput {
  /** Empty: any. */
  sector?: string | null
  component?: string | null
  threat?: string | null
  means: string
}

/** What somebody hears of: their own subscriptions, and those of the roles they hold. */
export interface Subscribed {
  own: Subscription[]
  standing: { role: string; wanted: Wanted; means: SubscriptionMeans }[]
  /** Whether a text could reach them. */
  canText: boolean
  /** What they chose among their settings. */
  usual: SubscriptionMeans
}

/**
 * Asks to hear of alerts beyond one's own duty: those of a sector, a component and a threat, or any of these
 * . It widens nothing: what a person may not read does not reach them.
 *
 * @throws TocsinError `not_registered`, `unknown_term` (field named), `too_many_subscriptions`, `no_phone`.
 */
export async function subscribe(ctx: Ctx, input: SubscribeInput): Promise<Subscription> {
  const person = registeredPerson(ctx)
  const wanted = knownWanted(ctx, input)
  const { means } = input
  if (!isSubscriptionMeans(means))
    throw new TocsinError('unknown_term', { field: 'means', details: { value: means } })
  return inTransaction(ctx, async (repos, open) => {
    if (means === 'sms' && !(await canText(open, person)))
      throw new TocsinError('no_phone', { field: 'means' })
    const own = await repos.subscriptions.ofPerson(person.id)
    const same = own.find(row => key(row) === key(wanted))
    if (same && same.means === means) return same
    if (same) await repos.subscriptions.end(same.id, open.clock.now())
    else if (own.length >= MOST) throw new TocsinError('too_many_subscriptions')
    const row: Subscription = {
      id: open.ids.id(),
      personId: person.id,
      ...wanted,
      means,
      createdAt: open.clock.now(),
      endedAt: null,
    }
    await repos.subscriptions.insert(row)
    await note(open, { kind: 'subscription', id: row.id }, 'subscription.made', { ...wanted, means })
    return row
  })
}

/** What a person subscribed to reaches them by these means from now on. Part of another operation. */
export async function changeMeans(open: Open, person: Person, means: SubscriptionMeans): Promise<void> {
  const { subscriptions } = open.tx
  const now = open.clock.now()
  for (const row of await subscriptions.ofPerson(person.id)) {
    if (row.means === means) continue
    await subscriptions.end(row.id, now)
    const changed: Subscription = { ...row, id: open.ids.id(), means, createdAt: now }
    await subscriptions.insert(changed)
    const { sector, component, threat } = changed
    await note(open, { kind: 'subscription', id: changed.id }, 'subscription.made', {
      sector,
      component,
      threat,
      means,
    })
  }
}

/** Ends a subscription of one's own. @throws TocsinError `not_registered`, `not_found`, `already_done`. */
export async function unsubscribe(ctx: Ctx, subscriptionId: string): Promise<Subscription> {
  const person = registeredPerson(ctx)
  return inTransaction(ctx, async (repos, open) => {
    const row = await repos.subscriptions.byId(subscriptionId)
    if (!row || row.personId !== person.id) throw new TocsinError('not_found')
    if (!(await repos.subscriptions.end(row.id, open.clock.now()))) throw new TocsinError('already_done')
    await note(open, { kind: 'subscription', id: row.id }, 'subscription.ended')
    return row
  })
}

/**
 * Somebody leaves: what they subscribed to ends, and stands for their successor, but for what that person has already
 * or has no room for. A text goes to nobody who gave no number. Part of another operation.
 */
export async function passSubscriptions(open: Open, from: string, to: string | null): Promise<void> {
  const { subscriptions, people } = open.tx
  const heir = to === null ? null : await people.byId(to)
  const known = heir ? await subscriptions.ofPerson(heir.id) : []
  const text = heir !== null && (await canText(open, heir))
  for (const row of await subscriptions.ofPerson(from)) {
    await subscriptions.end(row.id, open.clock.now())
    await note(open, { kind: 'subscription', id: row.id }, 'subscription.ended')
    if (!heir || known.length >= MOST || known.some(each => key(each) === key(row))) continue
    const means = row.means === 'sms' && !text ? 'direct' : row.means
    const passed: Subscription = {
      ...row,
      id: open.ids.id(),
      personId: heir.id,
      means,
      createdAt: open.clock.now(),
    }
    await subscriptions.insert(passed)
    known.push(passed)
    const { sector, component, threat } = passed
    await note(open, { kind: 'subscription', id: passed.id }, 'subscription.made', {
      sector,
      component,
      threat,
      means,
    })
  }
}

/** What the acting person hears of beyond their own duty. @throws TocsinError `not_registered`. */
export async function mySubscriptions(ctx: Ctx): Promise<Subscribed> {
  const person = registeredPerson(ctx)
  const repos = ctx.tx ?? ctx.store.read
  const held = new Set((await repos.roles.rolesOf(person.id, ctx.clock.now())).map(({ role }) => role))
  return {
    own: await repos.subscriptions.ofPerson(person.id),
    standing: ctx.mission.subscriptions
      .filter(({ role }) => held.has(role))
      .map(({ role, means, ...wanted }) => ({ role, means, wanted })),
    canText: await canText(ctx, person),
    usual: person.settings?.means ?? 'direct',
  }
}

/**
 * Tells those who subscribed of an alert that was raised, changed in urgency, or of which a threat or sector is known
 * only now (the form that raises it asks for no threat): once for each urgency, and quietly. Owners, those informed, its
 * author and those who follow it are told as such and not again. Part of another operation.
 */
export async function tellSubscribers(open: Open, facts: AlertFacts): Promise<void> {
  const { alert } = facts
  if (alert.exercise) return
  const told = new Set([
    alert.raisedBy,
    ...facts.followers,
    ...facts.informed.map(({ id }) => id),
    ...facts.owners.flatMap(owner => owner.told.flatMap(({ people }) => people)),
  ])
  const now = open.clock.now()
  for (const [personId, { means, subscription, role }] of await subscribers(open, facts)) {
    const person = told.has(personId) ? null : await open.tx.people.byId(personId)
    if (!person || !isReachable(person) || person.closedAt !== null) continue
    const row = { personId, alertId: alert.id, urgency: alert.urgency, means, at: now, listedAt: null }
    if (!(await open.tx.subscriptions.tell(row))) continue
    if (means === 'digest') await armList(open, personId)
    else {
      const kind = means === 'sms' ? 'subscription.text' : 'subscription.alert'
      const target = means === 'sms' ? `phone:${personId}` : personTarget(personId)
      await lineAt(open, kind, alert.id, target, { subscription, role, urgency: alert.urgency })
    }
  }
}

/** A person's list is due: what waited for it goes into one message. */
export function listSubscribed(ctx: Ctx, timer: Pick<Timer, 'recordId'>): Promise<void> {
  return inTransaction(ctx, async (repos, open) => {
    const waiting = await repos.subscriptions.waiting(timer.recordId)
    if (waiting.length === 0) return
    await repos.subscriptions.listed(timer.recordId, open.clock.now())
    const alerts = [...new Set(waiting.map(({ alertId }) => alertId))]
    await lineAt(open, TIMER, timer.recordId, personTarget(timer.recordId), { alerts })
  })
}

/** Those of the alerts a reader may read, as they may read them, for a list. Nobody else's. */
export async function subscribedAlerts(
  ctx: Ctx,
  alertIds: readonly string[],
  person: Person,
): Promise<AlertFacts[]> {
  const repos = ctx.store.read
  const reader = await personReader(repos, person, ctx.clock.now())
  const all = await factsOfAll(repos, ctx.mission, ctx.clock.now(), await repos.alerts.byIds(alertIds))
  return all
    .filter(facts => mayReadAlert(ctx, facts, 'record', reader))
    .map(facts => asReadBy(ctx, facts, reader))
}

interface Hearing {
  means: SubscriptionMeans
  /** The subscription or the role by which they hear. */
  subscription: string | null
  role: string | null
}

/** By which means each person would hear of an alert; one who subscribed twice hears by the quickest. */
async function subscribers(open: Open, { alert, owners }: AlertFacts): Promise<Map<string, Hearing>> {
  const components = owners.map(({ ladder }) => ladder.constituency)
  const found: (Hearing & { personId: string })[] = []
  for (const row of await open.tx.subscriptions.standing())
    if (fits(row, alert, components))
      found.push({ personId: row.personId, means: row.means, subscription: row.id, role: null })
  for (const { role, means, ...wanted } of open.mission.subscriptions) {
    if (!fits(wanted, alert, components)) continue
    const scope = findRole(open.mission, role)?.scope
    if (scope === 'sector' && alert.sector === null) continue
    const ref = { role, sector: scope === 'sector' ? alert.sector : null }
    const [first] = await peopleIn(open.tx, ref, open.clock.now())
    if (first) found.push({ personId: first.id, means, subscription: null, role })
  }
  const byPerson = Map.groupBy(found, ({ personId }) => personId)
  return new Map(
    [...byPerson].map(([personId, hearings]) => {
      const means = quickest(hearings.map(each => each.means))
      return [personId, hearings.find(each => each.means === means) as Hearing]
    }),
  )
}

async function armList(open: Open, personId: string): Promise<void> {
  // It comes with the person's own digest, where they have one.
  if ((await open.tx.people.byId(personId))?.settings?.digestAt) return
  const { at, zone } = open.mission.digest
  await open.tx.timers.ensure({
    key: `${TIMER}:${personId}`,
    kind: TIMER,
    recordId: personId,
    dueAt: nextDigestAt(open.clock.now(), at, zone),
  })
}

function knownWanted(ctx: Ctx, { sector, component, threat }: SubscribeInput): Wanted {
  const unknown = (field: string, value: string) =>
    new TocsinError('unknown_term', { field, details: { value } })
  if (sector && !ctx.mission.sectors.some(({ id }) => id === sector)) throw unknown('sector', sector)
  if (threat && !findTerm(ctx.mission, 'threats', threat)) throw unknown('threat', threat)
  const known = CONSTITUENCIES.find(each => each === component)
  if (component && !known) throw unknown('component', component)
  return { sector: sector || null, component: known ?? null, threat: threat || null }
}

/** Whether a text could reach a person: a telephone of theirs is kept, and can be opened. */
export async function canText(
  { vault, tx, store }: Pick<Ctx, 'vault' | 'tx' | 'store'>,
  person: Pick<Person, 'id'>,
): Promise<boolean> {
  if (vault === null) return false
  return (await (tx ?? store.read).contacts.phone(person.id)) !== null
}

const key = ({ sector, component, threat }: Wanted): string => [sector, component, threat].join('|')
