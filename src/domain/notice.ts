/** What humanitarians notify: types without I/O. */

/** What is notified. Sector operations are not told which. */
export const NOTICE_KINDS = ['site', 'movement'] as const
export type NoticeKind = (typeof NOTICE_KINDS)[number]
