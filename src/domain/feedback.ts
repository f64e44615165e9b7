/** What is owed to a community after an alert has been closed: types and decisions, without I/O. */

/** `told`: what may be said was said. `not_safe`: saying anything would put somebody in danger. */
export const FEEDBACK_ANSWERS = ['told', 'not_safe'] as const
export type FeedbackAnswer = (typeof FEEDBACK_ANSWERS)[number]
export type FeedbackState = 'open' | FeedbackAnswer
export const isFeedbackAnswer = (value: unknown): value is FeedbackAnswer =>
  FEEDBACK_ANSWERS.includes(value as FeedbackAnswer)

/** What is known of reprisals against those who warned or were helped. */
export const REPRISAL_ANSWERS = ['none_known', 'feared', 'reported', 'not_safe_to_ask'] as const
export type ReprisalAnswer = (typeof REPRISAL_ANSWERS)[number]
export const isReprisalAnswer = (value: unknown): value is ReprisalAnswer =>
  REPRISAL_ANSWERS.includes(value as ReprisalAnswer)

/** Whether human rights are told of an answer at once, rather than finding it where they look. */
export function callsForHumanRights(answer: ReprisalAnswer): boolean {
  return answer === 'feared' || answer === 'reported'
}

/** Reminded so often; after that only the digest goes on showing it as not done. */
export const REMINDERS_MAX = 7
