/** When a team that is out is heard of next, and who is told when it is not. Pure; times are epoch ms. */
import { DateTime } from 'luxon'

export interface Watch {
  departAt: number
  returnAt: number
  /** Agreed hours as HH:mm on the clock of `zone`, every day the team is out. */
  hours: readonly string[]
  zone: string
}

/** A contact so long before an agreed moment counts for it. */
export const EARLY_MS = 3_600_000

/** The agreed moments while the team is out, earliest first; its return is none of them. */
export function agreedMoments({ departAt, returnAt, hours, zone }: Watch): number[] {
  const moments: number[] = []
  let day = DateTime.fromMillis(departAt, { zone }).startOf('day')
  for (; day.toMillis() <= returnAt; day = day.plus({ days: 1 })) {
    for (const text of hours) {
      const [hour = 0, minute = 0] = text.split(':').map(Number)
      const at = day.set({ hour, minute }).toMillis()
      if (at > departAt && at < returnAt) moments.push(at)
    }
  }
  return [...new Set(moments)].sort((a, b) => a - b)
}

/**
 * What is awaited of a team that is out: the first agreed moment no contact covers, else its return, which nothing
 * covers but the return itself.
 *
 * @param heardAt when it was last heard of; its departure where it was not yet.
 */
export function awaited(watch: Watch, heardAt: number): { kind: 'check_in' | 'return'; at: number } {
  const next = agreedMoments(watch).find(at => at > heardAt + EARLY_MS)
  return next === undefined ? { kind: 'return', at: watch.returnAt } : { kind: 'check_in', at: next }
}

export interface WatchRules {
  /** So long after the moment the first of the ladder is told. */
  graceMs: number
  /** So long after each other those above are. */
  climbMs: number
  /** How many there are to tell. */
  rungs: number
}

/** The team itself is asked at the moment; then the ladder is told, a rung at a time. */
export type WatchStep = { do: 'ask'; at: number } | { do: 'tell'; rung: number; at: number }

/**
 * The step that comes next for an awaited moment.
 *
 * @param done how many steps were taken for it: the asking first, then a rung each.
 * @returns null where everybody has been told.
 */
export function nextStep(at: number, done: number, rules: WatchRules): WatchStep | null {
  if (done === 0) return { do: 'ask', at }
  const rung = done - 1
  if (rung >= rules.rungs) return null
  return { do: 'tell', rung, at: at + rules.graceMs + rung * rules.climbMs }
}

/** Whether the moment was missed: the time given after it has passed. */
export const isMissed = (at: number, now: number, { graceMs }: Pick<WatchRules, 'graceMs'>): boolean =>
  now >= at + graceMs
