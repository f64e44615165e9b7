/** Taskings and requests: who may give which to whom, and how each is answered. Pure. */
import {
  type Constituency,
  findRole,
  type Mission,
  type RoleRef,
  type Side,
  TASKABLE,
  type TaskingKind,
} from './mission.ts'
import { sideOf } from './side.ts'

/** What a tasking may come from; a noun that carries the button *Task somebody* adds its kind. */
export const ORIGIN_KINDS = ['alert', 'early_warning', 'hotspot', 'jpt', 'meeting', 'plan', 'none'] as const
export type OriginKind = (typeof ORIGIN_KINDS)[number]

/** The record a tasking comes from. `id` is null for `none`, and for a meeting that is not on record. */
export interface Origin {
  kind: OriginKind
  id: string | null
}

/** Dialogue and engagement; physical protection; a protective environment. */
export const TIERS = [1, 2, 3] as const
export type Tier = (typeof TIERS)[number]

/** The tiers a side works in: physical protection is the mission's, and is asked of no agency and no NGO. */
export function tiersOf(side: Side): readonly Tier[] {
  return side === 'humanitarian' ? TIERS.filter(tier => tier !== 2) : TIERS
}

export const TASKING_MEANS = ['slack', 'radio', 'phone'] as const
export type TaskingMeans = (typeof TASKING_MEANS)[number]

/**
 * How a tasking or a request stands. `not_taken_on`: somebody declined, and the post above let it stand;
 * `alternative`: those asked offered something else.
 */
export const TASKING_STATES = [
  'offered',
  'accepted',
  'in_progress',
  'blocked',
  'declined',
  'referred',
  'alternative',
  'not_taken_on',
  'done',
  'cancelled',
] as const
export type TaskingState = (typeof TASKING_STATES)[number]

export const TASKING_ACTS = [
  'accept',
  'begin',
  'decline',
  'block',
  'resume',
  'done',
  'take_on',
  'pass_up',
  'uphold',
  'hand_on',
  'refer',
  'return',
  'counter',
  'agree',
  'cancel',
] as const
export type TaskingActKind = (typeof TASKING_ACTS)[number]

/**
 * Who may do an act: those who were given or asked it (`asked`: the accountable person and the post's holders, or the
 * people of the agency), whoever asks (`asker`), the post above that a decline climbed to (`above`), whoever appoints
 * to the post (`appointer`).
 */
export type Party = 'asked' | 'asker' | 'above' | 'appointer'

export interface Move {
  from: readonly TaskingState[]
  to: TaskingState
  by: readonly Party[]
}

const UNDER_WAY = ['offered', 'accepted', 'in_progress', 'blocked'] as const

/** A tasking inside the mission: declining needs a reason and climbs; only the post above ends it so. */
const taskingMoves: Partial<Record<TaskingActKind, Move>> = {
  accept: { from: ['offered'], to: 'accepted', by: ['asked'] },
  begin: { from: ['offered', 'accepted'], to: 'in_progress', by: ['asked'] },
  decline: { from: ['offered'], to: 'declined', by: ['asked'] },
  block: { from: ['accepted', 'in_progress'], to: 'blocked', by: ['asked'] },
  resume: { from: ['blocked'], to: 'in_progress', by: ['asked'] },
  done: { from: UNDER_WAY, to: 'done', by: ['asked'] },
  take_on: { from: ['declined'], to: 'accepted', by: ['above'] },
  pass_up: { from: ['declined'], to: 'declined', by: ['above'] },
  uphold: { from: ['declined'], to: 'not_taken_on', by: ['above'] },
  hand_on: { from: [...UNDER_WAY, 'declined'], to: 'offered', by: ['above', 'appointer', 'asker'] },
  refer: { from: [...UNDER_WAY, 'declined'], to: 'referred', by: ['asker', 'above'] },
  return: { from: ['referred'], to: 'offered', by: ['asker'] },
  cancel: { from: [...UNDER_WAY, 'declined', 'referred'], to: 'cancelled', by: ['asker'] },
}

/** A request: accepted, answered with something else, or declined, which ends it and climbs nowhere. */
const requestMoves: Partial<Record<TaskingActKind, Move>> = {
  accept: { from: ['offered'], to: 'accepted', by: ['asked'] },
  counter: { from: ['offered', 'accepted'], to: 'alternative', by: ['asked'] },
  agree: { from: ['alternative'], to: 'accepted', by: ['asker'] },
  decline: { from: ['offered', 'alternative', 'accepted'], to: 'declined', by: ['asked'] },
  done: { from: ['accepted'], to: 'done', by: ['asked'] },
  hand_on: { from: ['offered', 'alternative', 'accepted'], to: 'offered', by: ['appointer', 'asker'] },
  cancel: { from: ['offered', 'alternative', 'accepted'], to: 'cancelled', by: ['asker'] },
}

