/**
 * When somebody is reminded of what they are to do: rules as data, quiet hours in the person's own zone, snoozing.
 * Pure; any noun with a date may use it.
 */
import { DateTime } from 'luxon'
import { nextDigestAt } from './digest.ts'

/** `before` and `after` count from the date; `on_due` is the date itself. */
export const REMINDER_MOMENTS = ['before', 'on_due', 'after'] as const
export type ReminderMoment = (typeof REMINDER_MOMENTS)[number]

export interface ReminderRule {
  when: ReminderMoment
  /** How long before or after, in milliseconds; 0 for the date itself. */
  byMs: number
  /** Again after so long; null: once. */
  everyMs: number | null
  /** How many times this rule reminds at most. */
  most: number
}

/** Hours in which nobody is written to but for what is imminent, as HH:mm in the person's zone. */
export interface QuietHours {
  from: string
  to: string
}

/** What is to be reminded of. Times are epoch ms. */
export interface ReminderPlan {
  rules: readonly ReminderRule[]
  dueAt: number
  /** What the rules would have said up to here is not made up for: when it was given, or given anew. */
  since: number
  /** Does not wait for the end of the quiet hours. */
  imminent: boolean
}

/** How far a person was reminded. */
export interface Reminded {
  /** The planned moment of the last reminder; null: none yet. */
  lastPlanned: number | null
  snoozedUntil: number | null
}

export interface PersonsHours {
  /** IANA zone. */
  zone: string
  quiet: QuietHours | null
}

/** All the moments the rules plan after `since`, earliest first, each once. */
export function plannedMoments({
  rules,
  dueAt,
  since,
}: Pick<ReminderPlan, 'rules' | 'dueAt' | 'since'>): number[] {
  const moments = rules.flatMap(({ when, byMs, everyMs, most }) => {
    const first = when === 'before' ? dueAt - byMs : when === 'after' ? dueAt + byMs : dueAt
    const times = everyMs === null ? 1 : most
    return Array.from({ length: times }, (_, nth) => first + nth * (everyMs ?? 0)).filter(
      moment => when !== 'before' || moment < dueAt,
    )
  })
  return [...new Set(moments)].filter(moment => moment > since).sort((a, b) => a - b)
}

/**
 * The next reminder: which planned moment it stands for, and when it is said, never before `now` (epoch ms). Moments
 * that passed while nobody could be told, or while the person snoozed, come to one reminder. In quiet hours it waits
 * for their end, in the person's zone, unless it is imminent.
 *
 * @returns null where nothing is left to be said.
 */
export function nextReminder(
  plan: ReminderPlan,
  { lastPlanned, snoozedUntil }: Reminded,
  hours: PersonsHours,
  now: number,
): { planned: number; at: number } | null {
  const snoozed = snoozedUntil !== null && snoozedUntil > (lastPlanned ?? Number.NEGATIVE_INFINITY)
  const left = plannedMoments(plan).filter(moment => lastPlanned === null || moment > lastPlanned)
  const moments = (snoozed ? [...left, snoozedUntil] : left).sort((a, b) => a - b)
  const horizon = Math.max(now, snoozed ? snoozedUntil : now)
  const planned = moments.findLast(moment => moment <= horizon) ?? moments[0]
  if (planned === undefined) return null
  const earliest = Math.max(planned, now, snoozed ? snoozedUntil : 0)
  return { planned, at: plan.imminent ? earliest : afterQuiet(earliest, hours) }
}

/** `at` where it lies outside the person's quiet hours, else their end. */
export function afterQuiet(at: number, { zone, quiet }: PersonsHours): number {
  return isQuiet(at, { zone, quiet }) ? nextDigestAt(at, (quiet as QuietHours).to, zone) : at
}

/** Whether the clock in the person's zone shows a quiet hour; from and to alike: there is none. */
export function isQuiet(at: number, { zone, quiet }: PersonsHours): boolean {
  if (quiet === null || quiet.from === quiet.to) return false
  const clock = DateTime.fromMillis(at, { zone }).toFormat('HH:mm')
  return quiet.from < quiet.to
    ? clock >= quiet.from && clock < quiet.to
    : clock >= quiet.from || clock < quiet.to
}

/** What a person may choose when they put a reminder off. */
export const SNOOZES = ['1h', '4h', 'tomorrow', 'monday'] as const
export type Snooze = (typeof SNOOZES)[number]

/** Until when a choice puts it off (epoch ms): some hours, the end of the next night, or of Monday's. */
export function snoozeUntil(choice: Snooze, now: number, { zone, quiet }: PersonsHours): number {
  if (choice === '1h') return now + 3_600_000
  if (choice === '4h') return now + 4 * 3_600_000
  const morning = quiet?.to ?? '08:00'
  const [hour = 8, minute = 0] = morning.split(':').map(Number)
  const today = DateTime.fromMillis(now, { zone })
  const days = choice === 'tomorrow' ? 1 : 8 - today.weekday
  return today.plus({ days }).set({ hour, minute, second: 0, millisecond: 0 }).toMillis()
}
