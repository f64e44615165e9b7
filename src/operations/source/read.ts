import type { AlertSource, Source } from '../../db/sources.ts'
import type { Alert } from '../../domain/alert.ts'
import { isReadReason, type SourceIdentity } from '../../domain/source.ts'
import { TocsinError } from '../../errors.ts'
import { readable } from '../alert/find.ts'
import type { Ctx } from '../context.ts'
import { registeredPerson } from '../permission.ts'
import { heldSource, openIdentity, requireVault } from './vault.ts'

/** A source as its keepers find it in their list: everything but who it is. */
export interface KeptSource {
  source: Source
  mine: 'recorder' | 'deputy'
  /** With the alerts, of which one they may not read is null. */
  links: (AlertSource & { alert: Pick<Alert, 'id' | 'code'> | null })[]
}

/**
 * The sources the acting person recorded or is deputy for, oldest first.
 *
 * @throws TocsinError `not_registered`.
 */
export async function mySources(ctx: Ctx): Promise<KeptSource[]> {
  const person = registeredPerson(ctx)
  const { sources, alerts } = ctx.store.read
  const kept: KeptSource[] = []
  for (const source of await sources.ofPerson(person.id)) {
    const links = await sources.links(source.id)
    const linked = (await readable(ctx, await alerts.byIds(links.map(({ alertId }) => alertId)))).map(
      ({ alert }) => alert,
    )
    kept.push({
      source,
      mine: source.recorder === person.id ? 'recorder' : 'deputy',
      links: links.map(link => ({ ...link, alert: linked.find(({ id }) => id === link.alertId) ?? null })),
    })
  }
  return kept
}

/**
 * Opens who a source is, for its recorder or deputy, who say why. The access log holds it before it is shown.
 *
 * @param input.reason one of `readReasons`.
 * @throws TocsinError `not_registered`, `not_found`, `choice_invalid`, `source_erased`, `no_vault_key`, `source_sealed`.
 */
export async function readSource(
  ctx: Ctx,
  input: { sourceId: string; reason: string },
): Promise<{ source: Source; identity: SourceIdentity }> {
  const person = registeredPerson(ctx)
  requireVault(ctx)
  if (!isReadReason(input.reason)) throw new TocsinError('choice_invalid', { field: 'reason' })
  const { reason } = input
  const source = await ctx.store.write(async repos => {
    const held = await heldSource(ctx, repos, input.sourceId)
    await repos.access.add({
      at: ctx.clock.now(),
      personId: person.id,
      layer: 'source',
      recordKind: 'source',
      recordId: held.id,
      reason,
    })
    return held
  })
  return { source, identity: openIdentity(ctx, source) }
}
