import { type Constituency, TASKABLE } from '../../domain/mission.ts'
import {
  type Scorecard,
  type ScoredTasking,
  scorecards,
  type UnitShare,
  unitShare,
} from '../../domain/scorecard.ts'
import { TocsinError } from '../../errors.ts'
import type { Ctx } from '../context.ts'
import { heldRoles, registeredPerson } from '../permission.ts'
import { isPocUnit } from './facts.ts'

export interface Scorecards {
  cards: Scorecard[]
  /** The POC unit's share, for the senior forum alone; null for everybody else. */
  unit: UnitShare | null
  window: { from: number; to: number }
}

const WINDOW_MS = 90 * 86_400_000

/**
 * The scorecards of the last 90 days the acting person may read: a component's own for whoever stands at the top of
 * its ladder, every component's for the roles the mission file names.
 *
 * @throws TocsinError `not_registered`, `not_allowed`.
 */
export async function readScorecards(ctx: Ctx): Promise<Scorecards> {
  registeredPerson(ctx)
  const held = heldRoles(ctx).map(({ role }) => role)
  const senior = held.some(role => ctx.mission.taskings.seniorForum.includes(role))
  const own = (constituency: Constituency) => held.includes(headOf(ctx, constituency) ?? '')
  if (!senior && !TASKABLE.some(own)) throw new TocsinError('not_allowed')
  const to = ctx.clock.now()
  const window = { from: to - WINDOW_MS, to }
  const repos = ctx.store.read
  const rows = (await repos.taskings.touchedSince(window.from)).filter(({ kind }) => kind === 'tasking')
  const acts = Map.groupBy(
    await repos.taskings.actsOf(rows.map(({ id }) => id)),
    ({ taskingId }) => taskingId,
  )
  const scored = rows.map(
    (row): ScoredTasking => ({
      ...row,
      pocUnit: isPocUnit(ctx.mission, row.toRole),
      // What is kept to a layer is not told by its reasons either.
      acts: (acts.get(row.id) ?? []).map(({ kind, words }) => ({
        kind,
        words: row.layer === null ? words : null,
      })),
    }),
  )
  return {
    cards: scorecards(scored, to).filter(({ constituency }) => senior || own(constituency)),
    unit: senior ? unitShare(scored) : null,
    window,
  }
}

/** The role that leads a component: the highest of its own ladder that belongs to it. */
function headOf({ mission }: Ctx, constituency: Constituency): string | null {
  const ladder = mission.ladders.find(each => each.constituency === constituency)
  const own = ladder?.rungs.filter(
    ({ role }) => mission.roles.find(({ id }) => id === role)?.constituency === constituency,
  )
  return own?.at(-1)?.role ?? null
}
