import type { Repos } from '../../db/store.ts'
import type { Lifecycle } from '../../domain/alert.ts'
import { findTerm } from '../../domain/mission.ts'
import { nearestBase } from '../../domain/place.ts'
import { type PlaceKnown, placeFor } from '../../domain/position.ts'
import type { Report } from '../../domain/report.ts'
import type { AlertResponse } from '../../domain/response.ts'
import type { Layer, PersonReader, Reader, Shared } from '../../domain/sharing.ts'
import { sideOf } from '../../domain/side.ts'
import { summariseSources } from '../../domain/source.ts'
import { afterMove, type Move } from '../../domain/standing.ts'
import { TocsinError } from '../../errors.ts'
import { mayBeShown } from '../channel.ts'
import type { Ctx } from '../context.ts'
import { actingPerson } from '../permission.ts'
import type { SharedRecord } from '../shared-records.ts'
import { type AlertFacts, alertFacts, factsOfAll, type ReportFacts } from './facts.ts'

/** Whether `reader` may be shown a layer of this alert at this moment. */
export function mayReadAlert(ctx: Ctx, facts: AlertFacts, layer: Layer, reader: Reader): boolean {
  return mayBeShown(ctx, sharedAlert(facts), layer, reader)
}

/** What an alert says about its own readers. */
export const sharedAlert = ({ alert, named, namesState, releases }: AlertFacts): Shared => ({
  ...alert,
  named,
  namesState,
  releases,
})

/**
 * Whether `reader` may know of a response to an alert they may read. One shared with all who read the alert follows
 * it, its named readers and releases; any other belongs to its own audience and whoever recorded it.
 */
export function mayReadResponse(ctx: Ctx, facts: AlertFacts, row: AlertResponse, reader: Reader): boolean {
  return (
    mayReadAlert(ctx, facts, 'record', reader) &&
    mayBeShown(ctx, sharedResponse(facts, row), 'record', reader)
  )
}

/** What a response says about its readers, beside those of its alert. */
export function sharedResponse(
  { alert, named, namesState, releases }: AlertFacts,
  row: Pick<AlertResponse, 'holder' | 'audience' | 'recordedBy'>,
): Shared {
  const { holder, audience, recordedBy } = row
  const follows = alert.audience.every(constituency => audience.includes(constituency))
  return follows
    ? { holder, audience, named: [...named, recordedBy], namesState, releases }
    : { holder, audience, named: [recordedBy], namesState }
}

/**
 * The alert as one reader may see it: those responses and tasks they may know of; of reports, sources and alerts that were
 * joined to it those alone of which they may read the record they came with. Whether they may read the alert itself is
 * asked with {@link mayReadAlert}.
 */
export function asReadBy(ctx: Ctx, facts: AlertFacts, reader: Reader): AlertFacts {
  const { into } = facts
  const joined = facts.joined
    .filter(each => mayReadAlert(ctx, each, 'record', reader))
    .map(each => placedFor(ctx, each, reader))
  const open = [facts, ...joined]
  return {
    ...placedFor(ctx, facts, reader),
    joined,
    responses: facts.responses.filter(row => mayReadResponse(ctx, facts, row, reader)),
    tasked: facts.tasked.filter(shared => mayBeShown(ctx, shared, 'record', reader)),
    sources: summariseSources(open.flatMap(({ graded }) => graded)),
    reports: facts.reports.filter(report => mayReadReport(ctx, report, open, reader)),
    into: into && { ...into, readable: mayReadAlert(ctx, into.facts, 'record', reader) },
  }
}

/**
 * The alert as a figure over the whole mission counts it: a partner's response is the partner's own there too, and
 * counts only where `reader` may know of it.
 */
export function asCounted(ctx: Ctx, facts: AlertFacts, reader: Reader): AlertFacts {
  const own = (each: AlertFacts): AlertFacts => ({
    ...each,
    responses: each.responses.filter(
      row => row.responder !== 'humanitarian_partner' || mayReadResponse(ctx, each, row, reader),
    ),
  })
  const { into } = facts
  return { ...own(facts), joined: facts.joined.map(own), into: into && { ...into, facts: own(into.facts) } }
}

/**
 * The alert with its place as closely as a reader may know it: whole to the mission's own and to those named on it,
 * to everybody else no closer than the mission file has agreed. A channel reads as the least of those it could hold.
 */
function placedFor(ctx: Ctx, facts: AlertFacts, reader: Reader): AlertFacts {
  const placed = placeSeenBy(ctx, facts.alert, facts.named, reader)
  if (placed === facts.alert) return facts
  const { lat, lon } = placed
  const nearest = lat === null || lon === null ? null : (nearestBase({ lat, lon }, ctx.mission.bases) ?? null)
  return { ...facts, alert: placed, nearest }
}

/** The place of a record as closely as a reader may know it, as {@link asReadBy} has it for an alert's. */
export function placeSeenBy<P extends PlaceKnown>(
  ctx: Ctx,
  place: P,
  named: readonly string[],
  reader: Reader,
): P {
  const ours = ({ personId, constituency }: Pick<PersonReader, 'personId' | 'constituency'>) =>
    named.includes(personId) || (constituency !== null && sideOf(constituency) === 'mission')
  const all =
    reader.kind === 'person' ? ours(reader) : reader.members.length > 0 && reader.members.every(ours)
  if (all) return place
  const district = (place.placeId ? ctx.gazetteer.byId(place.placeId)?.district : null) ?? null
  return placeFor(place, ctx.mission.places.wider, district)
}

