/** Alerts and incidents that belong to a place; a POC site keeps those from outside and inside apart (R-098). */
import type { HotspotRow } from '../../db/hotspots.ts'
import { codeTyped } from '../../domain/code.ts'
import { isRestrictedKind } from '../../domain/incident.ts'
import { fold } from '../../domain/text-fold.ts'
import { TocsinError } from '../../errors.ts'
import { findAlerts, openAlerts } from '../alert/find.ts'
import { readAlert } from '../alert/reading.ts'
import { type Ctx, inTransaction, type Open } from '../context.ts'
import { listIncidents, readIncident } from '../incident.ts'
import { registeredPerson } from '../permission.ts'
import { note, refreshCardsOf } from '../telling.ts'
import type { HotspotFacts } from './facts.ts'
import { known } from './fields.ts'
import { readHotspot } from './reading.ts'
import { showHotspot } from './tell.ts'

/** Kinds of records that belong to a place. */
export const LINKED_KINDS = ['alert', 'incident'] as const
export type LinkedKind = (typeof LINKED_KINDS)[number]
export type Lane = 'external' | 'internal'

/**
 * Links an alert to a place; of a POC site, to what comes from outside or to what happens inside.
 *
 * @throws TocsinError `not_registered`, `not_found` (either), `with_specialist`, `exercise_apart`, `already_done`,
 *   `unknown_term`.
 */
export async function linkAlert(
  ctx: Ctx,
  input: { hotspotId: string; alertId: string; lane?: string | null },
): Promise<HotspotFacts> {
  registeredPerson(ctx)
  return linkRecord(ctx, { ...input, kind: 'alert', recordId: input.alertId })
}

/** As {@link linkAlert}, an incident; one that is kept no closer than its district is not placed. */
export async function linkIncidentToHotspot(
  ctx: Ctx,
  input: { hotspotId: string; incidentId: string; lane?: string | null },
): Promise<HotspotFacts> {
  registeredPerson(ctx)
  return linkRecord(ctx, { ...input, kind: 'incident', recordId: input.incidentId })
}

function linkRecord(
  ctx: Ctx,
  input: { hotspotId: string; kind: LinkedKind; recordId: string; lane?: string | null },
): Promise<HotspotFacts> {
  return inTransaction(ctx, async (repos, open) => {
    const { hotspot } = await readHotspot(open, input.hotspotId, repos)
    const lane =
      hotspot.kind === 'poc_site' ? known(['external', 'internal'] as const, input.lane, 'lane') : null
    await link(open, hotspot, input, lane)
    await showHotspot(open, hotspot)
    return readHotspot(open, hotspot.id, repos)
  })
}

/** Links a record in an open transaction, and brings its cards up to date. @throws as {@link linkAlert}. */
export async function link(
  open: Open,
  { id: hotspotId, exercise }: Pick<HotspotRow, 'id' | 'exercise'>,
  { kind, recordId }: { kind: LinkedKind; recordId: string },
  lane: Lane | null,
): Promise<void> {
  const { code, exercise: played } = await recordOf(open, kind, recordId)
  if (played !== exercise) throw new TocsinError('exercise_apart', { field: 'record', details: { code } })
  const at = open.clock.now()
  const byPerson = registeredPerson(open).id
  if (!(await open.tx.hotspots.link({ hotspotId, kind, recordId, lane, byPerson, at })))
    throw new TocsinError('already_done', { details: { code } })
  await note(open, { kind: 'hotspot', id: hotspotId }, 'hotspot.linked', { [kind]: code, lane })
  await refreshCardsOf(open, { kind, id: recordId })
}

/** A record that may be placed so closely. */
async function recordOf(
  open: Open,
  kind: LinkedKind,
  recordId: string,
): Promise<{ code: string; exercise: boolean }> {
  if (kind === 'alert') {
    const { alert, specialist } = await readAlert(open, recordId)
    if (specialist.length > 0) throw new TocsinError('with_specialist', { field: 'record' })
    return alert
  }
  const { incident } = await readIncident(open, recordId)
  if (isRestrictedKind(incident)) throw new TocsinError('with_specialist', { field: 'record' })
  return incident
}

/** A record that can be linked to a place. */
export interface Linkable {
  kind: LinkedKind
  id: string
  code: string
  /** Where it is, in the words said. */
  place: string
}

/**
 * What the acting person may link: open alerts and the last incidents they may read, whose code or place begins a word
 * with `query`; by its whole code any that they may read.
 *
 * @throws TocsinError `not_registered`.
 */
export async function linkables(ctx: Ctx, query = ''): Promise<Linkable[]> {
  registeredPerson(ctx)
  const typed = query.trim()
  const ended = codeTyped('A', typed) ? await findAlerts(ctx, typed) : []
  const code = codeTyped('N', typed)
  const row = code ? await ctx.store.read.incidents.byCode(code) : null
  const older = row ? [await readIncident(ctx, row.id).catch(refusedAsNone)] : []
  const alerts = [...ended, ...(await openAlerts(ctx))].filter(({ specialist }) => specialist.length === 0)
  const incidents = [...older, ...(await listIncidents(ctx)).rows].flatMap(facts =>
    facts && !isRestrictedKind(facts.incident) ? [facts.incident] : [],
  )
  const all = [
    ...alerts.map(({ alert }) => linkable('alert', alert)),
    ...incidents.map(incident => linkable('incident', incident)),
  ]
  const known = fold(typed)
  const found = all.filter(({ code, place }) => ` ${fold(`${code} ${place}`)}`.includes(` ${known}`))
  return [...new Map((known === '' ? all : found).map(each => [each.id, each])).values()]
}

const linkable = (kind: LinkedKind, row: { id: string; code: string; placeSaid: string }): Linkable => ({
  kind,
  id: row.id,
  code: row.code,
  place: row.placeSaid,
})

function refusedAsNone(error: unknown): null {
  if (error instanceof TocsinError && error.code === 'not_found') return null
  throw error
}
