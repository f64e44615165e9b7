import { DateTime } from 'luxon'
import type { VisitRow } from '../../db/hotspots.ts'
import { median } from '../../domain/rank.ts'
import type { Reader } from '../../domain/sharing.ts'
import { TocsinError } from '../../errors.ts'
import { actorAsReader } from '../alert/reading.ts'
import { type Ctx, inTransaction } from '../context.ts'
import { listHotspots } from '../hotspot/reading.ts'
import { registeredPerson } from '../permission.ts'
import { lineAt, personTarget } from '../telling.ts'
import { speaksFor } from './compose.ts'
import { factsOfTeams } from './facts.ts'
import { mayReadTeam } from './readers.ts'
import { ownParties, type TeamSeen, teamShownTo } from './reading.ts'

export const TEAM_LISTS = ['open', 'all', 'out', 'calendar'] as const
export type TeamList = (typeof TEAM_LISTS)[number]

/**
 * Teams as the acting person may read them, by their first day: those that are open, all, who is out now, or those to
 * come. The last two are of movements and show only teams whose movements the person sees.
 *
 * @throws TocsinError `not_registered`.
 */
export async function listTeams(
  ctx: Ctx,
  which: TeamList = 'open',
  sector: string | null = null,
): Promise<TeamSeen[]> {
  registeredPerson(ctx)
  const { teams } = ctx.store.read
  const rows = which === 'all' ? await teams.all() : which === 'out' ? await teams.out() : await teams.open()
  const wanted = rows.filter(row => sector === null || row.sector === sector)
  const facts = await factsOfTeams(ctx.store.read, ctx.mission, ctx.clock.now(), wanted)
  const reader = actorAsReader(ctx) as Reader
  const seen: TeamSeen[] = []
  for (const each of facts) {
    if (!mayReadTeam(ctx, each, 'record', reader)) continue
    const moving = which === 'out' || which === 'calendar'
    if (moving && !mayReadTeam(ctx, each, 'movements', reader)) continue
    if (which === 'calendar' && !['proposed', 'composing', 'out'].includes(each.team.state)) continue
    seen.push({ facts: each, shown: await teamShownTo(ctx, each, reader) })
  }
  return seen
}

/** What of teams waits for the acting person, and why. */
export interface WaitingTeam extends TeamSeen {
  why: 'decide' | 'go' | 'section' | 'check_in' | 'report' | 'review' | 'recommendations' | 'close'
}

/** Teams that wait for the acting person. @throws TocsinError `not_registered`. */
export async function waitingTeams(ctx: Ctx): Promise<WaitingTeam[]> {
  const person = registeredPerson(ctx)
  return (await listTeams(ctx)).flatMap(seen => {
    const why = waitsFor(ctx, seen, person.id)
    return why ? [{ ...seen, why }] : []
  })
}

function waitsFor(ctx: Ctx, { facts }: TeamSeen, personId: string): WaitingTeam['why'] | null {
  const { team, standing, report, reviews, awaited } = facts
  const parties = ownParties(ctx, facts)
  const told = facts.approvers.some(({ id }) => id === personId)
  const is = (party: (typeof parties)[number]) => parties.includes(party)
  if (team.state === 'proposed') return told ? 'decide' : null
  if (team.state === 'composing') {
    const asked = facts.sections.some(
      ({ section, state }) => state === 'asked' && speaksFor(ctx, facts, section),
    )
    if (asked) return 'section'
    return standing === 'ready' && told ? 'go' : null
  }
  if (team.state === 'out')
    return is('lead') && awaited !== null && awaited.at <= ctx.clock.now() ? 'check_in' : null
  if (team.state === 'back') return is('lead') ? 'report' : null
  if (team.state !== 'reported') return null
  const read = reviews.some(row => row.personId === personId && row.version === report?.version)
  if (is('member') && !is('lead') && !read) return 'review'
  if (facts.undecided > 0) return told ? 'recommendations' : null
  return is('lead') ? 'close' : null
}

export interface PresenceLine {
  hotspot: { code: string; name: string }
  /** Section, or the component where none was written. */
  section: string | null
  constituency: VisitRow['constituency']
  days: number
}