export const GRAMMAR: Readonly<Record<TaskingKind, Partial<Record<TaskingActKind, Move>>>> = {
  tasking: taskingMoves,
  request: requestMoves,
}

/** The move an act makes from this state, or null where the grammar of the kind has none. */
export function moveOf(kind: TaskingKind, state: TaskingState, act: TaskingActKind): Move | null {
  const move = GRAMMAR[kind][act]
  return move?.from.includes(state) ? move : null
}

/** Acts that the grammar allows from this state to one of these parties, in the grammar's order. */
export function actsOpenTo(
  kind: TaskingKind,
  state: TaskingState,
  parties: readonly Party[],
): TaskingActKind[] {
  return TASKING_ACTS.filter(act => moveOf(kind, state, act)?.by.some(party => parties.includes(party)))
}

/** Whether anything may still be done about it. */
export function isOpenTasking({ kind, state }: { kind: TaskingKind; state: TaskingState }): boolean {
  return Object.values(GRAMMAR[kind]).some(move => move.from.includes(state))
}

/** Whether the person who has it is behind their date; never a request, and nothing that headquarters has. */
export function isOverdueTasking(
  tasking: { kind: TaskingKind; state: TaskingState; dueAt: number },
  now: number,
): boolean {
  return (
    tasking.kind === 'tasking' &&
    isOpenTasking(tasking) &&
    tasking.state !== 'referred' &&
    tasking.dueAt < now
  )
}

/** Acts whose words must be given: what the mission's own decline, block and refer says why; done says what for. */
export function wordsNeeded(kind: TaskingKind, act: TaskingActKind, to: Constituency): boolean {
  if (act === 'decline') return kind === 'tasking' || TASKABLE.includes(to)
  return ['block', 'pass_up', 'refer', 'counter', 'done'].includes(act)
}

/** Whether nobody of those asked is named, and any of them may answer: agencies and NGOs. */
export function isAskedAsWhole(constituency: Constituency): boolean {
  return sideOf(constituency) === 'humanitarian'
}

/**
 * What `from` may do towards `to` by the mission's table: give it a task, ask it, or neither (null).
 *
 * A row for the role itself goes before one for its constituency. Agencies, NGOs and human rights officers are asked
 * and never tasked, whatever the table says; observers and the host State are neither.
 *
 * @param from a role.
 * @param to a role, or a constituency.
 */
export function mayTask(mission: Mission, from: string, to: string): TaskingKind | null {
  const role = findRole(mission, to)
  const constituency = (role?.constituency ?? to) as Constituency
  if (constituency === 'host_state' || mission.oversight.includes(to)) return null
  const rows = mission.tasking.filter(row => row.from === from)
  const row =
    rows.find(candidate => candidate.to === to) ?? rows.find(candidate => candidate.to === constituency)
  if (!row) return null
  return TASKABLE.includes(constituency) ? row.kind : 'request'
}

/**
 * As {@link mayTask}, between posts where they are held: one of a sector tasks and asks posts of its own sector and of
 * the whole mission only.
 *
 * @param to a post, or a whole constituency.
 */
export function mayTaskPost(mission: Mission, from: RoleRef, to: RoleRef | Constituency): TaskingKind | null {
  if (typeof to === 'string') return mayTask(mission, from.role, to)
  if (from.sector !== null && to.sector !== null && from.sector !== to.sector) return null
  return mayTask(mission, from.role, to.role)
}

/**
 * The posts above the one that was given a tasking, lowest first, on its component's own ladder. A post that
 * stands on no ladder comes in below the lowest rung that appoints to it, else below all.
 */
export function postsAbove(
  mission: Mission,
  {
    toRole,
    toConstituency,
    sector,
  }: { toRole: string | null; toConstituency: Constituency; sector: string | null },
): RoleRef[] {
  if (toRole === null) return []
  const [id = toRole, where] = toRole.split('@')
  const ladder =
    mission.ladders.find(({ rungs }) => rungs.some(rung => rung.role === id)) ??
    mission.ladders.find(({ constituency }) => constituency === toConstituency)
  if (!ladder) return []
  const at = ladder.rungs.findIndex(rung => rung.role === id)
  const head = findRole(mission, id)?.appointedBy
  const from = at === -1 ? ladder.rungs.findIndex(rung => rung.role === head) : at + 1
  const place = where ?? sector
  return ladder.rungs
    .slice(Math.max(0, from))
    .filter(({ role, scope }) => role !== id && (scope === 'mission' || place !== null))
    .map(({ role, scope }) => ({ role, sector: scope === 'sector' ? (place ?? null) : null }))
}
