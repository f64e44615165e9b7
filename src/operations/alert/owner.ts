import type { Act, Alert, AlertOwner, ToldRung } from '../../domain/alert.ts'
import { nextRung, type OwnerState, ownerState } from '../../domain/awaited.ts'
import {
  dueTimes,
  type Ladder,
  type Mission,
  type RoleRef,
  routeFor,
  rungRoles,
  type Slot,
} from '../../domain/mission.ts'
import type { Person } from '../context.ts'
import type { AlertFacts } from './facts.ts'

/** One owner of an alert with everything a card, a clock or a permission needs to know about it. */
export interface OwnerFacts {
  owner: AlertOwner
  ladder: Ladder
  /** The roles of the ladder in this alert's sector, lowest rung first. */
  posts: RoleRef[]
  /** Who holds each post now, as {@link peopleIn}. */
  people: Person[][]
  /** Who holds the post that has the alert now; null where nobody does. */
  holder: Person | null
  state: OwnerState
  /** Rungs told or skipped on this ladder. */
  told: ToldRung[]
  next: { rung: number; dueAt: number } | null
}

/** Reads what one owner's card, clock and permissions need; `holders` looks up who stands a post. */
export async function factsOfOwner(
  mission: Mission,
  alert: Alert,
  row: AlertOwner,
  acts: readonly Act[],
  told: readonly ToldRung[],
  holders: (ref: RoleRef) => Promise<Person[]>,
): Promise<OwnerFacts> {
  const ladder = ladderOf(mission, alert, row)
  const posts = rungRoles(ladder, alert.sector)
  const owner = { ...row, ladder: ladder.id, rung: Math.min(row.rung, posts.length - 1) }
  const people = await Promise.all(posts.map(holders))
  const due = dueTimes(ladder, alert.urgency)
  const state = ownerState(alert, owner.slot, acts, due)
  const own = told.filter(({ slot, round }) => slot === owner.slot && round >= state.since)
  return {
    owner,
    ladder,
    posts,
    people,
    holder: people[owner.rung]?.[0] ?? null,
    state,
    told: own,
    next: nextRung(state, owner, own, posts.length, due),
  }
}

/** The owner after more rungs were told, and with the alert in the hands of `rung`; nothing is read or written. */
export function withTold(
  { alert }: Pick<AlertFacts, 'alert'>,
  before: OwnerFacts,
  rows: readonly ToldRung[],
  rung: number = before.owner.rung,
): OwnerFacts {
  const owner = { ...before.owner, rung }
  const told = [...before.told, ...rows]
  return {
    ...before,
    owner,
    told,
    holder: before.people[rung]?.[0] ?? null,
    next: nextRung(before.state, owner, told, before.posts.length, dueTimes(before.ladder, alert.urgency)),
  }
}

/** The ladder an owner is on; the one its alert is routed to, where the mission file no longer has it. */
function ladderOf(mission: Mission, alert: Alert, owner: Pick<AlertOwner, 'ladder' | 'slot'>): Ladder {
  return mission.ladders.find(({ id }) => id === owner.ladder) ?? routeFor(mission, alert)[owner.slot]
}

/** @throws Error where the alert has no such owner: every alert has both. */
export function ownerIn(facts: { alert: Pick<Alert, 'id'>; owners: OwnerFacts[] }, slot: Slot): OwnerFacts {
  const owner = facts.owners.find(candidate => candidate.owner.slot === slot)
  if (!owner) throw new Error(`alert ${facts.alert.id} has no ${slot} owner`)
  return owner
}
