import ical from 'ical-generator'
import { DateTime } from 'luxon'
import type { CsvColumn } from '../../domain/csv.ts'
import { isAskedAsWhole } from '../../domain/tasking.ts'
import type { TaskingFacts } from '../../operations/tasking.ts'
import { pair, roleNamed, sector, type ViewContext } from '../context.ts'
import { stateText } from './phrases.ts'

/** Columns of times: their title names the reader's zone, for a file is passed on. */
const TIMES = new Set(['due', 'askedAt'])

/** The columns of a file of taskings, with their titles in the reader's language; people stand by their post. */
export function taskingColumns(view: ViewContext): CsvColumn<TaskingFacts>[] {
  const { t } = view.words
  const when = (at: number) => DateTime.fromMillis(at, { zone: view.words.zone }).toFormat('yyyy-MM-dd HH:mm')
  const columns: Record<string, CsvColumn<TaskingFacts>['of']> = {
    code: ({ tasking }) => tasking.code,
    kind: ({ tasking }) => t(`tasking.kind.${tasking.kind}`),
    state: facts => plain(stateText(view, facts)),
    result: ({ tasking }) => tasking.result,
    due: ({ tasking }) => when(tasking.dueAt),
    to: facts => recipient(view, facts),
    askedBy: ({ tasking }) => roleNamed(view, tasking.askedRole),
    askedAt: ({ tasking }) => when(tasking.askedAt),
    sector: ({ tasking }) => (tasking.sector ? sector(view, tasking.sector) : null),
    place: ({ tasking }) => tasking.placeSaid,
    tier: ({ tasking }) => tasking.tier,
    reason: ({ tasking }) => tasking.reason,
    outcome: ({ tasking }) => tasking.outcome,
    exercise: ({ tasking }) => (tasking.exercise ? t('alert.exercise') : null),
  }
  const titled = (key: string) => t(`tasking.column.${key}`) + (TIMES.has(key) ? ` (${view.words.zone})` : '')
  return Object.entries(columns).map(([key, of]) => ({ title: titled(key), of }))
}

const plain = (text: string) =>
  text.replaceAll('*', '').replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&')

function recipient(view: ViewContext, { tasking }: TaskingFacts): string {
  if (tasking.toOrganisation) return tasking.toOrganisation
  return tasking.toRole
    ? roleNamed(view, tasking.toRole)
    : view.words.t(`tasking.constituency.${tasking.toConstituency}`)
}

/** The dates of what is open, for a calendar: one event each, half an hour before the date. */
export function taskingCalendar(view: ViewContext, items: readonly TaskingFacts[]): string {
  const { t } = view.words
  const calendar = ical({
    name: t('tasking.calendar', { mission: view.mission.short }),
    prodId: '//Tocsin//Taskings//EN',
  })
  for (const facts of items.filter(({ open }) => open)) {
    const { tasking } = facts
    const free = isAskedAsWhole(tasking.toConstituency) ? ` ${t('tasking.free')}` : ''
    calendar.createEvent({
      id: `${tasking.id}@tocsin`,
      // A calendar takes a newer file for the same entry by this alone.
      sequence: tasking.version - 1,
      stamp: new Date(view.now),
      start: new Date(tasking.dueAt - 30 * 60_000),
      end: new Date(tasking.dueAt),
      summary: `${tasking.exercise ? `${t('alert.exercise')} ` : ''}${pair(view, tasking.code, [...tasking.result.replace(/\s+/g, ' ')].slice(0, 120).join(''))}`,
      description: `${recipient(view, facts)} · ${plain(stateText(view, facts, true))}${free}`,
      ...(tasking.placeSaid ? { location: tasking.placeSaid } : {}),
    })
  }
  return calendar.toString()
}
