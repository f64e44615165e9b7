import type { Channel } from '../../db/channels.ts'
import type { Mission } from '../../domain/mission.ts'
import type { Open } from '../context.ts'

/** The record a shared channel's card for partners stands for. */
export const partnerRecord = (channelId: string): string => `partner:${channelId}`

/**
 * Puts the card from which partners of other workspaces work into a channel shared with them, or brings it up to
 * date: they run no commands. One that was deleted is posted again. None
 * where the sides stand apart.
 */
export async function keepPartnerCard(
  { tx, ids, mission }: Pick<Open, 'tx' | 'ids'> & { mission: Pick<Mission, 'defaults'> },
  channel: Channel,
): Promise<void> {
  if (channel.sharedWith.length === 0 || !mission.defaults.partnerCard) return
  await tx.outbox.add({
    id: ids.id(),
    kind: 'card',
    recordId: partnerRecord(channel.id),
    target: channel.id,
    data: { record: 'partner' },
    urgent: false,
  })
}
