/** What every noun says and writes down alike: a card, a line, an event of the trail. */
import { actorId, type Open } from './context.ts'

/** A record, by its kind in the trail (`alert`, `tasking` …) and its row. */
export interface RecordRef {
  kind: string
  id: string
}

/** The outbox target of a direct message. */
export function personTarget(personId: string): string {
  return `person:${personId}`
}

/** Puts a record's card at a target, or brings the one that stands there up to date. */
export function cardAt(open: Open, record: RecordRef, target: string, urgent = false): Promise<void> {
  return open.tx.outbox.add({
    id: open.ids.id(),
    kind: 'card',
    recordId: record.id,
    target,
    data: { record: record.kind },
    urgent,
  })
}

/** Says one line at a target. `data` holds ids and codes only: the words are rendered from the record at delivery. */
export function lineAt(
  open: Open,
  kind: string,
  recordId: string,
  target: string,
  data: Record<string, unknown> = {},
  urgent = false,
): Promise<void> {
  return open.tx.outbox.add({ id: open.ids.id(), kind, recordId, target, data, urgent })
}

/** Brings every card of a record that stands anywhere up to date. */
export async function refreshCardsOf(open: Open, record: RecordRef, urgent = false): Promise<void> {
  for (const { target } of await open.tx.cards.ofRecord(record.id)) await cardAt(open, record, target, urgent)
}

/**
 * Writes one event into the trail, by whoever acts, now. `data` holds ids, codes and names of fields; `words` are texts
 * and values, and go where they can be erased.
 */
export async function note(
  open: Open,
  record: RecordRef,
  kind: string,
  data: Record<string, unknown> = {},
  words?: Record<string, unknown>,
): Promise<void> {
  const now = open.clock.now()
  await open.tx.events.append({
    at: now,
    recordedAt: now,
    actor: actorId(open),
    kind,
    recordKind: record.kind,
    recordId: record.id,
    data,
    ...(words && Object.keys(words).length > 0 ? { words } : {}),
  })
}
