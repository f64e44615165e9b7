/** Meetings of a group: what becomes of one, of what is said in it, and what it came to. Pure. */

import type { Constituency, Mark } from './mission.ts'
import { asksConsent, type QuoteState } from './quote.ts'
import { nearestRank } from './rank.ts'

export const MEETING_STATES = ['planned', 'open', 'closed', 'cancelled'] as const
export type MeetingState = (typeof MEETING_STATES)[number]
export const MEETING_MOVES = ['open', 'close', 'cancel'] as const
export type MeetingMove = (typeof MEETING_MOVES)[number]

/** Where a meeting stands after a move; null where it cannot be made. One that was held is never cancelled. */
export function afterMeetingMove(state: MeetingState, move: MeetingMove): MeetingState | null {
  if (move === 'open') return state === 'planned' ? 'open' : null
  if (move === 'close') return state === 'open' ? 'closed' : null
  return state === 'planned' ? 'cancelled' : null
}

/** What is on record of a meeting: marked messages, points put on the agenda, and what a component reported. */
export const ENTRY_KINDS = ['decision', 'action', 'dissent', 'information', 'point'] as const
export type EntryKind = (typeof ENTRY_KINDS)[number]

/** At which level a post was there: whoever holds it, an alternate, somebody sent, nobody. */
export const GRADES = ['holder', 'alternate', 'delegate', 'absent'] as const
export type Grade = (typeof GRADES)[number]

/** What a meeting came to, as far as that is on record. */
export interface Outcome {
  decisions: number
  /** Taskings and requests that came from it. */
  tasks: number
  /** Why there are none. */
  because: string | null
}

/** Whether a meeting may close: with a decision or a task, or a reason why there is none. */
export const mayClose = ({ decisions, tasks, because }: Outcome): boolean =>
  decisions + tasks > 0 || because !== null

/** The state in which words of an author enter: their own and those of the mission at once, others' when they agree. */
export function entersAs(constituency: Constituency | null, own: boolean): QuoteState {
  return !own && asksConsent(constituency) ? 'asked' : 'stands'
}

export interface Held {
  state: MeetingState
  outcomes: number
}

/** How many of the meetings held came to a decision or a task; null share where none was held. */
export function shareWithOutcomes(meetings: readonly Held[]): {
  held: number
  withOutcomes: number
  share: number | null
} {
  const held = meetings.filter(({ state }) => state === 'closed')
  const withOutcomes = held.filter(({ outcomes }) => outcomes > 0).length
  return { held: held.length, withOutcomes, share: held.length === 0 ? null : withOutcomes / held.length }
}

/** How old the open decisions are: how many, the middle one and the oldest, in milliseconds; null where none is open. */
export function agesOf(
  decisions: readonly { at: number; doneAt: number | null }[],
  now: number,
): { open: number; median: number; oldest: number } | null {
  const ages = decisions.filter(({ doneAt }) => doneAt === null).map(({ at }) => now - at)
  const median = nearestRank(ages, 0.5)
  return median === null ? null : { open: ages.length, median, oldest: Math.max(...ages) }
}

/** The next moment of a cadence after `now`, counted from the last meeting planned (all epoch ms). */
export function nextMeetingAt(last: number, everyMs: number, now: number): number {
  const steps = Math.max(1, Math.floor((now - last) / everyMs) + 1)
  return last + steps * everyMs
}

/** The kind of record a mark makes; information and dissent say something, decisions and actions ask for something. */
export const isAsking = (mark: Mark | EntryKind): boolean => mark === 'decision' || mark === 'action'
