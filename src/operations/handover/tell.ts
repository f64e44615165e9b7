import type { Handover } from '../../db/handovers.ts'
import type { Open } from '../context.ts'
import { cardAt, lineAt, note, personTarget, refreshCardsOf } from '../telling.ts'

const item = (id: string) => ({ kind: 'handover', id })

/** The table of a handover, to those who must know. */
export async function tellTable(open: Open, handover: Handover, personIds: readonly string[]): Promise<void> {
  for (const id of new Set(personIds)) await lineAt(open, 'handover.table', handover.id, personTarget(id))
}

/** Brings the cards of an item up to date, wherever they stand. */
export function refreshItem(open: Open, itemId: string): Promise<void> {
  return refreshCardsOf(open, item(itemId), true)
}

/** The card of an item, for the successor it is offered to. */
export function addItemCard(open: Open, itemId: string, personId: string): Promise<void> {
  return cardAt(open, item(itemId), personTarget(personId), true)
}

/** Writes an event about a handover into the trail of the person who leaves. */
export function recordHandover(
  open: Open,
  kind: string,
  handover: Handover,
  data: Record<string, unknown>,
): Promise<void> {
  const person = { kind: 'person', id: handover.personId }
  return note(open, person, kind, { handover: handover.id, ...data })
}
