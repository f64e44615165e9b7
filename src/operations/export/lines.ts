import type { ComponentReport } from '../../db/component-reports.ts'
import type { EarlyWarningRow } from '../../db/early-warnings.ts'
import type { Entry, EntryVersion } from '../../db/entries.ts'
import type { Inquiry } from '../../db/inquiries.ts'
import type { Release } from '../../db/releases.ts'
import type { Act, ToldRung } from '../../domain/alert.ts'
import { eventTypeOf, type Incident } from '../../domain/incident.ts'
import { type Constituency, findRole, findTerm } from '../../domain/mission.ts'
import type { Quote } from '../../domain/quote.ts'
import type { Report } from '../../domain/report.ts'
import type { AlertResponse } from '../../domain/response.ts'
import type { RoleLayer } from '../../domain/sharing.ts'
import { sideOf } from '../../domain/side.ts'
import { summariseSources } from '../../domain/source.ts'
import type { AlertFacts } from '../alert/facts.ts'
import type { Ctx } from '../context.ts'
import { roleKey } from '../permission.ts'

/** One line of the file. Times are ISO 8601 UTC; records are named by code, people by post and constituency. */
export type ExportLine = Record<string, unknown> & {
  type:
    | 'alert'
    | 'report'
    | 'response'
    | 'quote'
    | 'act'
    | 'told'
    | 'event'
    | 'layer'
    | 'release'
    | 'request'
    | 'component_report'
    | 'entry'
    | 'tasking'
    | 'gate'
    | 'suspension'
    | 'notification'
    | 'posture'
    | 'drawdown'
    | 'incident'
    | 'early_warning'
    | 'group'
    | 'meeting'
    | 'team'
    | 'plan'
    | 'hotspot'
    | 'round'
    | 'rating'
    | 'dissent'
    | 'version'
}

/** A constituency may have a layer of its own records where a role that opens it is one of theirs. */
export function mayHaveLayer(
  { mission }: Pick<Ctx, 'mission'>,
  holder: Constituency,
  layer: RoleLayer,
): boolean {
  return mission.layers[layer].some(role => findRole(mission, role)?.constituency === holder)
}

/** @param open whether restricted classes of perpetrators may stand in it. */
export function alertLine(ctx: Ctx, { alert, author, graded }: AlertFacts, open = false): ExportLine {
  const { perpetrator } = alert
  // Its own sources: what was joined to it may be held by others.
  const sources = summariseSources(graded)
  const restricted =
    perpetrator !== null && (findTerm(ctx.mission, 'perpetrators', perpetrator)?.restricted ?? true)
  return {
    type: 'alert',
    code: alert.code,
    exercise: alert.exercise,
    holder: alert.holder,
    audience: alert.audience,
    raised_at: iso(alert.raisedAt),
    raised_by: {
      constituency: author?.person.constituency ?? null,
      role: author?.role ? roleKey(author.role) : null,
    },
    what: alert.what,
    urgency: alert.urgency,
    place: {
      id: alert.placeId,
      said: alert.placeSaid,
      how: alert.placeHow,
      lat: alert.lat,
      lon: alert.lon,
      precision: alert.precision,
    },
    sector: alert.sector,
    threat: alert.threat,
    came_by: alert.cameBy,
    at_risk: alert.atRisk,
    perpetrator: restricted && !open ? null : perpetrator,
    asked_for: alert.askedFor,
    lifecycle: alert.lifecycle,
    outcome: alert.outcome,
    event_at: alert.eventAt === null ? null : iso(alert.eventAt),
    event_precision: alert.eventPrecision,
    scope: alert.scope,
    sources: { independent: sources.independent, repeating: sources.repeating, grades: sources.grades },
  }
}

/** What was reported, under the alert it came to. */
export function reportLine(alert: string, report: Report): ExportLine {
  const { code, what, urgency, placeId, placeSaid, lat, lon, cameBy, eventAt, eventPrecision } = report
  return {
    type: 'report',
    alert,
    code,
    received_at: iso(report.receivedAt),
    what,
    urgency,
    place: { id: placeId, said: placeSaid, lat, lon },
    came_by: cameBy,
    event_at: eventAt === null ? null : iso(eventAt),
    event_precision: eventPrecision,
  }
}

/** Acts whose reason is the id of another record: that may be held by others, and ids are nobody's outside. */
const NAMING_RECORDS: readonly Act['kind'][] = ['report', 'merge', 'unmerge']

export async function actLine(ctx: Ctx, alert: string, act: Act): Promise<ExportLine> {
  const by = await ctx.store.read.people.byId(act.byPerson)
  const { slot, kind, role, means, reason, who, note } = act
  return {
    type: 'act',
    alert,
    slot,
    kind,
    at: iso(act.at),
    recorded_at: iso(act.recordedAt),
    by: { constituency: by?.constituency ?? null, role },
    means,
    reason: NAMING_RECORDS.includes(kind) ? null : reason,
    until: act.until === null ? null : iso(act.until),
    who,
    note,
  }
}

export function toldLine(
  alert: string,
  { slot, step, rung, outcome, means, late, ...row }: ToldRung,
): ExportLine {
  return {
    type: 'told',
    alert,
    slot,
    step,
    rung,
    due_at: iso(row.dueAt),
    at: iso(row.at),
    outcome,
    means,
    late,
  }
}

