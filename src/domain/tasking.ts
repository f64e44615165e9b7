import { type Constituency, findRole, type Mission, TASKABLE, type TaskingKind } from './mission.ts'

/**
 * What `from` may do towards `to` by the mission's table: give it a task, ask it, or neither (null).
 *
 * A row for the role itself goes before one for its constituency. Agencies, NGOs, human rights officers and the host
 * State are asked and never tasked, whatever the table says.
 *
 * @param from a role.
 * @param to a role, or a constituency.
 */
export function mayTask(mission: Mission, from: string, to: string): TaskingKind | null {
  const role = findRole(mission, to)
  const constituency = (role?.constituency ?? to) as Constituency
  const rows = mission.tasking.filter(row => row.from === from)
  const row =
    rows.find(candidate => candidate.to === to) ?? rows.find(candidate => candidate.to === constituency)
  if (!row) return null
  return TASKABLE.includes(constituency) ? row.kind : 'request'
}
