import { integer } from 'drizzle-orm/sqlite-core'

/** A yes or no, stored as 1 or 0. */
export const bool = (name: string) => integer(name, { mode: 'boolean' })
