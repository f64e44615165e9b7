import type { MeetingEntry } from '../../db/meetings.ts'
import { ENTRY_KINDS } from '../../domain/meeting.ts'
import { TocsinError } from '../../errors.ts'
import { type Ctx, inTransaction, type Open } from '../context.ts'
import { ownPost } from '../forum/facts.ts'
import { forumLimits } from '../forum/make.ts'
import { registeredPerson, roleKey } from '../permission.ts'
import { note, refreshCardsOf } from '../telling.ts'
import { requiredText } from '../text.ts'
import { type MeetingFacts, meetingFacts, readOwnMeeting, readRunningMeeting } from './facts.ts'
import { meetingRef } from './plan.ts'

/** What somebody of the group says of it, or puts on its agenda: their own words, at once. */
export interface SayInput {
  meetingId: string
  /** `point` for the agenda; else what it is. */
  kind: string
  text: string
  /** Of a decision: the post that decided (`role` or `role@sector`), and by when it is to be carried out. */
  decider?: string | null
  dueAt?: number | null
}

/**
 * Puts a person's own words on a meeting's record: a point of its agenda before and during it, a decision with who
 * decided and when, an action, a dissent, an information.
 *
 * @throws TocsinError `not_registered`, `not_found`, `meeting_over`, `unknown_term`, `text_missing`, `text_too_long`,
 *   `time_past`, `not_allowed` for a decision by somebody who does not keep the group.
 */
export async function sayInMeeting(ctx: Ctx, input: SayInput): Promise<MeetingFacts> {
  const person = registeredPerson(ctx)
  const kind = ENTRY_KINDS.find(each => each === input.kind)
  if (!kind) throw new TocsinError('unknown_term', { field: 'mark', details: { value: input.kind } })
  const text = requiredText(input.text, 'text', forumLimits.text)
  return inTransaction(ctx, async (_repos, open) => {
    const facts = await readRunningMeeting(open, input.meetingId, false)
    // What a group has decided is written down by those who keep its record.
    if (kind === 'decision') await readOwnMeeting(open, input.meetingId)
    const entry: MeetingEntry = {
      ...blank(open, facts, kind),
      ...deciding(open, facts, kind, input),
      state: 'stands',
      text,
      authorId: person.id,
      authorRole: ownPost(open, facts.forum),
      constituency: person.constituency,
      putBy: person.id,
    }
    await open.tx.meetings.addEntry(entry)
    await noted(open, facts, entry, 'meeting.entered')
    await refreshCardsOf(open, meetingRef(facts.meeting))
    return (await meetingFacts(open, open.tx, facts.meeting)) as MeetingFacts
  })
}

export function blank(open: Open, { meeting }: MeetingFacts, kind: MeetingEntry['kind']) {
  return {
    id: open.ids.id(),
    meetingId: meeting.id,
    kind,
    channel: null,
    ts: null,
    permalink: null,
    editedTs: null,
    at: open.clock.now(),
    decider: null,
    dueAt: null,
    doneAt: null,
    doneBy: null,
    used: null,
  }
}

export function deciding(
  open: Open,
  { forum }: MeetingFacts,
  kind: MeetingEntry['kind'],
  given: { decider?: string | null | undefined; dueAt?: number | null | undefined },
): Pick<MeetingEntry, 'decider' | 'dueAt'> {
  if (kind !== 'decision') return { decider: null, dueAt: null }
  const posts = forum.posts.map(roleKey)
  const decider = given.decider ?? roleKey(forum.chair)
  if (!posts.includes(decider))
    throw new TocsinError('unknown_term', { field: 'decider', details: { value: decider } })
  const dueAt = given.dueAt ?? null
  if (dueAt !== null && dueAt <= open.clock.now()) throw new TocsinError('time_past', { field: 'dueAt' })
  return { decider, dueAt }
}

export function noted(
  open: Open,
  { meeting }: MeetingFacts,
  entry: MeetingEntry,
  kind: string,
): Promise<void> {
  const { id, decider, dueAt } = entry
  return note(
    open,
    meetingRef(meeting),
    kind,
    { entry: id, mark: entry.kind, ...(decider ? { decider, dueAt } : {}) },
    entry.text === null ? undefined : { text: entry.text },
  )
}
