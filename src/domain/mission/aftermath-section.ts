/** Sections of the mission file about what follows an alert: telling the authorities, and the community. */
import { z } from 'zod'
import { unknownName } from './names.ts'
import { duration, id } from './parts.ts'
import { type MissionProblem, problem } from './problem.ts'
import type { MissionFile } from './schema.ts'

/** Left out: any post that keeps the record tells; the civilian ladder's second rung and human rights decide. */
export const authoritiesSection = z.strictObject({
  liaison: z.array(id).min(1).optional(),
  head_of_office: id.optional(),
  human_rights: id.optional(),
})

export const feedbackSection = z.strictObject({
  role: id.optional(),
  remind_every: duration.optional(),
  reprisals_after: z.array(duration).optional(),
})

const DAY_MS = 86_400_000

export interface AftermathRules {
  authorities: {
    /** Posts that may tell the authorities; null: all that keep an alert's record. */
    liaison: readonly string[] | null
    /** The roles that decide where State forces may be behind a threat, each by another person. */
    headOfOffice: string
    humanRights: string
  }
  /** `role` null: the first on the list of those informed that never owns an alert. Times in milliseconds. */
  feedback: { role: string | null; remindEveryMs: number; reprisalsAfterMs: readonly number[] }
}

export function aftermathOf(file: MissionFile): AftermathRules {
  const { authorities, feedback, ladders, releasing } = file
  const civilian = ladders.find(({ slot }) => slot === 'civilian')?.rungs
  const head = civilian?.[1]?.role ?? civilian?.[0]?.role ?? file.mission.operations_centre
  return {
    authorities: {
      liaison: authorities?.liaison ?? null,
      headOfOffice: authorities?.head_of_office ?? head,
      humanRights: authorities?.human_rights ?? releasing.human_rights,
    },
    feedback: {
      role: feedback?.role ?? null,
      remindEveryMs: feedback?.remind_every ?? DAY_MS,
      reprisalsAfterMs: feedback?.reprisals_after ?? [7 * DAY_MS, 30 * DAY_MS],
    },
  }
}

/** Problems of who tells the authorities and the community, and who decides. */
export function aftermathProblems(file: MissionFile): MissionProblem[] {
  const { authorities, feedback, roles } = file
  const named: [PropertyKey[], string | undefined][] = [
    ...(authorities?.liaison ?? []).map((role, at): [PropertyKey[], string] => [
      ['authorities', 'liaison', at],
      role,
    ]),
    [['authorities', 'head_of_office'], authorities?.head_of_office],
    [['authorities', 'human_rights'], authorities?.human_rights],
    [['feedback', 'role'], feedback?.role],
  ]
  const problems = named.flatMap(([keys, role]) =>
    role === undefined ? [] : unknownName(keys, 'role', role, roles),
  )
  const rights = roles.find(({ id }) => id === authorities?.human_rights)
  if (rights && rights.constituency !== 'human_rights')
    problems.push(
      problem(
        ['authorities', 'human_rights'],
        `The role "${rights.id}" belongs to ${rights.constituency}, yet it would decide for human rights.`,
        'Name a role of the human rights section.',
      ),
    )
  return problems
}
