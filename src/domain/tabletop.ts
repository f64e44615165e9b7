/** Table-top exercises: what happens when, who answers, and how that compares with an earlier one. Pure. */
import type { Mission, Role } from './mission.ts'
import { nearestRank } from './rank.ts'
import { sideOf } from './side.ts'

export const EXERCISE_STATES = ['planned', 'running', 'ended', 'closed', 'cancelled'] as const
export type ExerciseState = (typeof EXERCISE_STATES)[number]
export type ExerciseMove = 'start' | 'cancel' | 'end' | 'review'

const MOVES: Readonly<Record<ExerciseMove, { from: ExerciseState; to: ExerciseState }>> = {
  start: { from: 'planned', to: 'running' },
  cancel: { from: 'planned', to: 'cancelled' },
  end: { from: 'running', to: 'ended' },
  review: { from: 'ended', to: 'closed' },
}

/** Where an exercise stands after a move; null where it cannot be made. It closes by its review alone. */
export function afterExerciseMove(state: ExerciseState, move: ExerciseMove): ExerciseState | null {
  return MOVES[move].from === state ? MOVES[move].to : null
}

/** Roles of the mission take part, but oversight; agencies and NGOs are not made to play. */
export const mayPlay = ({ oversight }: Pick<Mission, 'oversight'>, { id, constituency }: Role): boolean =>
  sideOf(constituency) === 'mission' && !oversight.includes(id)

/** What the players are told, and so long after the start (ms). */
export interface ScriptLine {
  afterMs: number
  text: string
}

const LINE = /^\s*\+\s*(?:(\d{1,2})\s*h)?\s*(\d{1,3})?\s*(?:min)?\s+(.*\S)\s*$/iu

/**
 * Reads a script: one event a line, its time after the start in front (`+0`, `+15`, `+1h`, `+1h30`); empty lines are
 * passed over. In the order of their times.
 *
 * @returns the first line that cannot be read, where there is one.
 */
export function parseScript(text: string): { lines: ScriptLine[] } | { wrong: string } {
  const lines: ScriptLine[] = []
  for (const line of text.split('\n').filter(each => each.trim() !== '')) {
    const [, hours, minutes, what] = LINE.exec(line) ?? []
    if (what === undefined || (hours === undefined && minutes === undefined)) return { wrong: line.trim() }
    lines.push({ afterMs: (Number(hours ?? 0) * 60 + Number(minutes ?? 0)) * 60_000, text: what })
  }
  return { lines: lines.sort((a, b) => a.afterMs - b.afterMs) }
}

/** How quickly something was answered: how often it was awaited, how often it came, and the middle time (ms). */
export interface Answered {
  asked: number
  answered: number
  median: number | null
}

/** @param took for each time it was awaited how long it took, in ms; null where it never came. */
export function answeredIn(took: readonly (number | null)[]): Answered {
  const times = took.filter(each => each !== null)
  return { asked: took.length, answered: times.length, median: nearestRank(times, 0.5) }
}
