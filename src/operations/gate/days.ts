import { DateTime } from 'luxon'
import { TocsinError } from '../../errors.ts'
import type { Ctx } from '../context.ts'

/** A moment (epoch ms) as a day of the mission, `YYYY-MM-DD`. */
export function dayOf({ mission }: Pick<Ctx, 'mission'>, at: number): string {
  return DateTime.fromMillis(at, { zone: mission.zone }).toISODate() ?? ''
}

/** The first moment after a day of the mission (epoch ms). */
export function endOfDay({ mission }: Pick<Ctx, 'mission'>, day: string): number {
  return DateTime.fromISO(day, { zone: mission.zone }).plus({ days: 1 }).startOf('day').toMillis()
}

/** The day so many days after another. */
export function dayAfter({ mission }: Pick<Ctx, 'mission'>, day: string, days: number): string {
  return DateTime.fromISO(day, { zone: mission.zone }).plus({ days }).toISODate() ?? day
}

/**
 * A day that somebody gave, not before today (`from` another day) and at most so many days later.
 *
 * @throws TocsinError `text_missing`, `day_past`, `ends_before_start` for one before `from`, `time_too_far`.
 */
export function comingDay(
  ctx: Pick<Ctx, 'mission' | 'clock'>,
  value: string | null | undefined,
  field: string,
  options: { from?: string; days?: number } = {},
): string {
  const from = options.from ?? dayOf(ctx, ctx.clock.now())
  if (!value || !/^\d{4}-\d\d-\d\d$/.test(value) || !DateTime.fromISO(value).isValid)
    throw new TocsinError('text_missing', { field })
  if (value < from) throw new TocsinError(options.from ? 'ends_before_start' : 'day_past', { field })
  const { days } = options
  if (days !== undefined && value > dayAfter(ctx, from, days))
    throw new TocsinError('time_too_far', { field, details: { max: days * 86_400_000 } })
  return value
}
