import type { Repos } from '../db/store.ts'
import type { Shared } from '../domain/sharing.ts'
import { threadShared } from './alert/reading.ts'
import type { Ctx } from './context.ts'
import { forumsShared } from './forum/facts.ts'
import { hotspotsShared } from './hotspot/facts.ts'
import { incidentsShared } from './incident/facts.ts'
import { roundsShared } from './matrix/facts.ts'
import { plansShared } from './plan/facts.ts'
import { sharedTaskings } from './tasking/facts.ts'
import { teamsShared } from './team/readers.ts'

/** A record that may stand in a channel, with what it says about its readers. */
export interface SharedRecord {
  kind: string
  id: string
  code: string
  shared: Shared
  /** The record it belongs to, whose code it goes by: whoever may not read that one is told of neither. */
  within?: Shared
}

/** Of these rows, those of one kind of record; ids of other kinds are passed over. */
export type FindShared = (ctx: Ctx, repos: Repos, ids: readonly string[]) => Promise<SharedRecord[]>

/**
 * Kinds of records, beside alerts and their summaries, whose cards or lines may stand in a channel: a noun adds its
 * finder here, so that a channel that now holds somebody who may not read it is noticed.
 */
const kinds: readonly FindShared[] = [
  threadShared,
  incidentsShared,
  hotspotsShared,
  roundsShared,
  sharedTaskings,
  forumsShared,
  plansShared,
  teamsShared,
]

/** The records among these rows. */
export async function sharedRecords(ctx: Ctx, repos: Repos, ids: readonly string[]): Promise<SharedRecord[]> {
  const found = await Promise.all(kinds.map(find => find(ctx, repos, ids)))
  return found.flat()
}
