/** How far an alert is verified: an axis of its own, whatever is done about the alert meanwhile (practice A10). */
import type { Act } from './alert.ts'

export const VERIFICATION_STATES = [
  'unverified',
  'verifying',
  'corroborated',
  'verified',
  'unfounded',
  'unverifiable',
] as const
export type VerificationState = (typeof VERIFICATION_STATES)[number]

/** What an alert can be moved to: that nobody has looked into it is not said, it is so until somebody does. */
export const VERIFICATION_CHOICES = VERIFICATION_STATES.filter(state => state !== 'unverified')

/** On what ground somebody says so. Codes: a ground in free words would name a source. */
export const GROUNDS = [
  'own_observation',
  'independent_sources',
  'partner',
  'authorities',
  'human_rights',
  'contradicted',
  'no_access',
  'other',
] as const
export type Ground = (typeof GROUNDS)[number]

/** One step of verification: who said it in which post, when, on what ground. Times are epoch ms. */
export interface Verification {
  state: VerificationState
  ground: Ground | null
  at: number
  recordedAt: number
  byPerson: string
  role: string | null
}

export const isGround = (value: unknown): value is Ground => GROUNDS.includes(value as Ground)
export const isVerificationState = (value: unknown): value is VerificationState =>
  VERIFICATION_STATES.includes(value as VerificationState)

/** The steps of verification among an alert's acts, in the order of recording. */
export function verificationsOf(acts: readonly Act[]): Verification[] {
  return acts.flatMap(({ kind, reason, who, at, recordedAt, byPerson, role }) =>
    kind === 'verify' && isVerificationState(reason)
      ? [{ state: reason, ground: isGround(who) ? who : null, at, recordedAt, byPerson, role }]
      : [],
  )
}

/** How far the alert is verified now: what was said last. */
export function verificationOf(steps: readonly Pick<Verification, 'state'>[]): VerificationState {
  return steps.at(-1)?.state ?? 'unverified'
}

/** Whether a person may move it so: to anything else but back to nobody having looked. */
export function mayVerify(from: VerificationState, to: VerificationState): boolean {
  return to !== from && to !== 'unverified'
}

/** This many sources that heard or saw for themselves corroborate each other. */
export const CORROBORATING_SOURCES = 2

/**
 * What the bot may suggest and a person decides: corroborated, where enough independent sources say the same and
 * nobody has come to a finding yet. Null: nothing.
 */
export function suggestedVerification(
  now: VerificationState,
  sources: { independent: number },
): VerificationState | null {
  const undecided = now === 'unverified' || now === 'verifying'
  return undecided && sources.independent >= CORROBORATING_SOURCES ? 'corroborated' : null
}
