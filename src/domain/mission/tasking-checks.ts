import { unknownName } from './names.ts'
import { type MissionProblem, problem } from './problem.ts'
import type { MissionFile } from './schema.ts'

/** Problems of who reads scorecards and taskings, and of when people are reminded. */
export function taskingSectionProblems({ taskings, reminders, roles }: MissionFile): MissionProblem[] {
  const problems: MissionProblem[] = []
  taskings.scorecards.senior?.forEach((role, index) => {
    problems.push(...unknownName(['taskings', 'scorecards', 'senior', index], 'role', role, roles))
  })
  taskings.audience.forEach((constituency, index) => {
    if (!['un_agency', 'ngo', 'host_state'].includes(constituency)) return
    problems.push(
      problem(
        ['taskings', 'audience', index],
        `Everybody of ${constituency} would read what the mission's components give each other to do.`,
        'Name components of the mission; an agency reads the requests that it is asked.',
      ),
    )
  })
  for (const kind of ['tasking', 'request', 'referred'] as const) {
    reminders[kind].forEach(({ when, byMs }, index) => {
      if ((when === 'on_due') === (byMs === 0)) return
      problems.push(
        problem(
          ['reminders', kind, index, 'by'],
          when === 'on_due'
            ? 'A reminder on the date counts from nothing else.'
            : 'It is not said by how long.',
          when === 'on_due' ? 'Leave `by` out, or write when: before or after.' : 'Add by: such as 1d.',
        ),
      )
    })
  }
  return problems
}
