/** Records that belong to a place. */
import { TocsinError } from '../../errors.ts'
import { readAlert } from '../alert/reading.ts'
import { type Ctx, inTransaction, type Open } from '../context.ts'
import { registeredPerson } from '../permission.ts'
import { note } from '../telling.ts'
import type { HotspotFacts } from './facts.ts'
import { known } from './fields.ts'
import { readHotspot } from './reading.ts'
import { showHotspot } from './tell.ts'

/**
 * Links an alert to a place; of a POC site, to what comes from outside or to what happens inside.
 *
 * @throws TocsinError `not_registered`, `not_found` (either), `already_done`, `unknown_term`.
 */
export async function linkAlert(
  ctx: Ctx,
  input: { hotspotId: string; alertId: string; lane?: string | null },
): Promise<HotspotFacts> {
  registeredPerson(ctx)
  return inTransaction(ctx, async (repos, open) => {
    const { hotspot } = await readHotspot(open, input.hotspotId, repos)
    const lane =
      hotspot.kind === 'poc_site' ? known(['external', 'internal'] as const, input.lane, 'lane') : null
    await link(open, hotspot.id, input.alertId, lane)
    await showHotspot(open, hotspot)
    return readHotspot(open, hotspot.id, repos)
  })
}

/** Links an alert, in an open transaction, as {@link linkAlert} does. */
export async function link(
  open: Open,
  hotspotId: string,
  alertId: string,
  lane: 'external' | 'internal' | null,
): Promise<void> {
  const { alert } = await readAlert(open, alertId)
  const at = open.clock.now()
  const byPerson = registeredPerson(open).id
  const row = { hotspotId, kind: 'alert', recordId: alert.id, lane, byPerson, at }
  if (!(await open.tx.hotspots.link(row)))
    throw new TocsinError('already_done', { details: { code: alert.code } })
  await note(open, { kind: 'hotspot', id: hotspotId }, 'hotspot.linked', { alert: alert.code, lane })
}
