/** What each component was given and what became of it. Agencies and NGOs are in none of it. */
import { type Constituency, TASKABLE, type TaskingKind } from './mission.ts'
import { isOverdueTasking, type TaskingState } from './tasking.ts'

export interface ScoredTasking {
  kind: TaskingKind
  state: TaskingState
  dueAt: number
  /** When it came to stand so: for one that is done, when it was done. */
  stateAt: number
  toConstituency: Constituency
  exercise: boolean
  /** Whether the POC unit answers for it. */
  pocUnit: boolean
  acts: readonly { kind: string; words: string | null }[]
}

export interface Scorecard {
  constituency: Constituency
  offered: number
  accepted: number
  done: number
  /** Done after the date, or not done and past it. */
  late: number
  blocked: number
  declined: number
  notTakenOn: number
  /** Reasons of those that were declined, newest last. */
  reasons: string[]
}

/** The share of the mission's open and done tasks that the POC unit answers for. */
export interface UnitShare {
  unit: number
  all: number
}

/** One card per component of the mission that is tasked, in the order of the constituencies. Exercises are left out. */
export function scorecards(taskings: readonly ScoredTasking[], now: number): Scorecard[] {
  return TASKABLE.map(constituency => {
    const theirs = live(taskings).filter(tasking => tasking.toConstituency === constituency)
    const did = (kind: string) => (tasking: ScoredTasking) => tasking.acts.some(act => act.kind === kind)
    const took = (tasking: ScoredTasking) =>
      ['accept', 'begin', 'take_on', 'done'].some(kind => did(kind)(tasking))
    return {
      constituency,
      offered: theirs.length,
      accepted: theirs.filter(took).length,
      done: theirs.filter(({ state }) => state === 'done').length,
      late: theirs.filter(
        tasking =>
          isOverdueTasking(tasking, now) || (tasking.state === 'done' && tasking.stateAt > tasking.dueAt),
      ).length,
      blocked: theirs.filter(({ state }) => state === 'blocked').length,
      declined: theirs.filter(did('decline')).length,
      notTakenOn: theirs.filter(({ state }) => state === 'not_taken_on').length,
      reasons: theirs.flatMap(({ acts }) =>
        acts.flatMap(({ kind, words }) => (kind === 'decline' && words ? [words] : [])),
      ),
    }
  })
}

/** How much of what the mission's components were given the POC unit has to do itself. */
export function unitShare(taskings: readonly ScoredTasking[]): UnitShare {
  const all = live(taskings).filter(({ state }) => state !== 'cancelled' && state !== 'not_taken_on')
  return { unit: all.filter(({ pocUnit }) => pocUnit).length, all: all.length }
}

const live = (taskings: readonly ScoredTasking[]) =>
  taskings.filter(
    ({ kind, exercise, toConstituency }) =>
      kind === 'tasking' && !exercise && TASKABLE.includes(toConstituency),
  )
