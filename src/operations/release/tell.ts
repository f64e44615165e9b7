import type { Release } from '../../db/releases.ts'
import { personTarget } from '../alert/tell.ts'
import { actorId, type Open } from '../context.ts'

/** The card of a release: the proposal for those who decide it, the summary where it was released to a channel. */
export function releaseCard(open: Open, id: string, target: string): Promise<void> {
  return open.tx.outbox.add({
    id: open.ids.id(),
    kind: 'card',
    recordId: id,
    target,
    data: { record: 'release' },
    urgent: false,
  })
}

/** Brings the cards of a release that stand in direct messages up to date. */
export async function refreshReleaseCards(open: Open, id: string): Promise<void> {
  for (const { target } of await open.tx.cards.ofRecord(id))
    if (target.startsWith(personTarget(''))) await releaseCard(open, id, target)
}

/** Whoever proposed it always gets an answer. */
export function tellProposer(open: Open, { id, proposedBy }: Release): Promise<void> {
  return open.tx.outbox.add({
    id: open.ids.id(),
    kind: 'release.decided',
    recordId: id,
    target: personTarget(proposedBy),
    data: {},
    urgent: false,
  })
}

/** One event of the alert's trail. */
export async function releaseEvent(
  open: Open,
  release: Pick<Release, 'code' | 'alertId'>,
  kind: string,
  data: Record<string, unknown>,
  words?: Record<string, unknown>,
): Promise<void> {
  const now = open.clock.now()
  await open.tx.events.append({
    at: now,
    recordedAt: now,
    actor: actorId(open),
    kind,
    recordKind: 'alert',
    recordId: release.alertId,
    data: { release: release.code, ...data },
    ...(words ? { words } : {}),
  })
}
