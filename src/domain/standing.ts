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

/** The acts that move an alert between its stored lifecycles; one that was joined to another is undone, not reopened. */
const MOVES = {
  close: { from: ['open'], to: 'closed' },
  withdraw: { from: ['open'], to: 'withdrawn' },
  merge: { from: ['open'], to: 'merged' },
  reopen: { from: ['closed', 'withdrawn'], to: 'open' },
  unmerge: { from: ['merged'], to: 'open' },
} as const satisfies Record<string, { from: readonly Lifecycle[]; to: Lifecycle }>
export type Move = keyof typeof MOVES

/** Where an act moves an alert that stands at `from`; null where that act is not for it. */
export function afterMove(move: Move, from: Lifecycle): Lifecycle | null {
  const { from: froms, to } = MOVES[move]
  return (froms as readonly Lifecycle[]).includes(from) ? to : null
}

const ANSWERS: readonly Act['kind'][] = ['acknowledge', 'respond', 'watch', 'not_acting', 'on_site']

/** Whether an act is an owner's answer to the alert. */
export const isAnswer = ({ kind }: Pick<Act, 'kind'>): boolean => ANSWERS.includes(kind)
