/** What a digest holds and when it is due: decisions without I/O. */
import { DateTime } from 'luxon'
import { type Act, type Alert, byUrgency, isUrgent } from './alert.ts'
import { isOverdue, type OwnerState } from './awaited.ts'

const DAY_MS = 24 * 3_600_000

/**
 * What a digest can tell, in the order in which it is read unless the mission file says otherwise: what became of
 * civilians first, then what is not done, as plainly as what is.
 */
export const DIGEST_SECTIONS = [
  'outcomes',
  'unanswered',
  'urgent',
  'warnings',
  'musts',
  'late',
  'blocked',
  'waiting',
  'not_taken_on',
  'done',
  'untold',
  'reports',
  'team_reports',
  'recommendations',
  'decisions',
  'raised',
  'changed',
  'incidents',
  'partners',
  'hotspots',
  'gates',
  'released',
  'meetings',
  'trends',
] as const
export type ChannelSection = (typeof DIGEST_SECTIONS)[number]

/**
 * What the look back on a week tells unless the mission file says otherwise. What the same morning's digest holds as
 * the day's news stands in that one alone; what is not done stands here as plainly as what is.
 */
export const WEEK_SECTIONS: readonly ChannelSection[] = [
  'outcomes',
  'trends',
  'unanswered',
  'musts',
  'late',
  'not_taken_on',
  'done',
  'untold',
  'recommendations',
  'decisions',
  'incidents',
  'partners',
  'hotspots',
  'released',
]

/** What a person's own digest tells, by direct message. */
export const OWN_SECTIONS = [
  'my_alerts',
  'my_due',
  'my_decisions',
  'my_warnings',
  'my_taskings',
  'my_places',
  'subscribed',
] as const
export type DigestSection = ChannelSection | (typeof OWN_SECTIONS)[number]

/** The daily digest, the look back on a week, or a person's own. */
export type DigestKind = 'daily' | 'weekly' | 'own'

/** The first moment after `now` (epoch ms) at which the clock in `zone` shows `at` ("HH:mm"). */
export function nextDigestAt(now: number, at: string, zone: string): number {
  const [hour = 0, minute = 0] = at.split(':').map(Number)
  const today = DateTime.fromMillis(now, { zone }).set({ hour, minute, second: 0, millisecond: 0 })
  const next = today.toMillis() > now ? today : today.plus({ days: 1 })
  return next.toMillis()
}

/** The same on the next such day of the week (1 Monday … 7 Sunday). */
export function nextWeeklyAt(now: number, day: number, at: string, zone: string): number {
  let next = nextDigestAt(now, at, zone)
  while (weekday(next, zone) !== day) next = nextDigestAt(next, at, zone)
  return next
}

/** The day of the week in `zone`: 1 Monday … 7 Sunday. */
export const weekday = (at: number, zone: string): number => DateTime.fromMillis(at, { zone }).weekday

/** The local day a digest is for, as `2026-11-21`. */
export function digestDay(dueAt: number, zone: string): string {
  return DateTime.fromMillis(dueAt, { zone }).toISODate() ?? ''
}

/** The time a digest looks back on: a day or a week, or since the last one where that is longer. */
export function digestWindow(
  now: number,
  lastAt: number | null,
  kind: DigestKind = 'daily',
): { from: number; to: number } {
  const length = kind === 'weekly' ? 7 * DAY_MS : DAY_MS
  return { from: Math.min(now - length, lastAt ?? now), to: now }
}

/** An alert as far as a digest weighs it. */
export interface DigestItem {
  alert: Pick<Alert, 'raisedAt' | 'urgency' | 'lifecycle'>
  owners: { state: OwnerState }[]
  acts: Pick<Act, 'kind' | 'recordedAt'>[]
  nearest: { km: number } | null
}

export interface DigestSections<T> {
  /** An owner has not answered, has decided nothing, or has not done by its time what it said it would. */
  unanswered: T[]
  /** Answered for, and happening now or imminent. */
  urgent: T[]
  /** Raised in the window, not in the sections above. */
  raised: T[]
  /** Something was done in the window, not in the sections above. */
  changed: T[]
  /** Closed or withdrawn in the window. */
  ended: T[]
  /** How many more are open, with nothing new. */
  quiet: number
}

/** An alert this near to a base with nobody acting stands out. */
export const NEAR_BASE_KM = 5

/** Sorts alerts into the sections of a digest: what was not done first, then the most urgent. */
export function digestSections<T extends DigestItem>(
  items: readonly T[],
  window: { from: number; to: number },
): DigestSections<T> {
  const sections: DigestSections<T> = {
    unanswered: [],
    urgent: [],
    raised: [],
    changed: [],
    ended: [],
    quiet: 0,
  }
  const inWindow = (at: number) => at > window.from && at <= window.to
  for (const item of [...items].sort(order)) {
    // Told with the alert it was joined to.
    if (item.alert.lifecycle === 'merged') continue
    const touched = item.acts.some(act => inWindow(act.recordedAt))
    if (item.alert.lifecycle !== 'open') {
      const end = item.acts.findLast(act => act.kind === 'close' || act.kind === 'withdraw')
      if (end && inWindow(end.recordedAt)) sections.ended.push(item)
    } else if (isUndone(item, window.to)) sections.unanswered.push(item)
    else if (isUrgent(item.alert.urgency)) sections.urgent.push(item)
    else if (inWindow(item.alert.raisedAt)) sections.raised.push(item)
    else if (touched) sections.changed.push(item)
    else sections.quiet++
  }
  return sections
}

/** Whether an owner has still to acknowledge or to decide, or anything awaited of it is overdue at `now`. */
export function isUndone(item: Pick<DigestItem, 'owners'>, now: number): boolean {
  return item.owners.some(
    ({ state }) => (state.awaiting !== null && !state.decision) || isOverdue(state, now),
  )
}

/** Whether somebody has acknowledged and nobody has decided: the silence that looks like an answer. */
export function isAcknowledgedOnly(item: Pick<DigestItem, 'owners'>): boolean {
  return item.owners.some(
    ({ state }) => state.awaiting === 'decide' && state.acknowledged !== null && state.decision === null,
  )
}

function order(a: DigestItem, b: DigestItem): number {
  return (
    Number(isAcknowledgedOnly(b)) - Number(isAcknowledgedOnly(a)) ||
    Number(isNearAndIdle(b)) - Number(isNearAndIdle(a)) ||
    byUrgency(a.alert, b.alert) ||
    a.alert.raisedAt - b.alert.raisedAt
  )
}

/** Within reach of a base and nobody has decided to go. */
export function isNearAndIdle(item: Pick<DigestItem, 'owners' | 'nearest'>): boolean {
  return (
    item.nearest !== null &&
    item.nearest.km <= NEAR_BASE_KM &&
    !item.owners.some(({ state }) => state.decision?.kind === 'respond')
  )
}
