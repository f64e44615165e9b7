import { z } from 'zod'
import { unknownName } from './names.ts'
import { duration, id, rule } from './parts.ts'
import { type MissionProblem, problem } from './problem.ts'
import type { MissionFile } from './schema.ts'
import type { MatrixRules } from './types.ts'

const steps = z
  .number()
  .int()
  .refine(
    value => value >= 3 && value <= 9,
    rule('This is no scale people can tell apart.', 'Write a whole number from 3 to 9.'),
  )

/** How places are ranked, and by whom; no published norm gives the scales or the cycle. */
export const matrixSection = z.strictObject({
  scales: z.strictObject({ likelihood: steps, impact: steps, vulnerability: steps }),
  chair: id,
  adopts: id,
  sector_chair: id.optional(),
  sector_adopts: id.optional(),
  humanitarian_voice: id,
  units_said_by: id.optional(),
  review_every: duration.optional(),
  answer_within: duration.optional(),
  remind_every: duration.optional(),
  near_km: z.number().positive().max(100).optional(),
  presence_within: duration.optional(),
  cluster: z
    .strictObject({
      alerts: z.number().int().min(2).max(50).optional(),
      within: duration.optional(),
      km: z.number().positive().max(100).optional(),
    })
    .optional(),
})

const DAY_MS = 24 * 3_600_000

/** The section as the rest of the house knows it; null for a mission that ranks nothing. */
export function toMatrix(section: MissionFile['matrix']): MatrixRules | null {
  if (!section) return null
  return {
    scales: section.scales,
    chair: section.chair,
    adopts: section.adopts,
    sectorChair: section.sector_chair ?? null,
    sectorAdopts: section.sector_adopts ?? null,
    humanitarianVoice: section.humanitarian_voice,
    unitsSaidBy: section.units_said_by ?? null,
    reviewEveryMs: section.review_every ?? 30 * DAY_MS,
    answerWithinMs: section.answer_within ?? 3 * DAY_MS,
    remindEveryMs: section.remind_every ?? DAY_MS,
    nearKm: section.near_km ?? 10,
    presenceWithinMs: section.presence_within ?? 30 * DAY_MS,
    clusterAlerts: section.cluster?.alerts ?? 3,
    clusterWithinMs: section.cluster?.within ?? 7 * DAY_MS,
    clusterKm: section.cluster?.km ?? section.near_km ?? 10,
  }
}

/** Problems of who chairs, adopts and speaks: of the whole mission, but for those of a sector; the voice is humanitarian. */
export function matrixProblems(file: MissionFile): MissionProblem[] {
  const { matrix } = file
  if (!matrix) return []
  const ofSector = ['sector_chair', 'sector_adopts'] as const
  const keys = ['chair', 'adopts', 'humanitarian_voice', 'units_said_by', ...ofSector] as const
  return keys.flatMap(key => {
    const name = matrix[key]
    if (name === undefined) return []
    const role = file.roles.find(({ id }) => id === name)
    if (!role) return unknownName(['matrix', key], 'role', name, file.roles)
    if (key === 'humanitarian_voice' && role.constituency !== 'un_agency' && role.constituency !== 'ngo')
      return [
        problem(
          ['matrix', key],
          `The role "${name}" belongs to ${role.constituency}, yet it would speak for the humanitarian side.`,
          'Name a role of an agency or an NGO, such as the protection cluster or OCHA.',
        ),
      ]
    if ((ofSector as readonly string[]).includes(key))
      return role.scope === 'sector'
        ? []
        : [
            problem(
              ['matrix', key],
              `The role "${name}" is the whole mission's, yet it would lead the round of one sector.`,
              'Name a role with scope: sector, or leave the key out: then the mission leads every round.',
            ),
          ]
    if (role.scope === 'mission') return []
    return [
      problem(
        ['matrix', key],
        `The role "${name}" is held per sector, yet the matrix is the whole mission's.`,
        'Name a role with scope: mission.',
      ),
    ]
  })
}