export interface TeamFigures {
  /** Epoch ms. */
  from: number
  to: number
  proposed: number
  went: number
  /** Median from proposal to departure (ms); null: none went. */
  toDeparture: number | null
  recommendations: number
  decided: number
  done: number
  refused: number
  presence: PresenceLine[]
}

/**
 * What teams came to in the last ninety days, of those the acting person may read: how long from a proposal to leaving,
 * how many recommendations were carried out, and on how many days each section was at each place.
 *
 * @throws TocsinError `not_registered`.
 */
export async function teamFigures(ctx: Ctx): Promise<TeamFigures> {
  registeredPerson(ctx)
  const to = ctx.clock.now()
  const from = to - 90 * DAY_MS
  const all = (await listTeams(ctx, 'all')).filter(
    ({ facts: { team } }) => !team.exercise && team.proposedAt >= from,
  )
  const gone = all.flatMap(({ facts: { team } }) =>
    team.wentAt === null ? [] : [Math.max(team.wentAt, team.departAt ?? 0) - team.proposedAt],
  )
  const recommended = all
    .filter(({ shown }) => shown.findings)
    .flatMap(({ facts }) => facts.recommendations.map(({ state }) => state))
  const count = (...states: string[]) => recommended.filter(state => states.includes(state)).length
  const places = await listHotspots(ctx)
  return {
    from,
    to,
    proposed: all.length,
    went: gone.length,
    toDeparture: gone.length === 0 ? null : median(gone),
    recommendations: recommended.length,
    decided: recommended.length - count('undecided'),
    done: count('done'),
    refused: count('refused'),
    presence: places.flatMap(({ hotspot, visits }) =>
      [
        ...Map.groupBy(visits, ({ section, constituency }) => `${constituency}\n${section ?? ''}`).values(),
      ].flatMap(rows => {
        const days = presenceDays(rows, ctx.mission.zone, from, to)
        const [{ section, constituency }] = rows as [VisitRow]
        return days > 0
          ? [{ hotspot: { code: hotspot.code, name: hotspot.name }, section, constituency, days }]
          : []
      }),
    ),
  }
}

const DAY_MS = 24 * 3_600_000

/** On how many different days of the mission's calendar somebody was there; a day of two visits counts once. */
export function presenceDays(
  visits: readonly Pick<VisitRow, 'from' | 'to'>[],
  zone: string,
  from: number,
  to: number,
): number {
  const days = new Set<string>()
  for (const visit of visits) {
    const last = Math.min(visit.to, to)
    let day = DateTime.fromMillis(Math.max(visit.from, from), { zone }).startOf('day')
    for (; day.toMillis() <= last; day = day.plus({ days: 1 })) days.add(day.toISODate() ?? '')
  }
  return days.size
}

/** `csv`: all one may read; `ics`: what is to come and out now; `presence`: days at each place. */
export const TEAM_FILES = ['csv', 'ics', 'presence'] as const
export type TeamFile = (typeof TEAM_FILES)[number]

/**
 * A file by direct message, of what the person may read when it is made; none where it would hold nothing.
 *
 * @returns whether one is sent.
 * @throws TocsinError `not_registered`, `unknown_term`.
 */
export async function requestTeamFile(ctx: Ctx, input: { file: string }): Promise<boolean> {
  const person = registeredPerson(ctx)
  const file = TEAM_FILES.find(each => each === input.file)
  if (!file) throw new TocsinError('unknown_term', { details: { value: input.file } })
  if ((await teamFileLines(ctx, file)).length === 0) return false
  await inTransaction(ctx, (_repos, open) =>
    lineAt(open, 'team.file', `team-${file}:${person.id}`, personTarget(person.id), { file }),
  )
  return true
}

/** What a file of teams holds for the acting person. @throws TocsinError `not_registered`. */
export async function teamFileLines<F extends TeamFile>(
  ctx: Ctx,
  file: F,
): Promise<F extends 'presence' ? PresenceLine[] : TeamSeen[]> {
  registeredPerson(ctx)
  const lines =
    file === 'presence'
      ? (await teamFigures(ctx)).presence
      : await listTeams(ctx, file === 'ics' ? 'calendar' : 'all')
  return lines as F extends 'presence' ? PresenceLine[] : TeamSeen[]
}