/** A report with its place as closely as a reader may know it: whoever recorded it and those named on its alert, whole. */
export function reportSeenBy(
  ctx: Ctx,
  report: Report,
  { named }: Pick<AlertFacts, 'named'>,
  reader: Reader,
): Report {
  const { placeId, placeSaid, lat, lon, recordedBy } = report
  const known = { placeId, placeSaid: placeSaid ?? '', placeHow: null, lat, lon, precision: null }
  const seen = placeSeenBy(ctx, known, [...named, recordedBy], reader)
  return {
    ...report,
    placeId: seen.placeId,
    placeSaid: placeSaid === null ? null : seen.placeSaid,
    lat: seen.lat,
    lon: seen.lon,
  }
}

/** Whether a reader may be shown a report: who recorded it may, and who may read the alert it came to and the report. */
function mayReadReport(
  ctx: Ctx,
  report: ReportFacts,
  readable: readonly AlertFacts[],
  reader: Reader,
): boolean {
  if (reader.kind === 'person' && reader.personId === report.recordedBy) return true
  const first = readable.find(({ alert }) => alert.id === report.firstAlertId)
  if (!first) return false
  return mayBeShown(ctx, sharedReport(first, report), 'record', reader)
}

function sharedReport(
  { named, namesState, releases }: AlertFacts,
  { holder, audience, recordedBy }: Pick<ReportFacts, 'holder' | 'audience' | 'recordedBy'>,
): Shared {
  return { holder, audience, named: [...named, recordedBy], namesState, releases }
}

/** Responses and reports among these rows, which may have other readers than the alert in whose thread they stand. */
export async function threadShared(ctx: Ctx, repos: Repos, ids: readonly string[]): Promise<SharedRecord[]> {
  const responses = await repos.responses.byIds(ids)
  const reports = await repos.reports.byIds(ids)
  const alertIds = [
    ...responses.map(({ alertId }) => alertId),
    ...reports.map(({ firstAlertId }) => firstAlertId),
  ]
  const rows = await repos.alerts.byIds([...new Set(alertIds)])
  const all = await factsOfAll(repos, ctx.mission, ctx.clock.now(), rows)
  const of = new Map(all.map(facts => [facts.alert.id, facts]))
  return [
    ...responses.flatMap(row => {
      const facts = of.get(row.alertId)
      if (!facts) return []
      const shared = sharedResponse(facts, row)
      return [{ kind: 'response', id: row.id, code: facts.alert.code, shared, within: sharedAlert(facts) }]
    }),
    ...reports.flatMap(row => {
      const facts = of.get(row.firstAlertId)
      return facts ? [{ kind: 'report', id: row.id, code: row.code, shared: sharedReport(facts, row) }] : []
    }),
  ]
}

/**
 * The acting person as a reader; the bot itself reads nothing.
 *
 * @throws TocsinError `access_closed`.
 */
export function actorAsReader(ctx: Ctx): Reader | null {
  if (ctx.actor.kind !== 'person') return null
  const { roles } = ctx.actor
  const person = actingPerson(ctx)
  return { kind: 'person', personId: person.id, constituency: person.constituency, roles }
}

/**
 * The alert as the acting person may read it.
 *
 * @throws TocsinError `not_found` where it does not exist or is not theirs to see: the two are not told apart.
 */
export async function readAlert(
  ctx: Ctx,
  alertId: string,
  repos: Repos = ctx.tx ?? ctx.store.read,
): Promise<AlertFacts> {
  const alert = await repos.alerts.byId(alertId)
  const facts = alert ? await alertFacts(repos, ctx.mission, ctx.clock.now(), alert) : null
  const reader = actorAsReader(ctx)
  const allowed = facts && (reader === null || mayReadAlert(ctx, facts, 'record', reader))
  if (!facts || !allowed) throw new TocsinError('not_found')
  return reader === null ? facts : asReadBy(ctx, facts, reader)
}

/**
 * The alert as the acting person may read it, still open.
 *
 * @throws TocsinError `not_found`, or `already_ended` with its lifecycle.
 */
export async function readOpenAlert(ctx: Ctx, alertId: string, repos: Repos): Promise<AlertFacts> {
  const facts = await readAlert(ctx, alertId, repos)
  const { lifecycle, code } = facts.alert
  if (lifecycle !== 'open') throw new TocsinError('already_ended', { details: { code, lifecycle } })
  return facts
}

/**
 * Where an act moves this alert.
 *
 * @throws TocsinError `already_ended` with its lifecycle, or `not_ended` for what undoes an ending.
 */
export function requireMove({ alert: { lifecycle, code } }: AlertFacts, move: Move): Lifecycle {
  const to = afterMove(move, lifecycle)
  if (to !== null) return to
  throw move === 'reopen' || move === 'unmerge'
    ? new TocsinError('not_ended', { details: { code } })
    : new TocsinError('already_ended', { details: { code, lifecycle } })
}

/** The class of alleged perpetrators as the acting person may read it: a restricted one is not there for most. */
export function allegedFor(ctx: Ctx, facts: AlertFacts): string | null {
  const { perpetrator } = facts.alert
  const restricted = perpetrator !== null && findTerm(ctx.mission, 'perpetrators', perpetrator)?.restricted
  if (!restricted) return perpetrator
  const reader = actorAsReader(ctx)
  return reader && mayReadAlert(ctx, facts, 'attribution', reader) ? perpetrator : null
}
