import type { HotspotRow } from '../../db/hotspots.ts'
import { TocsinError } from '../../errors.ts'
import { freeCode } from '../code.ts'
import { type Ctx, inTransaction, type Open } from '../context.ts'
import { registeredPerson } from '../permission.ts'
import { note } from '../telling.ts'
import { requiredText } from '../text.ts'
import type { HotspotFacts } from './facts.ts'
import { type Checked, checked, type HotspotInput, hotspotLimits, isRestricted } from './fields.ts'
import { link } from './link.ts'
import { refreshAlertsNear } from './near.ts'
import { layersFor, mayKeepHotspot, readHotspot } from './reading.ts'
import { showHotspot } from './tell.ts'

/**
 * Puts a place on the list of hotspots: any confirmed person of either side may, for joint mapping rests on what all of
 * them know. It is ranked by the next round.
 *
 * @param input.fromAlerts the alerts it was made from; they are linked.
 * @param input.exercise it is played: no round ranks it, and it is counted nowhere. What comes from alerts is what they are.
 * @param input.requestKey Slack's view id: the same form submitted twice is one hotspot.
 * @throws TocsinError `not_registered`, `text_missing`, `text_too_long`, `place_missing`, `unknown_term`,
 *   `number_range`, `radius_range`, `season_half`, `not_found` (the alert).
 */
export async function createHotspot(
  ctx: Ctx,
  input: HotspotInput & { fromAlerts?: readonly string[]; exercise?: boolean; requestKey?: string | null },
): Promise<HotspotFacts> {
  const person = registeredPerson(ctx)
  const given = checked(ctx, input)
  return inTransaction(ctx, async (repos, open) => {
    const earlier = input.requestKey ? await repos.hotspots.byRequestKey(input.requestKey) : null
    if (earlier) return readHotspot(open, earlier.id, repos)
    const from = await repos.alerts.byIds(input.fromAlerts ?? [])
    const row: HotspotRow = {
      id: open.ids.id(),
      code: await freeCode(open.ids, 'H', code => open.tx.hotspots.byCode(code)),
      version: 1,
      exercise: from.length > 0 ? from.some(({ exercise }) => exercise) : (input.exercise ?? false),
      holder: person.constituency ?? 'mission_civilian',
      audience: [...ctx.mission.audiences.hotspot],
      ...given,
      state: 'listed',
      createdBy: person.id,
      createdAt: ctx.clock.now(),
      requestKey: input.requestKey ?? null,
    }
    await repos.hotspots.insert(row)
    await note(
      open,
      { kind: 'hotspot', id: row.id },
      'hotspot.listed',
      { code: row.code, kind: row.kind, sector: row.sector, place: row.placeId },
      { name: row.name, place: row.placeSaid },
    )
    for (const recordId of input.fromAlerts ?? []) await link(open, row, { kind: 'alert', recordId }, null)
    await showHotspot(open, row)
    await refreshAlertsNear(open, [row])
    return readHotspot(open, row.id, repos)
  })
}

/**
 * Changes what is known of a place. Its phase changes only with a reason, for how a place is called has effects.
 *
 * @throws TocsinError as {@link createHotspot}, `not_allowed`, `stale` with the fields that changed meanwhile.
 */
export async function amendHotspot(
  ctx: Ctx,
  input: HotspotInput & { hotspotId: string; version: number; reason?: string | null },
): Promise<HotspotFacts> {
  registeredPerson(ctx)
  return inTransaction(ctx, async (repos, open) => {
    const facts = await readHotspot(open, input.hotspotId, repos)
    const { hotspot } = facts
    requireKept(open, facts)
    const patch = checked(ctx, input)
    // An empty field says nothing where the person was never shown what stands in it.
    if (!layersFor(open, facts).attribution)
      patch.perpetrators = [
        ...new Set([...patch.perpetrators, ...hotspot.perpetrators.filter(id => isRestricted(ctx, id))]),
      ]
    const fields = changedFields(hotspot, patch)
    if (fields.length === 0) return facts
    const reason = fields.includes('phase')
      ? requiredText(input.reason, 'reason', hotspotLimits.reason)
      : input.reason?.trim() || null
    if (!(await repos.hotspots.update(hotspot.id, input.version, patch)))
      throw new TocsinError('stale', {
        details: { code: hotspot.code, changed: await changedSince(open, hotspot.id, input.version) },
      })
    await note(
      open,
      { kind: 'hotspot', id: hotspot.id },
      'hotspot.changed',
      { code: hotspot.code, fields, version: input.version + 1 },
      { ...(reason ? { reason } : {}), before: pick(hotspot, fields), after: pick(patch, fields) },
    )
    const after = await readHotspot(open, hotspot.id, repos)
    await showHotspot(open, after.hotspot)
    return after
  })
}

/**
 * Takes a place off the list, or puts it back, with a reason; rounds under way say that it is gone.
 *
 * @throws TocsinError `not_registered`, `not_found`, `not_allowed`, `already_done`, `text_missing`.
 */
export async function moveHotspot(
  ctx: Ctx,
  input: { hotspotId: string; to: 'removed' | 'listed'; reason: string },
): Promise<HotspotFacts> {
  registeredPerson(ctx)
  const reason = requiredText(input.reason, 'reason', hotspotLimits.reason)
  return inTransaction(ctx, async (repos, open) => {
    const facts = await readHotspot(open, input.hotspotId, repos)
    requireKept(open, facts)
    const { id, code, version, state } = facts.hotspot
    if (state === input.to) throw new TocsinError('already_done', { details: { code } })
    await repos.hotspots.update(id, version, { state: input.to })
    await note(
      open,
      { kind: 'hotspot', id },
      `hotspot.${input.to}`,
      { code, version: version + 1 },
      { reason },
    )
    const after = await readHotspot(open, id, repos)
    await showHotspot(open, after.hotspot)
    await refreshAlertsNear(open, [after.hotspot])
    return after
  })
}

/** The fields others changed after this version, by the names people know them by. */
async function changedSince(open: Open, hotspotId: string, version: number): Promise<string[]> {
  const events = await open.tx.events.ofRecord('hotspot', hotspotId)
  const fields = events
    .filter(({ data }) => Number(data.version) > version)
    .flatMap(({ kind, data }) => (kind === 'hotspot.changed' ? (data.fields as string[]) : ['lifecycle']))
  return [...new Set(fields.map(field => namedBy[field] ?? field))]
}

const namedBy: Readonly<Record<string, string>> = {
  placeId: 'place',
  placeSaid: 'place',
  lat: 'place',
  lon: 'place',
  threats: 'threat',
  perpetrators: 'perpetrator',
  seasonFrom: 'season',
  seasonTo: 'season',
}

function requireKept(ctx: Ctx, { hotspot }: HotspotFacts): void {
  if (!mayKeepHotspot(ctx, hotspot)) throw new TocsinError('not_allowed', { details: { code: hotspot.code } })
}

function changedFields(before: HotspotRow, patch: Checked): string[] {
  const keys = Object.keys(patch) as (keyof Checked)[]
  return keys.filter(key => JSON.stringify(before[key]) !== JSON.stringify(patch[key]))
}

const pick = (row: object, fields: readonly string[]): Record<string, unknown> =>
  Object.fromEntries(Object.entries(row).filter(([key]) => fields.includes(key)))
