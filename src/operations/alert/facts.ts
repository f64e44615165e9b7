import type { Repos } from '../../db/store.ts'
import {
  type Act,
  type Alert,
  type AlertOwner,
  nextRung,
  type OwnerState,
  ownerState,
  type ToldRung,
} from '../../domain/alert.ts'
import {
  type Base,
  dueTimes,
  type Ladder,
  type Mission,
  type RoleRef,
  routeFor,
  rungRoles,
  type Slot,
} from '../../domain/mission.ts'
import { type NearestBase, nearestBase } from '../../domain/place.ts'
import type { Person } from '../context.ts'

/** One owner of an alert with everything a card, a clock or a permission needs to know about it. */
export interface OwnerFacts {
  owner: AlertOwner
  ladder: Ladder
  /** The roles of the ladder in this alert's sector, lowest rung first. */
  posts: RoleRef[]
  /** Who holds the post that has the alert now; null where nobody does. */
  holder: Person | null
  state: OwnerState
  told: ToldRung[]
  next: { rung: number; dueAt: number } | null
}

/** An alert as it now is, with what follows from it. */
export interface AlertFacts {
  alert: Alert
  owners: OwnerFacts[]
  acts: Act[]
  /** The nearest base of any sector, with distance in km and the compass point seen from it; null without coordinates. */
  nearest: NearestBase<Base> | null
  /** Roles informed at once. */
  inform: RoleRef[]
  /** people.id of those who may read it whatever their constituency. */
  named: string[]
  /** The role its author held, where one stands in the mission's roles; names are not shown. */
  author: { person: Person; role: RoleRef | null } | null
}

/** The people who hold a role now, holder first; those Slack cannot reach come last. */
export async function peopleIn(repos: Repos, ref: RoleRef, now: number): Promise<Person[]> {
  const holders = await repos.roles.holders(ref.role, ref.sector, now)
  const people = holders.map(({ person }) => person)
  return [...people.filter(isReachable), ...people.filter(person => !isReachable(person))]
}

export function isReachable(person: Person): boolean {
  return person.unreachableAt === null
}

/** Reads what surrounds an alert. `now` in epoch ms. */
export async function alertFacts(
  repos: Repos,
  mission: Mission,
  now: number,
  alert: Alert,
): Promise<AlertFacts> {
  const [owners, acts, told] = await Promise.all([
    repos.alerts.owners(alert.id),
    repos.alerts.acts(alert.id),
    repos.alerts.rungs(alert.id),
  ])
  const { inform } = routeFor(mission, alert)
  const named = new Set([alert.raisedBy])
  const ownerFacts: OwnerFacts[] = []
  for (const owner of owners) {
    const ladder = ladderOf(mission, owner)
    const posts = rungRoles(ladder, alert.sector)
    const holders = await Promise.all(posts.map(post => peopleIn(repos, post, now)))
    for (const person of holders.flat()) named.add(person.id)
    const due = dueTimes(ladder, alert.urgency)
    const state = ownerState(alert, owner.slot, acts, due)
    const ownTold = told.filter(row => row.slot === owner.slot)
    ownerFacts.push({
      owner,
      ladder,
      posts,
      holder: holders[owner.rung]?.[0] ?? null,
      state,
      told: ownTold,
      next: nextRung(state, owner, ownTold, posts.length, due),
    })
  }
  for (const ref of inform) for (const person of await peopleIn(repos, ref, now)) named.add(person.id)
  const author = await repos.people.byId(alert.raisedBy)
  return {
    alert,
    owners: ownerFacts,
    acts,
    nearest:
      alert.lat === null || alert.lon === null
        ? null
        : (nearestBase({ lat: alert.lat, lon: alert.lon }, mission.bases) ?? null),
    inform,
    named: [...named],
    author: author ? { person: author, role: (await repos.roles.rolesOf(author.id, now))[0] ?? null } : null,
  }
}

export function ladderOf(mission: Mission, owner: Pick<AlertOwner, 'ladder'>): Ladder {
  const ladder = mission.ladders.find(candidate => candidate.id === owner.ladder)
  if (!ladder) throw new Error(`the mission file no longer has the ladder ${owner.ladder}`)
  return ladder
}

export function ownerIn(facts: AlertFacts, slot: Slot): OwnerFacts {
  const owner = facts.owners.find(candidate => candidate.owner.slot === slot)
  if (!owner) throw new Error(`alert ${facts.alert.id} has no ${slot} owner`)
  return owner
}
