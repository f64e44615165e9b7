import { CONSTITUENCIES, type Constituency, TASKABLE } from './codes.ts'
import { unknownName } from './names.ts'
import { type MissionProblem, problem } from './problem.ts'
import type { MissionFile } from './schema.ts'

/** Problems of who appoints whom, who advises, and who may task whom. */
export function dutyProblems(file: MissionFile): MissionProblem[] {
  return [...appointmentProblems(file), ...adviserProblems(file), ...taskingProblems(file)]
}

function appointmentProblems(file: MissionFile): MissionProblem[] {
  const roleOf = new Map(file.roles.map(role => [role.id, role]))
  return file.roles.flatMap((role, index) => {
    if (role.appointed_by === undefined) return []
    const keys = ['roles', index, 'appointed_by']
    const head = roleOf.get(role.appointed_by)
    if (!head) return unknownName(keys, 'role', role.appointed_by, file.roles)
    if (role.scope === 'mission' && head.scope === 'sector') {
      return [
        problem(
          keys,
          `"${role.id}" is held for the whole mission, and "${head.id}", which appoints to it, once in every sector.`,
          'Name a role with scope: mission.',
        ),
      ]
    }
    const above = new Set([role.id])
    for (let next = role.appointed_by as string | undefined; next; next = roleOf.get(next)?.appointed_by) {
      if (next === role.id) {
        return [
          problem(
            keys,
            `"${role.id}" would appoint to itself, so nobody would hear that it is vacant.`,
            'Name a role above it, and none for the highest.',
          ),
        ]
      }
      if (above.has(next)) break
      above.add(next)
    }
    return []
  })
}

function adviserProblems(file: MissionFile): MissionProblem[] {
  const { poc_adviser: adviser } = file.mission
  if (adviser === undefined) return []
  const keys = ['mission', 'poc_adviser']
  if (file.roles.find(({ id }) => id === adviser)?.scope === 'sector') {
    return [
      problem(
        keys,
        `The role "${adviser}" is held per sector.`,
        'Name a role with scope: mission, or give it that scope.',
      ),
    ]
  }
  return unknownName(keys, 'role', adviser, file.roles)
}

function taskingProblems(file: MissionFile): MissionProblem[] {
  const constituencies = CONSTITUENCIES.map(id => ({ id }))
  const seen = new Set<string>()
  return file.tasking.flatMap(({ from, to, kind }, index) => {
    const keys = ['tasking', index]
    const target = file.roles.find(({ id }) => id === to)
    const problems = unknownName([...keys, 'from'], 'role', from, file.roles)
    if (!target)
      problems.push(
        ...unknownName([...keys, 'to'], 'role or constituency', to, [...file.roles, ...constituencies]),
      )
    const constituency = target?.constituency ?? CONSTITUENCIES.find(id => id === to)
    if (kind === 'tasking' && constituency && !mayBeTasked(constituency)) {
      problems.push(
        problem(
          [...keys, 'kind'],
          `"${to}" is not the mission's to task: it may be asked, and may decline.`,
          'Write kind: request.',
        ),
      )
    }
    const author = file.roles.find(({ id }) => id === from)
    if (kind === 'tasking' && author && !mayBeTasked(author.constituency)) {
      problems.push(
        problem(
          [...keys, 'kind'],
          `"${from}" is no part of the mission's chains and cannot task it.`,
          'Write kind: request.',
        ),
      )
    }
    const pair = `${from} ${to}`
    if (seen.has(pair)) {
      problems.push(
        problem(keys, `"${from}" and "${to}" stand in the table twice.`, 'Keep one of the two rows.'),
      )
    }
    seen.add(pair)
    return problems
  })
}

const mayBeTasked = (constituency: Constituency): boolean => TASKABLE.includes(constituency)
