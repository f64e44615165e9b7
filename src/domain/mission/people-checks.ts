import { sideOf } from '../side.ts'
import { SIDES } from './codes.ts'
import { type MissionProblem, problem } from './problem.ts'
import type { MissionFile } from './schema.ts'

/** Problems of who confirms people, and of how they are asked whether they can be reached. */
export function peopleProblems(file: MissionFile): MissionProblem[] {
  const problems: MissionProblem[] = []
  file.roles.forEach(({ id, administers, constituency }, index) => {
    if (administers === undefined || sideOf(constituency) === administers) return
    problems.push(
      problem(
        ['roles', index, 'administers'],
        `The role "${id}" belongs to ${constituency}, yet it would confirm people of the ${administers} side.`,
        'Each side confirms its own people: name a role of that side, or remove administers.',
      ),
    )
  })
  for (const side of SIDES) {
    if (file.roles.some(({ administers }) => administers === side)) continue
    problems.push(
      problem(
        ['roles'],
        `No role administers the ${side} side, so nobody could confirm its people.`,
        `Add administers: ${side} to a role of that side.`,
      ),
    )
  }
  if (file.people.reach_answer_within >= file.people.reach_every) {
    problems.push(
      problem(
        ['people', 'reach_answer_within'],
        'People would be asked again before the time to answer has passed.',
        'Make reach_answer_within shorter than reach_every.',
      ),
    )
  }
  return problems
}
