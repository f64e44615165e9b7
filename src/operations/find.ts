import type { FindQuery } from '../domain/find-query.ts'
import type { Ctx } from './context.ts'
import type { Found } from './find/finder.ts'
import { finders } from './find/finders.ts'
import { registeredPerson } from './permission.ts'

export type { Found } from './find/finder.ts'

/** Records one page shows. */
export const FOUND_PAGE = 8
/** Of one kind, more than these are not looked for; the page says so. */
export const FOUND_MOST = 100

export interface FoundPage {
  query: FindQuery
  items: Found[]
  total: number
  page: number
  pages: number
  /** Whether a kind had more than it was asked for: fewer words find fewer. */
  more: boolean
}

/**
 * Everything the acting person may read that fits a code, words, a sector and a time, newest first and page by page.
 * What they may not read is not counted either.
 *
 * @throws TocsinError `not_registered`.
 */
export async function find(ctx: Ctx, query: FindQuery, page = 0): Promise<FoundPage> {
  registeredPerson(ctx)
  const letter = query.code?.[0]
  const asked = finders.filter(finder => !letter || finder.letter === letter)
  const found: Found[][] = []
  for (const finder of asked) found.push(await finder.find(ctx, query, FOUND_MOST))
  const all = found.flat().sort((a, b) => b.at - a.at)
  const pages = Math.max(1, Math.ceil(all.length / FOUND_PAGE))
  const shown = Math.min(Math.max(0, page), pages - 1)
  return {
    query,
    items: all.slice(shown * FOUND_PAGE, (shown + 1) * FOUND_PAGE),
    total: all.length,
    page: shown,
    pages,
    more: found.some(each => each.length >= FOUND_MOST),
  }
}

/**
 * What stands behind the codes a message names, as far as the acting person may read it; of the others nothing is
 * said, not even that they exist.
 *
 * @throws TocsinError `not_registered`.
 */
export async function findCodes(ctx: Ctx, codes: readonly string[]): Promise<Found[]> {
  registeredPerson(ctx)
  const found: Found[] = []
  for (const code of codes.slice(0, 20)) {
    const query = { words: '', code, sector: null, sinceMs: null, unread: [] }
    found.push(...(await find(ctx, query)).items)
  }
  return found
}
