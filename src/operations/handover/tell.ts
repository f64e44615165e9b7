import type { Handover } from '../../db/handovers.ts'
import { personTarget } from '../alert/tell.ts'
import type { Open } from '../context.ts'

/** The table of a handover, to those who must know. */
export async function tellTable(open: Open, handover: Handover, personIds: readonly string[]): Promise<void> {
  for (const id of new Set(personIds)) {
    await open.tx.outbox.add({
      id: open.ids.id(),
      kind: 'handover.table',
      recordId: handover.id,
      target: personTarget(id),
      data: {},
      urgent: false,
    })
  }
}

/** Brings the cards of an item up to date, wherever they stand. */
export async function refreshItem(open: Open, itemId: string): Promise<void> {
  for (const { target } of await open.tx.cards.ofRecord(itemId))
    await addItemCard(open, itemId, target.slice('person:'.length))
}

/** The card of an item, for the successor it is offered to. */
export function addItemCard(open: Open, itemId: string, personId: string): Promise<void> {
  return open.tx.outbox.add({
    id: open.ids.id(),
    kind: 'card',
    recordId: itemId,
    target: personTarget(personId),
    data: { record: 'handover' },
    urgent: true,
  })
}

/** Writes an event about a handover into the trail of the person who leaves. */
export function recordHandover(
  open: Open,
  kind: string,
  handover: Handover,
  data: Record<string, unknown>,
): Promise<unknown> {
  const now = open.clock.now()
  return open.tx.events.append({
    at: now,
    recordedAt: now,
    actor: open.actor.kind === 'person' ? open.actor.person.id : 'system',
    kind,
    recordKind: 'person',
    recordId: handover.personId,
    data: { handover: handover.id, ...data },
  })
}
