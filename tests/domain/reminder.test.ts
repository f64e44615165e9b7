import fc from 'fast-check'
import { DateTime } from 'luxon'
import { expect, it } from 'vitest'
import {
  afterQuiet,
  isQuiet,
  nextReminder,
  plannedMoments,
  REMINDER_MOMENTS,
  type ReminderRule,
  SNOOZES,
  snoozeUntil,
} from '../../src/domain/reminder.ts'

const HOUR = 3_600_000
const DAY = 24 * HOUR
const quiet = { from: '20:00', to: '06:30' }
const lusaka = { zone: 'Africa/Lusaka', quiet }
const rules: ReminderRule[] = [
  { when: 'before', byMs: DAY, everyMs: null, most: 1 },
  { when: 'on_due', byMs: 0, everyMs: null, most: 1 },
  { when: 'after', byMs: 4 * HOUR, everyMs: DAY, most: 3 },
]
const at = (text: string) => DateTime.fromISO(text, { zone: 'Africa/Lusaka' }).toMillis()

// Zones with and without summer time, on both halves of the globe, one that shifts by half an hour.
const zone = fc.constantFrom(
  'Africa/Lusaka',
  'Europe/Paris',
  'America/New_York',
  'Australia/Lord_Howe',
  'Asia/Kolkata',
)
const moment = fc.integer({ min: at('2026-01-01'), max: at('2028-01-01') })
const clock = fc
  .record({ hour: fc.integer({ min: 0, max: 23 }), minute: fc.constantFrom(0, 30) })
  .map(({ hour, minute }) => `${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}`)
// A free hour that a change of the clock leaps over is none; two are never leapt over.
const minutesOf = (text: string) => Number(text.slice(0, 2)) * 60 + Number(text.slice(3))
const quietHours = fc
  .record({ from: clock, to: clock })
  .filter(({ from, to }) => from === to || (minutesOf(from) - minutesOf(to) + 1440) % 1440 >= 120)
const rule = fc.record({
  when: fc.constantFrom(...REMINDER_MOMENTS),
  byMs: fc.integer({ min: 0, max: 10 * DAY }),
  everyMs: fc.option(fc.integer({ min: HOUR, max: 3 * DAY })),
  most: fc.integer({ min: 1, max: 6 }),
})

it('says nothing in quiet hours but what is imminent, in the zone of the person', () => {
  const dueAt = at('2026-11-24T22:00')
  const plan = { rules, dueAt, since: at('2026-11-24T12:00'), imminent: false }
  const none = { lastPlanned: null, snoozedUntil: null }
  expect(nextReminder(plan, none, lusaka, plan.since)).toEqual({ planned: dueAt, at: at('2026-11-25T06:30') })
  expect(nextReminder({ ...plan, imminent: true }, none, lusaka, plan.since)?.at).toBe(dueAt)
})

it('makes one reminder of all that passed while nobody could be told', () => {
  const dueAt = at('2026-11-24T10:00')
  const plan = { rules, dueAt, since: at('2026-11-20T10:00'), imminent: false }
  const now = at('2026-11-26T15:00')
  const late = nextReminder(plan, { lastPlanned: null, snoozedUntil: null }, lusaka, now)
  expect(late).toEqual({ planned: at('2026-11-26T14:00'), at: now })
  expect(nextReminder(plan, { lastPlanned: late!.planned, snoozedUntil: null }, lusaka, now)).toBeNull()
})

it('comes at the time it was put off to, also where no rule plans anything more', () => {
  const dueAt = at('2026-11-24T10:00')
  const plan = { rules: [], dueAt, since: 0, imminent: false }
  const snoozedUntil = at('2026-11-27T09:00')
  expect(nextReminder(plan, { lastPlanned: dueAt, snoozedUntil }, lusaka, dueAt)?.at).toBe(snoozedUntil)
})

it('in any zone and over any change of the clock: never early, never quiet, never the same moment twice, and it ends', () => {
  fc.assert(
    fc.property(
      fc.array(rule, { minLength: 1, maxLength: 4 }),
      moment,
      fc.integer({ min: -20 * DAY, max: 20 * DAY }),
      zone,
      quietHours,
      fc.boolean(),
      (given, dueAt, from, zone, quiet, imminent) => {
        const plan = { rules: given, dueAt, since: dueAt + from, imminent }
        const hours = { zone, quiet }
        let now = plan.since
        let lastPlanned: number | null = null
        const most = plannedMoments(plan).length
        for (let said = 0; ; said++) {
          const next = nextReminder(plan, { lastPlanned, snoozedUntil: null }, hours, now)
          if (!next) break
          expect(said).toBeLessThan(most)
          expect(next.at).toBeGreaterThanOrEqual(Math.max(now, next.planned))
          expect(next.planned).toBeGreaterThan(lastPlanned ?? plan.since)
          if (!imminent) expect(isQuiet(next.at, hours)).toBe(false)
          lastPlanned = next.planned
          now = next.at
        }
      },
    ),
  )
})

it('waits less than a day and two hours for the end of quiet hours', () => {
  fc.assert(
    fc.property(moment, zone, fc.record({ from: clock, to: clock }), (now, zone, quiet) => {
      expect(afterQuiet(now, { zone, quiet }) - now).toBeLessThan(DAY + 2 * HOUR)
    }),
  )
})

it('every choice of putting off lies ahead, and Monday is one', () => {
  fc.assert(
    fc.property(moment, zone, (now, zone) => {
      for (const choice of SNOOZES) expect(snoozeUntil(choice, now, { zone, quiet })).toBeGreaterThan(now)
      expect(DateTime.fromMillis(snoozeUntil('monday', now, { zone, quiet }), { zone }).weekday).toBe(1)
    }),
  )
})
