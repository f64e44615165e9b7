import { type Alert, byUrgency } from '../../domain/alert.ts'
import { codeBegun, codeTyped } from '../../domain/code.ts'
import { routeFor } from '../../domain/mission.ts'
import { reaches } from '../../domain/release.ts'
import { holdsWords } from '../../domain/text-fold.ts'
import type { Ctx } from '../context.ts'
import { actingPerson, heldRoles, registeredPerson } from '../permission.ts'
import { postsHeld } from './chain.ts'
import { type AlertFacts, factsOfAll } from './facts.ts'
import { actorAsReader, asReadBy, mayReadAlert } from './reading.ts'

/**
 * Alerts the person may read, by record code (`A-7K4Q`, `a7k4q`) or by words in what happened and where; newest
 * first. Those they may not read are not counted either.
 *
 * @param typing somebody is still typing, into a menu: the beginning of a code finds what begins so.
 */
export async function findAlerts(ctx: Ctx, words: string, limit = 10, typing = false): Promise<AlertFacts[]> {
  const { alerts } = ctx.store.read
  const opened = await openedToThem(ctx)
  const code = codeTyped('A', words)
  const alert = code ? await alerts.byCode(code) : null
  if (alert) return readable(ctx, [alert])
  const begun = typing ? codeBegun('A', words) : null
  if (begun) return readable(ctx, await alerts.byCodeBegun(begun, limit))
  const found = await alerts.search(words, limit, candidate => mightRead(ctx, candidate, opened))
  return onceEach((await readable(ctx, found)).filter(facts => holdsAsSeen(facts, found, words)))
}

/** Who is shown a place no closer than agreed does not find an alert by what is left out. */
function holdsAsSeen({ alert }: AlertFacts, stored: readonly Alert[], words: string): boolean {
  const whole = stored.find(({ id }) => id === alert.id)
  if (!whole || (whole.placeSaid === alert.placeSaid && whole.placeHow === alert.placeHow)) return true
  return holdsWords(`${alert.what} ${alert.placeSaid} ${alert.placeHow ?? ''}`, words)
}

/** Of alerts that were joined the one that stays, once, where it is found or may be read. */
function onceEach(found: readonly AlertFacts[]): AlertFacts[] {
  const known = new Set(found.map(({ alert }) => alert.id))
  return found.filter(({ into }) => !(into?.readable && known.has(into.facts.alert.id)))
}

/**
 * Open alerts that wait for the acting person: something is awaited of an owner, and the person holds the post that
 * has it, or was told of what is awaited. Most urgent first, then oldest.
 */
export async function waitingFor(ctx: Ctx): Promise<AlertFacts[]> {
  const person = actingPerson(ctx)
  const opened = await openedToThem(ctx)
  const open = (await ctx.store.read.alerts.open()).filter(alert => mightRead(ctx, alert, opened))
  return (await readable(ctx, open))
    .filter(facts =>
      postsHeld(ctx, facts).some(post => {
        const owner = facts.owners.find(candidate => candidate.owner.slot === post.slot)
        if (!owner?.state.awaiting) return false
        const { awaiting, round } = owner.state
        const told = owner.told.filter(row => row.step === awaiting && row.round === round)
        return owner.owner.rung === post.rung || told.some(row => row.people.includes(person.id))
      }),
    )
    .sort((a, b) => byUrgency(a.alert, b.alert) || a.alert.raisedAt - b.alert.raisedAt)
}

/** Open alerts that the acting person raised, or follows in their author's place; newest first. */
export async function followedAlerts(ctx: Ctx): Promise<AlertFacts[]> {
  const { id } = actingPerson(ctx)
  const { alerts, handovers } = ctx.store.read
  const followed = await handovers.followedBy(id)
  const open = (await alerts.open()).filter(alert => alert.raisedBy === id || followed.includes(alert.id))
  return readable(ctx, open)
}

/** Open alerts the acting person may read, newest first: what a record of another kind can be linked to. */
export async function openAlerts(ctx: Ctx, limit = 100): Promise<AlertFacts[]> {
  registeredPerson(ctx)
  const opened = await openedToThem(ctx)
  const open = await ctx.store.read.alerts.open()
  const mine = open.filter(alert => mightRead(ctx, alert, opened))
  return readable(ctx, mine.slice(0, limit))
}

/**
 * Whether it is worth asking the sharing rule: the reader is in the audience, is its author, or holds a role by which
 * its owners or those informed could be named. Needs no look-up; never false where the rule says yes.
 */
export function mightRead(ctx: Ctx, alert: Alert, opened: ReadonlySet<string>): boolean {
  const { constituency, id } = actingPerson(ctx)
  if ((constituency && alert.audience.includes(constituency)) || alert.raisedBy === id) return true
  if (opened.has(alert.id)) return true
  const named = new Set([
    ...routeFor(ctx.mission, alert).inform.map(({ role }) => role),
    ...ctx.mission.ladders.flatMap(({ rungs }) => rungs.map(({ role }) => role)),
  ])
  return heldRoles(ctx).some(({ role }) => named.has(role))
}

/** Whether the acting person holds a role by which some alert of this mission could name them; needs no look-up. */
export function couldBeNamed(ctx: Ctx): boolean {
  const { ladders, routing, layers } = ctx.mission
  const named = new Set([
    ...routing.flatMap(({ inform }) => inform),
    ...ladders.flatMap(({ rungs }) => rungs.map(({ role }) => role)),
    ...Object.values(layers).flat(),
  ])
  return heldRoles(ctx).some(({ role }) => named.has(role))
}

/** Alerts the acting person follows in their author's place, and those released to them. */
export async function openedToThem(ctx: Ctx): Promise<ReadonlySet<string>> {
  const person = actingPerson(ctx)
  const { handovers, releases } = ctx.store.read
  const released = (await releases.standing()).filter(
    release =>
      release.what === 'record' &&
      reaches(release, { personId: person.id, constituency: person.constituency }),
  )
  return new Set([...(await handovers.followedBy(person.id)), ...released.map(({ alertId }) => alertId)])
}

/** Of these, those the acting person may read, with what surrounds them. */
export async function readable(ctx: Ctx, alerts: readonly Alert[]): Promise<AlertFacts[]> {
  const reader = actorAsReader(ctx)
  if (!reader) return []
  const all = await factsOfAll(ctx.store.read, ctx.mission, ctx.clock.now(), alerts)
  return all
    .filter(facts => mayReadAlert(ctx, facts, 'record', reader))
    .map(facts => asReadBy(ctx, facts, reader))
}
