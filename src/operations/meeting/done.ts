import type { MeetingEntry } from '../../db/meetings.ts'
import { isAsking } from '../../domain/meeting.ts'
import { TocsinError } from '../../errors.ts'
import { actorAsReader } from '../alert/reading.ts'
import { type Ctx, inTransaction, type Open } from '../context.ts'
import { heldRoles, registeredPerson, roleKey } from '../permission.ts'
import { note, refreshCardsOf } from '../telling.ts'
import { type MeetingFacts, mayReadMeetingOf, meetingFacts, readOwnMeeting } from './facts.ts'
import { meetingRef } from './plan.ts'

/**
 * A decision was carried out, or an action was. It leaves the agenda.
 *
 * @throws TocsinError `not_registered`, `not_found`, `not_allowed`, `already_done`.
 */
export async function entryDone(ctx: Ctx, entryId: string): Promise<MeetingEntry> {
  const person = registeredPerson(ctx)
  return inTransaction(ctx, async (repos, open) => {
    const entry = await repos.meetings.entryById(entryId)
    const facts = entry && (await readMeetingFor(open, entry))
    if (!entry || !facts || !isAsking(entry.kind) || entry.state !== 'stands')
      throw new TocsinError('not_found')
    const decides = heldRoles(open).some(ref => roleKey(ref) === entry.decider)
    if (!decides) await readOwnMeeting(open, entry.meetingId)
    if (entry.doneAt !== null) throw new TocsinError('already_done')
    await repos.meetings.updateEntry(entryId, { doneAt: open.clock.now(), doneBy: person.id })
    await note(open, meetingRef(facts.meeting), 'meeting.done', { entry: entryId })
    await refreshCardsOf(open, meetingRef(facts.meeting))
    await refreshAgendas(open, facts)
    return { ...entry, doneAt: open.clock.now(), doneBy: person.id }
  })
}

/** Meetings to come on whose agenda a group's decisions stand: its own, and those of the groups over it and in its place. */
async function refreshAgendas(open: Open, { forum }: MeetingFacts): Promise<void> {
  const { parent, hostedBy } = forum
  const groups = [forum.forum.id, ...(parent ? [parent.id] : []), ...(hostedBy ? [hostedBy.host.id] : [])]
  for (const meeting of await open.tx.meetings.ofForums(groups))
    if (meeting.state === 'planned' || meeting.state === 'open')
      await refreshCardsOf(open, meetingRef(meeting))
}

async function readMeetingFor(open: Open, entry: MeetingEntry): Promise<MeetingFacts | null> {
  const meeting = await open.tx.meetings.byId(entry.meetingId)
  const facts = meeting && (await meetingFacts(open, open.tx, meeting))
  const reader = actorAsReader(open)
  return facts && (!reader || mayReadMeetingOf(open, facts, reader)) ? facts : null
}
