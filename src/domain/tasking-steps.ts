/** The steps of a tasking, as people write them: one line each, in order, with what must be done first. */

export interface Step {
  /** From 1. */
  position: number
  what: string
  /** Positions of the steps that must be done first. */
  after: number[]
}

/** Why steps cannot be kept: `unknown` names a step that is not there, `cycle` those that wait for each other. */
export type StepProblem =
  | { problem: 'unknown'; step: string; after: number }
  | { problem: 'cycle'; steps: string[] }

const AFTER = /\s*[([]\s*(?:after|après|apres)\s+([\d\s,;+&]+?)\s*[)\]]\s*$/iu
const NUMBER = /^\s*\d+\s*[.)]\s*/

/**
 * Reads steps from text: one line each, `1.` in front or not, ending in `(after 1, 2)` or `(après 1, 2)` where others
 * must be done first. Empty lines are passed over.
 */
export function parseSteps(text: string): Step[] {
  return text
    .split('\n')
    .map(line => line.trim())
    .filter(line => line !== '')
    .map((line, index) => {
      const match = AFTER.exec(line)
      const after = (match?.[1]?.match(/\d+/g) ?? []).map(Number)
      const what = line.replace(AFTER, '').replace(NUMBER, '').trim()
      return { position: index + 1, what, after: [...new Set(after)] }
    })
}

/** Steps as they are written in a form. */
export function writeSteps(steps: readonly Step[], word: string): string {
  return steps
    .map(({ position, what, after }) => {
      const first = after.length > 0 ? ` (${word} ${after.join(', ')})` : ''
      return `${position}. ${what}${first}`
    })
    .join('\n')
}

/** The first thing that is wrong with the order of these steps; null where they can be done one after the other. */
export function stepProblem(steps: readonly Step[]): StepProblem | null {
  const byPosition = new Map(steps.map(step => [step.position, step]))
  for (const step of steps) {
    const unknown = step.after.find(position => !byPosition.has(position))
    if (unknown !== undefined) return { problem: 'unknown', step: step.what, after: unknown }
  }
  const settled = new Set<number>()
  const follow = (step: Step, path: readonly Step[]): Step[] | null => {
    if (settled.has(step.position)) return null
    const at = path.indexOf(step)
    if (at !== -1) return [...path.slice(at), step]
    for (const position of step.after) {
      const cycle = follow(byPosition.get(position) as Step, [...path, step])
      if (cycle) return cycle
    }
    settled.add(step.position)
    return null
  }
  for (const step of steps) {
    const cycle = follow(step, [])
    if (cycle) return { problem: 'cycle', steps: cycle.map(({ what }) => what) }
  }
  return null
}

/** Steps not done yet of which everything that goes before is done. */
export function readySteps<T extends Step & { doneAt: number | null }>(steps: readonly T[]): T[] {
  const done = new Set(steps.filter(({ doneAt }) => doneAt !== null).map(({ position }) => position))
  return steps.filter(({ doneAt, after }) => doneAt === null && after.every(position => done.has(position)))
}
