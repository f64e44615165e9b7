import { refusedTerm } from '../refused-terms.ts'
import { unknownName } from './names.ts'
import { type MissionProblem, problem } from './problem.ts'
import type { MissionFile } from './schema.ts'

/** Layers whose readers are rung up by whoever marks an alert. */
const PHONED = ['child_protection', 'sexual_violence']

/** Problems of who reads what only some may read, and of the groups that may be alleged. */
export function layerProblems(file: MissionFile): MissionProblem[] {
  const problems: MissionProblem[] = []
  for (const [layer, roles] of Object.entries(file.layers)) {
    roles.forEach((id, index) => {
      const keys = ['layers', layer, index]
      problems.push(...unknownName(keys, 'role', id, file.roles))
      const role = file.roles.find(candidate => candidate.id === id)
      if (role?.constituency === 'host_state')
        problems.push(
          problem(
            keys,
            `The role "${id}" belongs to the host State, which no layer is opened to.`,
            'Take the role off the list.',
          ),
        )
      if (role && PHONED.includes(layer) && role.phone === undefined)
        problems.push(
          problem(
            keys,
            `The role "${id}" has no telephone, yet it is to be rung up about what is not written down.`,
            `Add phone: … to the role "${id}".`,
          ),
        )
    })
  }
  file.groups.forEach(({ id, name }, index) => {
    const refused = [id, ...Object.values(name)].map(refusedTerm).find(found => found !== undefined)
    if (refused === undefined) return
    problems.push(
      problem(
        ['groups', index],
        `The group "${id}" is named after a people or a community ("${refused}").`,
        'Name an organisation by the name it gives itself, or leave it out.',
      ),
    )
  })
  return problems
}
