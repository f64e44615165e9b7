/** Asking the other side for information: types, without I/O. */

/** Every request ends with one of these: silence is none of them. */
export const INQUIRY_ANSWERS = ['provided', 'partly', 'declined', 'not_held'] as const
export type InquiryAnswer = (typeof INQUIRY_ANSWERS)[number]
export type InquiryState = 'open' | InquiryAnswer

export const isInquiryAnswer = (value: unknown): value is InquiryAnswer =>
  INQUIRY_ANSWERS.includes(value as InquiryAnswer)

/** Whoever owes the answer is reminded after this long, once. */
export const REMIND_AFTER_MS = 7 * 24 * 3_600_000
