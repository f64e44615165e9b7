/** Where an alert stands, finer than what is stored: derived from its acts, never stored. */
import type { Act, Alert, Lifecycle } from './alert.ts'

export const STANDINGS = ['received', 'triaged', 'open', 'reopened', 'closed', 'withdrawn', 'merged'] as const
export type Standing = (typeof STANDINGS)[number]

/**
 * `received` until it is known whose it is, `triaged` until one of its owners has answered, then `open`; `reopened`
 * until an owner has answered again. One that has ended stands as it ended.
 */
export function standingOf(
  alert: Pick<Alert, 'lifecycle' | 'triage'>,
  acts: readonly Pick<Act, 'kind'>[],
): Standing {
  if (alert.lifecycle !== 'open') return alert.lifecycle
  const reopened = acts.findLastIndex(({ kind }) => kind === 'reopen')
  const answered = acts.slice(reopened + 1).some(isAnswer)
  if (answered) return 'open'
  if (reopened >= 0) return 'reopened'
  return alert.triage ? 'received' : 'triaged'
}

/** Whether a person may move an alert between two stored lifecycles; a merged one is undone, not reopened. */
export function mayMove(from: Lifecycle, to: Lifecycle): boolean {
  return from === 'open' ? to !== 'open' : to === 'open'
}

const ANSWERS: readonly Act['kind'][] = ['acknowledge', 'respond', 'watch', 'not_acting', 'on_site']

/** Whether an act is an owner's answer to the alert. */
export const isAnswer = ({ kind }: Pick<Act, 'kind'>): boolean => ANSWERS.includes(kind)
