/** How alerts that belong together are found: optional sections of the mission file. */
import { z } from 'zod'
import { parseDuration } from '../duration.ts'
import { duration } from './parts.ts'

const km = z.number().positive().max(1000)

/** Alerts near in place and time are offered as being about the same thing. */
export const duplicatesSection = z.strictObject({ within: duration, km })

/** When low warnings of one kind in one area come before the mission as one item. */
export const earlyWarningSection = z.strictObject({
  count: z.number().int().min(2).max(50),
  days: z.number().int().min(1).max(60),
  km,
  /** How long a decision may be waited for before the next reminder. */
  remind: duration.optional(),
})

/** What these sections come to; a mission that says nothing gets the defaults. */
export interface AlertFinding {
  duplicates: { withinMs: number; km: number }
  earlyWarning: { count: number; days: number; km: number; remindMs: number }
}

const DAY = parseDuration('1d') as number

export function alertFinding(file: {
  duplicates?: z.output<typeof duplicatesSection> | undefined
  early_warning?: z.output<typeof earlyWarningSection> | undefined
}): AlertFinding {
  const { duplicates, early_warning: early } = file
  return {
    duplicates: { withinMs: duplicates?.within ?? DAY, km: duplicates?.km ?? 5 },
    earlyWarning: {
      count: early?.count ?? 3,
      days: early?.days ?? 7,
      km: early?.km ?? 25,
      remindMs: early?.remind ?? DAY,
    },
  }
}
