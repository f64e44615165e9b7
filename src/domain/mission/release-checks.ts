import { sideOf } from '../side.ts'
import { unknownName } from './names.ts'
import { type MissionProblem, problem } from './problem.ts'
import type { MissionFile } from './schema.ts'

/** Problems of who decides what is shown to others: each part of the house has its own, for the whole mission. */
export function releaseProblems(file: MissionFile): MissionProblem[] {
  return (['mission', 'human_rights', 'humanitarian'] as const).flatMap(part => {
    const keys = ['releasing', part]
    const id = file.releasing[part]
    const role = file.roles.find(candidate => candidate.id === id)
    if (!role) return unknownName(keys, 'role', id, file.roles)
    const { constituency } = role
    const belongs = part === 'human_rights' ? constituency === part : sideOf(constituency) === part
    if (belongs && role.scope === 'mission') return []
    return [
      problem(
        keys,
        belongs
          ? `The role "${id}" is held per sector, yet it decides for the whole mission.`
          : `The role "${id}" belongs to ${constituency}, yet it would decide what of others' records is shown.`,
        `Name a role of that part with scope: mission.`,
      ),
    ]
  })
}
