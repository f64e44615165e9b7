import ical, { ICalCalendarMethod } from 'ical-generator'
import { DateTime } from 'luxon'
import type { CsvColumn } from '../../domain/csv.ts'
import type { TeamFacts } from '../../operations/team/facts.ts'
import type { PresenceLine } from '../../operations/team/list.ts'
import type { TeamSeen } from '../../operations/team/reading.ts'
import { bare } from '../blocks.ts'
import { sector, type ViewContext } from '../context.ts'
import { kindName, sectionPlain, sectionSaid, standingFor, teamTitle } from './phrases.ts'

const DAY_MS = 24 * 3_600_000

/** The columns of a file of teams; movements are empty where the reader sees none, and nobody is named. */
export function teamColumns(view: ViewContext): CsvColumn<TeamSeen>[] {
  const { t } = view.words
  const when = (at: number | null) =>
    at === null ? null : DateTime.fromMillis(at, { zone: view.words.zone }).toFormat('yyyy-MM-dd HH:mm')
  const columns: Record<string, CsvColumn<TeamSeen>['of']> = {
    code: ({ facts }) => facts.team.code,
    kind: ({ facts }) => kindName(view, facts),
    state: ({ facts, shown }) => t(`team.standing.${standingFor(facts, shown)}`),
    hotspot: ({ facts }) => facts.hotspot.code,
    place: ({ facts }) => facts.hotspot.name,
    sector: ({ facts }) => (facts.team.sector ? sector(view, facts.team.sector) : null),
    why: ({ facts }) => facts.team.why,
    proposed: ({ facts }) => when(facts.team.proposedAt),
    leaves: ({ facts, shown }) => (shown.movements ? when(facts.team.departAt ?? facts.team.fromAt) : null),
    returns: ({ facts, shown }) =>
      shown.movements ? when(facts.team.backAt ?? facts.team.returnAt ?? facts.team.toAt) : null,
    going: ({ facts }) => sections(view, facts, 'confirmed'),
    missing: ({ facts }) => sections(view, facts, 'none', 'asked'),
    recommendations: ({ facts, shown }) => (shown.findings ? facts.recommendations.length : null),
    undecided: ({ facts, shown }) => (shown.findings ? facts.undecided : null),
    exercise: ({ facts }) => (facts.team.exercise ? t('alert.exercise') : null),
  }
  return Object.entries(columns).map(([key, of]) => ({ title: t(`team.column.${key}`), of }))
}

const sections = (view: ViewContext, { sections: all }: TeamFacts, ...states: string[]) =>
  all
    .filter(({ state }) => states.includes(state))
    .map(({ section }) => sectionPlain(view, section))
    .join(', ')

/** On how many days each section was at each place. */
export function presenceColumns(view: ViewContext): CsvColumn<PresenceLine>[] {
  const { t } = view.words
  const columns: Record<string, CsvColumn<PresenceLine>['of']> = {
    hotspot: ({ hotspot }) => hotspot.code,
    place: ({ hotspot }) => hotspot.name,
    component: ({ constituency }) => t(`alert.constituency.${constituency}`),
    section: ({ section }) => (section === null ? null : sectionSaid(view, section)),
    days: ({ days }) => days,
  }
  return Object.entries(columns).map(([key, of]) => ({ title: t(`team.column.${key}`), of }))
}

/**
 * Teams for a calendar. One that is invited to keeps its id and counts up when its return moves, so that calendars
 * replace what they had.
 */
export function teamCalendar(view: ViewContext, all: readonly TeamSeen[], invitation = false): string {
  const { t } = view.words
  const calendar = ical({
    name: t('team.calendar', { mission: view.mission.short }),
    prodId: '//Tocsin//Teams//EN',
    ...(invitation ? { method: ICalCalendarMethod.PUBLISH } : {}),
  })
  for (const { facts, shown } of all) {
    if (!shown.movements) continue
    const { team } = facts
    const set = team.departAt !== null && team.returnAt !== null
    calendar.createEvent({
      id: `${team.id}@tocsin`,
      sequence: team.moved,
      stamp: new Date(view.now),
      start: new Date(team.departAt ?? team.fromAt),
      end: new Date(team.returnAt ?? team.toAt + DAY_MS),
      allDay: !set,
      summary: teamTitle(view, facts),
      description: t('team.calendarText', {
        state: t(`team.standing.${standingFor(facts, shown)}`),
        hours: view.words.list(team.hours),
      }),
      location: bare(facts.hotspot.placeSaid),
    })
  }
  return calendar.toString()
}
