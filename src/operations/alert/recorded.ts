import type { Slot } from '../../domain/mission.ts'
import { TocsinError } from '../../errors.ts'
import { type Ctx, inTransaction, type Open } from '../context.ts'
import { actingPerson } from '../permission.ts'
import { optionalText, requiredText, textLimits } from '../text.ts'
import { settle } from './acts.ts'
import {
  addAcknowledgement,
  addDecision,
  addOnSite,
  type Decision,
  futureTime,
  type How,
  reasonWithNote,
} from './answer.ts'
import { type Post, requireRecordKeeper } from './chain.ts'
import type { AlertFacts } from './facts.ts'
import { readOpenAlert } from './reading.ts'

export interface RecordedInput {
  alertId: string
  slot: Slot
  /** Which rung of that owner's ladder answered. */
  rung: number
  means: 'phone' | 'radio'
  /** When it answered (epoch ms); not in the future. */
  at: number
  said: 'acknowledge' | 'respond' | 'watch' | 'not_acting' | 'on_site'
  who?: string | null
  until?: number | null
  reason?: string | null
  note?: string | null
}

/**
 * A post answered by phone or radio, and somebody records it for them: it counts for that owner and says so.
 *
 * @throws TocsinError `not_found`, `already_ended`, `not_allowed`, `time_future`, and those of the answer given.
 */
export async function recordAnswer(ctx: Ctx, input: RecordedInput): Promise<AlertFacts> {
  actingPerson(ctx)
  if (input.at > ctx.clock.now()) throw new TocsinError('time_future', { field: 'at' })
  const note = optionalText(input.note, 'note', textLimits.note)
  const said = checked(ctx, input)
  return inTransaction(ctx, async (repos, open) => {
    const facts = await readOpenAlert(open, input.alertId, repos)
    requireRecordKeeper(open, facts)
    const { slot, rung, means } = input
    const ref = facts.owners.find(({ owner }) => owner.slot === slot)?.posts[rung]
    if (!ref) throw new TocsinError('unknown_term', { field: 'post', details: { value: `${slot}:${rung}` } })
    const post = { slot, rung, ref }
    await said(open, facts, post, { means, at: Math.max(input.at, facts.alert.raisedAt), note })
    return settle(open, facts)
  })
}

/** What the post said, with what belongs to it and nothing else, ready to be written down. */
function checked(ctx: Ctx, input: RecordedInput) {
  const until = () => futureTime(ctx, input.until ?? null)
  const decided =
    (decision: Decision) =>
    (open: Open, facts: AlertFacts, post: Post, how: How): Promise<void> =>
      addDecision(open, facts, post, { ...decision, ...how })
  switch (input.said) {
    case 'acknowledge':
      return addAcknowledgement
    case 'on_site':
      return addOnSite
    case 'respond':
      return decided({ kind: 'respond', who: requiredText(input.who, 'who', textLimits.who), until: until() })
    case 'watch': {
      const end = until()
      if (end === null) throw new TocsinError('time_past', { field: 'until' })
      return decided({ kind: 'watch', until: end })
    }
    case 'not_acting':
      return decided({ kind: 'not_acting', reason: reasonWithNote(ctx, 'not_acting', input).reason })
    default:
      throw new TocsinError('unknown_term', { field: 'said', details: { value: String(input.said) } })
  }
}
