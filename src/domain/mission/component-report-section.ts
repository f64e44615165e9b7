import { z } from 'zod'
import type { Constituency } from './codes.ts'
import * as codes from './codes.ts'
import { unknownName } from './names.ts'
import { duration, id, localText, timeOfDay } from './parts.ts'
import { type MissionProblem, problem } from './problem.ts'
import type { MissionFile } from './schema.ts'
import type { LocalText } from './types.ts'

const HOUR_MS = 3_600_000

/** `component_reports`: who reports to the operations centre every day, and by when. */
export const componentReportsSection = z
  .strictObject({
    due: timeOfDay,
    ask_before: duration.default(2 * HOUR_MS),
    audience: z
      .array(z.enum(codes.CONSTITUENCIES))
      .min(1)
      .default(['military', 'police', 'mission_civilian', 'human_rights']),
    components: z.array(z.strictObject({ id, name: localText, role: id })).min(1),
  })
  .optional()

export interface ReportingComponent {
  id: string
  name: LocalText
  /** Whose holders report for it. */
  role: string
  holder: Constituency
}

/** Null: no component reports. Times in milliseconds; `due` as HH:mm in the mission's zone. */
export type ComponentReportRules = {
  due: string
  askBeforeMs: number
  audience: readonly Constituency[]
  components: readonly ReportingComponent[]
} | null

export function toComponentReports(file: MissionFile): ComponentReportRules {
  const section = file.component_reports
  if (!section) return null
  return {
    due: section.due,
    askBeforeMs: section.ask_before,
    audience: section.audience,
    components: section.components.map(component => ({
      ...component,
      holder: file.roles.find(role => role.id === component.role)?.constituency ?? 'mission_civilian',
    })),
  }
}

/** Who reports is a role of the whole mission, and none of the humanitarian side: it owes the mission nothing. */
export function componentReportProblems(file: MissionFile): MissionProblem[] {
  const { roles } = file
  return (file.component_reports?.components ?? []).flatMap(({ role }, index) => {
    const at = ['component_reports', 'components', index, 'role']
    const known = roles.find(each => each.id === role)
    if (!known) return unknownName(at, 'role', role, roles)
    if (known.scope === 'sector')
      return problem(
        at,
        `The role "${role}" is held per sector, yet it reports for a component of the whole mission.`,
        'Name a role with scope: mission.',
      )
    return known.constituency === 'un_agency' || known.constituency === 'ngo'
      ? problem(
          at,
          `The role "${role}" is of an agency or an NGO, which owe the mission no report.`,
          'Name a role of the mission; what partners share comes by a release.',
        )
      : []
  })
}
