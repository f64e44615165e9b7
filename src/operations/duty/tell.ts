import type { RoleRef } from '../../domain/mission.ts'
import type { Open, Person } from '../context.ts'
import { roleKey } from '../permission.ts'
import { lineAt, note, personTarget } from '../telling.ts'

/** What a direct message about duties tells: ids and codes, rendered from the rows at delivery. */
export type DutyLine =
  /** The duty is yours from now on; `from` is the period that ended with it, whose note the next one reads. */
  | { line: 'yours'; role: string; from: string | null }
  /** Somebody else has taken it over. */
  | { line: 'taken'; role: string; by: string }
  /** A test message was not confirmed. */
  | { line: 'test_missed'; role: string; test: string }
  /** Posts that nobody holds. */
  | { line: 'vacant'; roles: string[] }

/** Says something about duties to one person. */
export async function tellDuty(open: Open, person: Pick<Person, 'id'>, line: DutyLine): Promise<void> {
  const recordId = 'role' in line ? `duty:${line.role}` : 'duty'
  const urgent = line.line === 'yours' || line.line === 'test_missed'
  await lineAt(open, 'duty.line', recordId, personTarget(person.id), { ...line }, urgent)
}

/** Writes an event about a role into the trail; words go where they can be erased. */
export function recordDuty(
  open: Open,
  ref: RoleRef,
  kind: string,
  data: Record<string, unknown>,
  words?: Record<string, unknown>,
): Promise<void> {
  return note(open, { kind: 'role', id: roleKey(ref) }, kind, data, words)
}
