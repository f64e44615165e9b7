import type { RoleRef } from '../../domain/mission.ts'
import { personTarget } from '../alert/tell.ts'
import type { Open, Person } from '../context.ts'
import { roleKey } from '../permission.ts'

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
  await open.tx.outbox.add({
    id: open.ids.id(),
    kind: 'duty.line',
    recordId: 'role' in line ? `duty:${line.role}` : 'duty',
    target: personTarget(person.id),
    data: { ...line },
    urgent: line.line === 'yours' || line.line === 'test_missed',
  })
}

/** Writes an event about a role into the trail; words go where they can be erased. */
export async function recordDuty(
  open: Open,
  ref: RoleRef,
  kind: string,
  data: Record<string, unknown>,
  words?: Record<string, unknown>,
): Promise<void> {
  const now = open.clock.now()
  await open.tx.events.append({
    at: now,
    recordedAt: now,
    actor: open.actor.kind === 'person' ? open.actor.person.id : 'system',
    kind,
    recordKind: 'role',
    recordId: roleKey(ref),
    data,
    ...(words ? { words } : {}),
  })
}
