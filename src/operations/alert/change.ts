import type { Alert } from '../../domain/alert.ts'
import { TocsinError } from '../../errors.ts'
import type { Open } from '../context.ts'
import { actingPerson } from '../permission.ts'

const placeFields: Record<string, string> = {
  placeId: 'place',
  placeSaid: 'place',
  lat: 'place',
  lon: 'place',
  precision: 'place',
  placeHow: 'how',
}

/** Fields by the names people know them by. */
export function shown(fields: readonly string[]): string[] {
  return [...new Set(fields.map(field => placeFields[field] ?? field))].filter(field => field !== 'triage')
}

/**
 * Compare-and-set of an alert's fields; returns the names of those that changed, none when nothing did.
 *
 * @throws TocsinError `stale` (what changed since that version).
 */
export async function change(
  open: Open,
  alert: Alert,
  version: number,
  patch: Partial<Alert>,
): Promise<string[]> {
  const fields = Object.entries(patch)
    .filter(([field, value]) => JSON.stringify(alert[field as keyof Alert]) !== JSON.stringify(value))
    .map(([field]) => field)
  if (fields.length === 0) return []
  if (!(await open.tx.alerts.update(alert.id, version, patch))) {
    throw new TocsinError('stale', {
      details: { code: alert.code, changed: await changedSince(open, alert.id, version) },
    })
  }
  const now = open.clock.now()
  await open.tx.events.append({
    at: now,
    recordedAt: now,
    actor: actingPerson(open).id,
    kind: 'alert.changed',
    recordKind: 'alert',
    recordId: alert.id,
    data: { fields, version: version + 1 },
    words: {
      before: Object.fromEntries(fields.map(field => [field, alert[field as keyof Alert]])),
      after: Object.fromEntries(fields.map(field => [field, patch[field as keyof Alert]])),
    },
  })
  return fields
}

async function changedSince(open: Open, alertId: string, version: number): Promise<string[]> {
  const events = await open.tx.events.ofRecord('alert', alertId)
  const fields = events
    .filter(event => event.kind === 'alert.changed' && Number(event.data.version) > version)
    .flatMap(event => event.data.fields as string[])
  return shown(fields)
}
