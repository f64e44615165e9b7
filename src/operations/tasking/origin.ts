/** Where a tasking comes from: what it takes over from there, and what is said there about it. */
import { isUrgent } from '../../domain/alert.ts'
import type { Constituency } from '../../domain/mission.ts'
import type { Origin, OriginKind } from '../../domain/tasking.ts'
import { TocsinError } from '../../errors.ts'
import { readAlert } from '../alert/reading.ts'
import { channelsFor, refreshCards } from '../alert/tell.ts'
import type { Ctx, Open } from '../context.ts'
import { readHotspot } from '../hotspot/reading.ts'
import { readMeeting } from '../meeting/facts.ts'
import { readPlan } from '../plan/facts.ts'
import { tellReady } from '../plan/ready.ts'
import { decided, readRecommendation } from '../team/report.ts'
import { lineAt, refreshCardsOf } from '../telling.ts'

/** What a tasking takes over from the record it comes from. */
export interface OriginFacts {
  code: string
  sector: string | null
  placeId: string | null
  placeSaid: string | null
  /** Who reads the record: a tasking from it is read by no more constituencies. */
  audience: readonly Constituency[]
  exercise: boolean
  /** What comes from it does not wait for the morning. */
  urgent: boolean
}

/** How a kind of record is a tasking's origin. A noun with the button *Task somebody* adds itself to {@link origins}. */
export interface OriginNoun {
  /** @throws TocsinError `not_found` where the acting person may not read it. */
  read(ctx: Ctx, id: string): Promise<OriginFacts>
  /** Says in the record's thread what became of a tasking, and brings its card up to date; `line` names the act. */
  tell?(open: Open, id: string, taskingId: string, line: Record<string, unknown>): Promise<void>
  /** Brings the record's cards up to date where they show each of its taskings and requests. */
  refresh?(open: Open, id: string): Promise<void>
}

const alertOrigin: OriginNoun = {
  async read(ctx, id) {
    const { alert, specialist } = await readAlert(ctx, id)
    if (specialist.length > 0) throw new TocsinError('with_specialist')
    return { ...alert, urgent: isUrgent(alert.urgency) }
  },
  async tell(open, id, taskingId, line) {
    const alert = await open.tx.alerts.byId(id)
    if (!alert) return
    await refreshCards(open, alert)
    const { thread } = await channelsFor(open.tx, alert)
    for (const target of thread)
      await lineAt(
        open,
        'tasking.origin',
        taskingId,
        target,
        { ...line, origin: id },
        isUrgent(alert.urgency),
      )
  },
}

/** A place: what is given there is a line of its protection plan. */
const hotspotOrigin: OriginNoun = {
  async read(ctx, id) {
    const { hotspot } = await readHotspot(ctx, id)
    const { code, sector, placeId, placeSaid, audience, exercise } = hotspot
    return { code, sector, placeId, placeSaid, audience, exercise, urgent: false }
  },
  refresh: (open, id) => refreshCardsOf(open, { kind: 'hotspot', id }),
}

/** A team's recommendation: what is given from it is what became of it. */
const recommendationOrigin: OriginNoun = {
  async read(ctx, id) {
    const { facts } = await readRecommendation(ctx, id)
    const { team, hotspot, kind } = facts
    return {
      code: team.code,
      sector: team.sector,
      placeId: hotspot.placeId,
      placeSaid: hotspot.placeSaid,
      audience: kind.restricted ? [] : team.audience,
      exercise: team.exercise,
      urgent: false,
    }
  },
  async refresh(open, id) {
    const row = await open.tx.teams.recommendation(id)
    const team = row && (await open.tx.teams.byId(row.teamId))
    if (!team) return
    await decided(open, team)
    await refreshCardsOf(open, { kind: 'hotspot', id: team.hotspotId })
  },
}

/** A meeting of a group, or an action that was marked in it; one that is not on record takes nothing over. */
const meetingOrigin: OriginNoun = {
  async read(ctx, id) {
    const repos = ctx.tx ?? ctx.store.read
    const entry = await repos.meetings.entryById(id)
    const { meeting, forum } = await readMeeting(ctx, entry?.meetingId ?? id)
    const { code, sector, exercise, class: kind } = forum.forum
    const { audience } = meeting
    return { code, sector, placeId: null, placeSaid: null, audience, exercise, urgent: kind === 'crisis' }
  },
  async refresh(open, id) {
    const entry = await open.tx.meetings.entryById(id)
    await refreshCardsOf(open, { kind: 'meeting', id: entry?.meetingId ?? id })
  },
}

/** A joint plan: each step is one tasking or request, and those that wait for it are told when it is done. */
const planOrigin: OriginNoun = {
  async read(ctx, id) {
    const { plan, forum } = await readPlan(ctx, id)
    const { code, exercise, audience } = plan
    const { sector, class: kind } = forum.forum
    return { code, sector, placeId: null, placeSaid: null, audience, exercise, urgent: kind === 'crisis' }
  },
  async refresh(open, id) {
    await tellReady(open, id)
    await refreshCardsOf(open, { kind: 'plan', id })
  },
}

/** Kinds of records that taskings come from; `none` takes nothing over. */
export const origins: Partial<Record<OriginKind, OriginNoun>> = {
  alert: alertOrigin,
  hotspot: hotspotOrigin,
  jpt: recommendationOrigin,
  meeting: meetingOrigin,
  plan: planOrigin,
}

/** The record behind an origin; null where there is none on record. @throws TocsinError `not_found`, `with_specialist`. */
export async function originFacts(ctx: Ctx, origin: Origin): Promise<OriginFacts | null> {
  const noun = origins[origin.kind]
  return noun && origin.id !== null ? noun.read(ctx, origin.id) : null
}

/** Says at the origin what became of a tasking. */
export async function tellOrigin(
  open: Open,
  tasking: { id: string; originKind: OriginKind; originId: string | null },
  line: Record<string, unknown>,
): Promise<void> {
  if (tasking.originId !== null)
    await origins[tasking.originKind]?.tell?.(open, tasking.originId, tasking.id, line)
}

/** Brings what a tasking comes from up to date where that shows how each of its taskings and requests stands. */
export async function refreshOrigin(
  open: Open,
  { originKind, originId }: { originKind: OriginKind; originId: string | null },
): Promise<void> {
  if (originId !== null) await origins[originKind]?.refresh?.(open, originId)
}
