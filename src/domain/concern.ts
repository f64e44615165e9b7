/** Concerns nobody is named for: types without I/O. */

/** What a concern may be about. */
export const CONCERNS = ['returns', 'escort', 'association', 'other'] as const
export type ConcernAbout = (typeof CONCERNS)[number]