export const iso = (at: number): string => new Date(at).toISOString()
const isoOrNull = (at: number | null): string | null => (at === null ? null : iso(at))

/** A release of an alert: what it widened, to whom, and what was decided. */
export function releaseLine(alert: string, release: Release): ExportLine {
  const { code, what, summary, constituencies, channels, why, sensitivity, tlp, state, reason } = release
  return {
    type: 'release',
    code,
    alert,
    what,
    summary: summary || null,
    constituencies,
    channels: channels.length,
    why,
    sensitivity,
    tlp,
    proposed_at: iso(release.proposedAt),
    state,
    decided_at: isoOrNull(release.decidedAt),
    narrowed_at: isoOrNull(release.narrowedAt),
    reason,
  }
}

/** What a component reported for a day. */
export function componentReportLine(report: ComponentReport): ExportLine {
  return {
    type: 'component_report',
    component: report.component,
    day: report.day,
    due_at: iso(report.dueAt),
    sent_at: iso(report.at),
    state: report.state,
    words: report.words,
  }
}

/** A request for information, with its answer; `release` is the code of the release by which it was provided. */
export function inquiryLine(inquiry: Inquiry, release: string | null): ExportLine {
  const { code, side, what, why, wantedBy, state, reason } = inquiry
  return {
    type: 'request',
    code,
    asked_of: side,
    asked_at: iso(inquiry.askedAt),
    what,
    why,
    wanted_by: wantedBy,
    answer: state === 'open' ? null : state,
    answered_at: inquiry.answeredAt === null ? null : iso(inquiry.answeredAt),
    reason,
    release,
  }
}

/** An entry in a voice of its own, with every version of it. */
export function entryLine(alert: string, entry: Entry, versions: readonly EntryVersion[]): ExportLine {
  const { code, kind, holder, role, withdrawnAt } = entry
  return {
    type: 'entry',
    code,
    alert,
    kind,
    at: iso(entry.at),
    by: { constituency: holder, role },
    versions: versions
      .filter(({ entryId }) => entryId === entry.id)
      .map(({ at, text }) => ({ at: iso(at), text })),
    withdrawn_at: withdrawnAt === null ? null : iso(withdrawnAt),
  }
}

/** What was done about an alert, under its code. */
export function responseLine(alert: string, response: AlertResponse): ExportLine {
  const { responder, holder, naming, organisation, tier, who, did, result, resultNote, role, means } =
    response
  return {
    type: 'response',
    alert,
    responder,
    naming,
    organisation,
    tier,
    who,
    started_at: iso(response.startedAt),
    arrived_at: isoOrNull(response.arrivedAt),
    ended_at: isoOrNull(response.endedAt),
    did,
    result,
    result_note: resultNote,
    recorded_at: iso(response.recordedAt),
    by: { constituency: holder, role },
    means,
  }
}

/** A message of Slack on the record of an alert or a team. Of a humanitarian's words it stands there only that a partner wrote them. */
export function quoteLine(
  of: { alert: string } | { team: string },
  quote: Quote,
  own: Constituency | null,
): ExportLine {
  const { constituency, authorRole, saidAt, text, how, putAt, editedAt } = quote
  const shown = constituency === own || (constituency !== null && sideOf(constituency) === 'mission')
  return {
    type: 'quote',
    ...of,
    at: iso(saidAt),
    by: { constituency: shown ? constituency : null, role: shown ? authorRole : null },
    text,
    how,
    recorded_at: iso(putAt),
    edited_at: isoOrNull(editedAt),
  }
}

/** What did happen, whole: it is its holder's own. `alerts` are codes of alerts before it that its holder may read. */
export function incidentLine(
  ctx: Pick<Ctx, 'mission'>,
  incident: Incident,
  alerts: readonly string[],
  open: boolean,
): ExportLine {
  const { code, exercise, holder, audience, subType, placeId, placeSaid, lat, lon, perpetrator } = incident
  const restricted =
    perpetrator !== null && (findTerm(ctx.mission, 'perpetrators', perpetrator)?.restricted ?? true)
  return {
    type: 'incident',
    code,
    exercise,
    holder,
    audience,
    event_type: eventTypeOf(subType),
    sub_type: subType,
    event_at: iso(incident.at),
    event_precision: incident.precision,
    place: { id: placeId, said: placeSaid, lat, lon },
    sector: incident.sector,
    what: incident.what,
    perpetrator: restricted && !open ? null : perpetrator,
    harm: incident.harm,
    by_sex_and_age: incident.groups,
    alerts,
    recorded_at: iso(incident.recordedAt),
    by: { constituency: holder, role: incident.role },
  }
}

/** Several low warnings as one item, and what was decided of it. */
export function earlyWarningLine(row: EarlyWarningRow, alerts: readonly string[]): ExportLine {
  const { code, exercise, threat, state, decidedRole, reason } = row
  return {
    type: 'early_warning',
    code,
    exercise,
    threat,
    began_at: iso(row.createdAt),
    state,
    decided_at: isoOrNull(row.decidedAt),
    by: { role: decidedRole },
    until: isoOrNull(row.until),
    reason,
    alerts,
  }
}
