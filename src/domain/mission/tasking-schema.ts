import { z } from 'zod'
import { REMINDER_MOMENTS, type ReminderRule } from '../reminder.ts'
import { CONSTITUENCIES } from './codes.ts'
import { duration, id, timeOfDay } from './parts.ts'

const DAY_MS = 86_400_000

/** Roles and readers of taskings. Everything may be left out. */
export const taskingsSection = z
  .strictObject({
    audience: z.array(z.enum(CONSTITUENCIES)).default(['military', 'police', 'mission_civilian']),
    scorecards: z.strictObject({ senior: z.array(id).optional() }).default({}),
  })
  .default({ audience: ['military', 'police', 'mission_civilian'], scorecards: {} })

const ruleSchema = z
  .strictObject({
    when: z.enum(REMINDER_MOMENTS),
    by: duration.optional(),
    every: duration.optional(),
    most: z.number().int().min(1).max(50).optional(),
  })
  .transform(
    ({ when, by, every, most }): ReminderRule => ({
      when,
      byMs: by ?? 0,
      everyMs: every ?? null,
      most: every === undefined ? 1 : (most ?? 10),
    }),
  )

const rule = (
  when: ReminderRule['when'],
  byMs: number,
  everyMs: number | null = null,
  most = 1,
): ReminderRule => ({
  when,
  byMs,
  everyMs,
  most,
})

/** What holds where the mission file says nothing. */
const defaults = {
  tasking: [rule('before', DAY_MS), rule('on_due', 0), rule('after', DAY_MS / 6, DAY_MS, 5)],
  request: [rule('on_due', 0)],
  referred: [rule('after', 7 * DAY_MS, 7 * DAY_MS, 12)],
} satisfies Record<string, ReminderRule[]>
const quietByDefault = { from: '20:00', to: '06:30' }

/** When people are reminded, by kind of record; `quiet: none` for no quiet hours. */
export const remindersSection = z
  .strictObject({
    quiet: z
      .union([z.literal('none'), z.strictObject({ from: timeOfDay, to: timeOfDay })])
      .default(quietByDefault),
    tasking: z.array(ruleSchema).default(defaults.tasking),
    request: z.array(ruleSchema).default(defaults.request),
    referred: z.array(ruleSchema).default(defaults.referred),
  })
  .default({ quiet: quietByDefault, ...defaults })
