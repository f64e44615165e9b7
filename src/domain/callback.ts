/** A call that somebody in the field waits for: states and clocks, without I/O. */

import type { Urgency } from './mission/codes.ts'
import type { IntakeDue } from './mission/intake-types.ts'

/** `open` until a person has decided what it was. */
export const CALLBACK_STATES = ['open', 'raised', 'added', 'not_warning'] as const
export type CallbackState = (typeof CALLBACK_STATES)[number]

/** Whose number it is. `unknown` stays apart until a person has decided. */
export const VERDICTS = ['unknown', 'source', 'nobody'] as const
export type Verdict = (typeof VERDICTS)[number]

/** Why something was no warning. Codes, for words about a caller belong into the vault. */
export const NOT_WARNING_REASONS = [
  'wrong_number',
  'no_threat',
  'nuisance',
  'test',
  'known_already',
  'cannot_be_reached',
] as const
export type NotWarningReason = (typeof NOT_WARNING_REASONS)[number]

export const isNotWarningReason = (value: unknown): value is NotWarningReason =>
  NOT_WARNING_REASONS.includes(value as NotWarningReason)

/** *Try again at* lies at most so far ahead: whoever rang waits. */
export const TRY_AGAIN_LIMIT_MS = 24 * 3_600_000

/** What is told once more within this time of the last time only edits the card. */
export const TELL_AGAIN_MS = 5 * 60_000

/** When somebody must have been called back (epoch ms), for what came in at `from`. */
export function dueFrom(from: number, urgency: Urgency | null, due: IntakeDue): number {
  const urgent = urgency === 'happening_now' || urgency === 'imminent'
  return from + (urgent ? due.urgentMs : due.callBackMs)
}
