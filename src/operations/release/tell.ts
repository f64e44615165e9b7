import type { Release } from '../../db/releases.ts'
import type { Open } from '../context.ts'
import { cardAt, lineAt, note, personTarget } from '../telling.ts'

/** The card of a release: the proposal for those who decide it, the summary where it was released to a channel. */
export function releaseCard(open: Open, id: string, target: string): Promise<void> {
  return cardAt(open, { kind: 'release', id }, target)
}

/** Brings the cards of a release that stand in direct messages up to date. */
export async function refreshReleaseCards(open: Open, id: string): Promise<void> {
  for (const { target } of await open.tx.cards.ofRecord(id))
    if (target.startsWith(personTarget(''))) await releaseCard(open, id, target)
}

/** Whoever proposed it always gets an answer. */
export function tellProposer(open: Open, { id, proposedBy }: Release): Promise<void> {
  return lineAt(open, 'release.decided', id, personTarget(proposedBy))
}

/** One event of the alert's trail. */
export function releaseEvent(
  open: Open,
  release: Pick<Release, 'code' | 'alertId'>,
  kind: string,
  data: Record<string, unknown>,
  words?: Record<string, unknown>,
): Promise<void> {
  const alert = { kind: 'alert', id: release.alertId }
  return note(open, alert, kind, { release: release.code, ...data }, words)
}
