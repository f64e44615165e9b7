/** Groups in which the parts of the house meet: who belongs, who reads, which are alike. Pure. */
import { distance } from 'fastest-levenshtein'
import {
  type Constituency,
  type ForumClass,
  findRole,
  type Invited,
  type Mission,
  type RoleRef,
} from './mission.ts'
import { fold } from './text-fold.ts'

/**
 * `active`; `hosted`: it does not meet, and another group does its work; `stood_down`: a crisis is over and its
 * review is owed; `closed`.
 */
export const FORUM_STATES = ['active', 'hosted', 'stood_down', 'closed'] as const
export type ForumState = (typeof FORUM_STATES)[number]

export const FORUM_MOVES = ['host', 'return', 'stand_down', 'review', 'close'] as const
export type ForumMove = (typeof FORUM_MOVES)[number]

/**
 * Where a group stands after a move; null where it cannot be made. A crisis forum ends by standing down and by its
 * review, and by nothing else: what was learned is never skipped.
 */
export function afterMove(forumClass: ForumClass, state: ForumState, move: ForumMove): ForumState | null {
  const crisis = forumClass === 'crisis'
  switch (move) {
    case 'host':
      return state === 'active' && !crisis ? 'hosted' : null
    case 'return':
      return state === 'hosted' ? 'active' : null
    case 'stand_down':
      return state === 'active' && crisis ? 'stood_down' : null
    case 'review':
      return state === 'stood_down' ? 'closed' : null
    case 'close':
      return !crisis && state === 'active' ? 'closed' : null
  }
}

/** How somebody invited answered; `invited` until they do. Only who accepted reads what the group is told. */
export const INVITE_STATES = ['invited', 'accepted', 'declined', 'omitted'] as const
export type InviteState = (typeof INVITE_STATES)[number]

/** The posts a member role stands for: its own, or in a group of the whole mission one in each sector. */
export function postsOfRole(mission: Mission, role: string, sector: string | null): RoleRef[] {
  if (findRole(mission, role)?.scope !== 'sector') return [{ role, sector: null }]
  const sectors = sector === null ? mission.sectors.map(({ id }) => id) : [sector]
  return sectors.map(id => ({ role, sector: id }))
}

/** Constituencies of member roles and of those who accepted: who reads a group that its components read. */
export function componentsOf(
  mission: Mission,
  roles: readonly string[],
  accepted: readonly Invited[],
): Constituency[] {
  const own = roles.flatMap(role => findRole(mission, role)?.constituency ?? [])
  return [...new Set<Constituency>([...own, ...accepted])]
}

/** Those of a kind's default guests whom somebody left out: that needs a reason. */
export const leftOut = (invites: readonly Invited[], chosen: readonly Invited[]): Invited[] =>
  invites.filter(each => !chosen.includes(each))

/** What is compared to find likely duplicates. */
export interface Alike {
  class: ForumClass
  name: string
  sector: string | null
  alertId: string | null
}

/**
 * Whether two groups are likely the same: about the same alert, of one class in one place, or of nearly one name
 * (R-106).
 */
export function isAlike(a: Alike, b: Alike): boolean {
  if (a.alertId !== null && a.alertId === b.alertId) return true
  if (a.class === b.class && a.sector === b.sector && a.class !== 'crisis') return true
  const [one, other] = [fold(a.name), fold(b.name)]
  const near = distance(one, other) <= Math.floor(Math.max(one.length, other.length) / 5)
  return near && (a.sector === b.sector || a.sector === null || b.sector === null)
}

/** How those called into a crisis answer. */
export const CALL_ANSWERS = ['joined', 'coming', 'cannot'] as const
export type CallAnswer = (typeof CALL_ANSWERS)[number]
