import type { HotspotRow } from '../../db/hotspots.ts'
import { EXERCISE } from '../alert/tell.ts'
import type { Open } from '../context.ts'
import { cardAt, refreshCardsOf } from '../telling.ts'

/**
 * Puts the card of a hotspot into its sector's channels, of an exercise into channels for exercises alone, and brings
 * those that stand elsewhere up to date.
 */
export async function showHotspot(
  open: Open,
  hotspot: Pick<HotspotRow, 'id' | 'sector' | 'exercise'>,
): Promise<void> {
  const record = { kind: 'hotspot', id: hotspot.id }
  const channels = hotspot.exercise
    ? await open.tx.channels.byPurpose(EXERCISE)
    : hotspot.sector
      ? await open.tx.channels.byPurpose('sector', hotspot.sector)
      : []
  const standing = new Set((await open.tx.cards.ofRecord(hotspot.id)).map(({ target }) => target))
  for (const { id } of channels) if (!standing.has(id)) await cardAt(open, record, id)
  await refreshCardsOf(open, record)
}
