import type { Alert, EventPrecision } from '../domain/alert.ts'
import { EVENT_PRECISIONS } from '../domain/alert.ts'
import { type Constituency, findTerm } from '../domain/mission.ts'
import type { Report } from '../domain/report.ts'
import { TocsinError } from '../errors.ts'
import { recordAct, settle } from './alert/acts.ts'
import { speakingRole } from './alert/chain.ts'
import type { AlertFacts } from './alert/facts.ts'
import { type PlaceInput, resolvePlace } from './alert/place.ts'
import { actorAsReader, readAlert, reportSeenBy } from './alert/reading.ts'
import { requireUnmarked } from './alert/specialist.ts'
import { tellThread } from './alert/tell.ts'
import { freeCode } from './code.ts'
import { type Ctx, inTransaction, type Open, type Person } from './context.ts'
import { actingPerson, registeredPerson, roleKey } from './permission.ts'
import { requiredText, textLimits } from './text.ts'

export interface AddReportInput {
  alertId: string
  what: string
  /** How it came in, a code of the mission's taxonomy. */
  cameBy?: string | null
  /** When it happens or happened (epoch ms), and how closely that is known; to the hour unless it is said. */
  eventAt?: number | null
  eventPrecision?: string | null
  place?: PlaceInput | null
  /** Slack's view id, or a gateway's: the same report submitted twice is one. */
  requestKey?: string | null
}

/**
 * Adds a further report to an open alert: its own words, its own author, its own readers. Anybody registered
 * who may read the alert may, and whoever raised it. A report for an alert that was joined to another goes where that
 * one went, to be read by those who read the alert it was meant for.
 *
 * @returns the alert it was meant for, as it now is.
 * @throws TocsinError `not_registered`, `not_found`, `already_ended`, `with_specialist`, `text_missing`,
 *   `text_too_long`, `unknown_term`.
 */
export async function addReport(ctx: Ctx, input: AddReportInput): Promise<AlertFacts> {
  const author = actingPerson(ctx)
  const what = requiredText(input.what, 'what', textLimits.what)
  const cameBy = input.cameBy || null
  if (cameBy && !findTerm(ctx.mission, 'came_by', cameBy))
    throw new TocsinError('unknown_term', { field: 'cameBy', details: { value: cameBy } })
  const said = input.place && (input.place.id || input.place.said) ? resolvePlace(ctx, input.place) : null
  const event = knownEvent(input)
  return inTransaction(ctx, async (repos, open) => {
    const facts = await readAlert(open, input.alertId, repos)
    if (author.id !== facts.alert.raisedBy) registeredPerson(ctx)
    const earlier = input.requestKey ? await repos.reports.byRequestKey(input.requestKey) : null
    if (earlier) return facts
    const current = facts.into?.facts ?? facts
    const { lifecycle } = current.alert
    if (lifecycle !== 'open')
      throw new TocsinError('already_ended', { details: { code: facts.alert.code, lifecycle } })
    requireUnmarked(current)
    const report: Report = {
      ...bare(author, facts.alert),
      id: ctx.ids.id(),
      code: await reportCode(open),
      alertId: current.alert.id,
      receivedAt: ctx.clock.now(),
      what,
      placeId: said?.id ?? null,
      placeSaid: said?.said ?? null,
      lat: said?.lat ?? null,
      lon: said?.lon ?? null,
      cameBy,
      ...event,
      requestKey: input.requestKey ?? null,
    }
    await repos.reports.insert(report)
    const role = speakingRole(open, current)
    await recordAct(open, current.alert, {
      kind: 'report',
      slot: null,
      role: role && roleKey(role),
      reason: report.id,
    })
    await tellThread(open, current.alert, { line: 'report', report: report.id })
    const after = await settle(open, current)
    return after.alert.id === facts.alert.id ? after : readAlert(open, facts.alert.id, repos)
  })
}

/** A report with its words. */
export type ReportRead = AlertFacts['reports'][number] & Pick<Report, 'what' | 'placeSaid'>

/**
 * The reports of an alert that the acting person may read, in the order of recording, those of alerts joined to it too.
 *
 * @throws TocsinError `not_found`.
 */
export async function reportsOf(
  ctx: Ctx,
  alertId: string,
): Promise<{ facts: AlertFacts; reports: ReportRead[] }> {
  const facts = await readAlert(ctx, alertId)
  const stored = await ctx.store.read.reports.ofAlerts([facts.into?.facts.alert.id ?? alertId])
  const reader = actorAsReader(ctx)
  const byId = new Map(stored.map(report => [report.id, report]))
  const reports = facts.reports.flatMap(head => {
    const report = byId.get(head.id)
    if (!report) return []
    const { what, placeSaid } = reader ? reportSeenBy(ctx, report, facts, reader) : report
    return [{ ...head, what, placeSaid }]
  })
  return { facts, reports }
}

/** The report an alert begins with: the words and the author it was raised with. */
export async function firstReport(open: Open, alert: Alert, author: Person): Promise<void> {
  const { id: alertId, raisedAt: receivedAt, what, urgency, placeId, placeSaid, lat, lon, cameBy } = alert
  await open.tx.reports.insert({
    ...bare(author, alert),
    id: open.ids.id(),
    code: await reportCode(open),
    alertId,
    receivedAt,
    what,
    urgency,
    placeId,
    placeSaid,
    lat,
    lon,
    cameBy,
    eventAt: alert.eventAt,
    eventPrecision: alert.eventPrecision,
    requestKey: null,
  })
}

const reportCode = (open: Open): Promise<string> =>
  freeCode(open.ids, 'W', code => open.tx.reports.byCode(code))

/** What a report takes from its author and from the alert it comes to: it is read by that alert's readers. */
function bare(author: Person, alert: Alert) {
  return {
    firstAlertId: alert.id,
    holder: author.constituency ?? unconfirmedHolder,
    audience: [...alert.audience],
    naming: author.id === alert.raisedBy ? alert.naming : ('partner' as const),
    recordedBy: author.id,
    urgency: alert.urgency,
  }
}

/** As with an alert: until a person's side has confirmed them, what they report is the mission's to act on. */
const unconfirmedHolder: Constituency = 'mission_civilian'

/**
 * When something happens, and how closely that is known; both null where nothing was said.
 *
 * @throws TocsinError `unknown_term` for a precision there is none of.
 */
export function knownEvent(input: {
  eventAt?: number | null | undefined
  eventPrecision?: string | null | undefined
}): { eventAt: number | null; eventPrecision: EventPrecision | null } {
  if (input.eventAt == null) return { eventAt: null, eventPrecision: null }
  const value = input.eventPrecision || 'hour'
  const eventPrecision = EVENT_PRECISIONS.find(candidate => candidate === value)
  if (!eventPrecision) throw new TocsinError('unknown_term', { field: 'eventPrecision', details: { value } })
  return { eventAt: input.eventAt, eventPrecision }
}
