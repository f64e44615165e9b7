import type { MeetingEntry } from '../../db/meetings.ts'
import { ENTRY_KINDS, entersAs } from '../../domain/meeting.ts'
import { type RoleRef, shownRole } from '../../domain/mission.ts'
import { afterEvent, asksConsent, plainWords, type QuoteEvent } from '../../domain/quote.ts'
import { TocsinError } from '../../errors.ts'
import type { WrittenMessage } from '../../ports.ts'
import { personReader } from '../channel.ts'
import { type Ctx, inTransaction, type Open, type Person } from '../context.ts'
import { actingPerson, registeredPerson, roleKey } from '../permission.ts'
import { authorOf } from '../quote.ts'
import { cardAt, note, personTarget, refreshCardsOf } from '../telling.ts'
import {
  type MeetingFacts,
  mayReadMeetingOf,
  meetingFacts,
  readOwnMeeting,
  readRunningMeeting,
} from './facts.ts'
import { meetingRef } from './plan.ts'
import { blank, deciding, noted } from './say.ts'

export interface MarkInput {
  meetingId: string
  message: WrittenMessage
  mark: string
  decider?: string | null
  dueAt?: number | null
  /** Whether the author is answered beside the message, for a direct message would not reach their workspace. */
  whispered?: boolean
}

/** A marked message's standing; `isNew` false where nothing changed. */
export interface Marked {
  entry: MeetingEntry
  author: Person
  isNew: boolean
}

/**
 * Marks a message of a meeting's thread as decision, action, dissent or information. Words of the mission's own enter
 * at once; those of humanitarians, human rights officers and people nobody has confirmed only when they agree: until
 * then none of them are held.
 *
 * @throws TocsinError `not_registered`, `not_found`, `meeting_over`, `unknown_term`, `message_of_app`, `time_past`,
 *   `not_allowed` for a decision by somebody who does not keep the group.
 */
export async function markMessage(ctx: Ctx, input: MarkInput): Promise<Marked> {
  const person = registeredPerson(ctx)
  const { message } = input
  const kind = ENTRY_KINDS.find(each => each === input.mark && each !== 'point')
  if (!kind) throw new TocsinError('unknown_term', { field: 'mark', details: { value: input.mark } })
  if (message.fromApp) throw new TocsinError('message_of_app')
  return inTransaction(ctx, async (repos, open) => {
    const facts = await readRunningMeeting(open, input.meetingId, false)
    if (kind === 'decision') await readOwnMeeting(open, input.meetingId)
    const author = await authorOf(open, message)
    const own = author.id === person.id
    const earlier = await repos.meetings.entryByMessage(message.channel, message.ts)
    const state = afterEvent(earlier?.state ?? null, 'put', entersAs(author.constituency, own) === 'asked')
    if (state === null) return { entry: earlier as MeetingEntry, author, isNew: false }
    const role = shownRole(open.mission, await repos.roles.rolesOf(author.id, open.clock.now()))
    const entry: MeetingEntry = {
      ...blank(open, facts, kind),
      ...deciding(open, facts, kind, input),
      id: earlier?.id ?? open.ids.id(),
      state,
      text: state === 'stands' ? plainWords(message.text) : null,
      authorId: author.id,
      authorRole: role ? roleKey(role as RoleRef) : null,
      constituency: author.constituency,
      channel: message.channel,
      ts: message.ts,
      permalink: message.permalink,
      editedTs: message.editedTs,
      putBy: person.id,
    }
    if (earlier) await repos.meetings.updateEntry(earlier.id, entry)
    else await repos.meetings.addEntry(entry)
    await noted(open, facts, entry, state === 'asked' ? 'meeting.asked' : 'meeting.entered')
    if (state === 'asked' && !input.whispered) await cardAt(open, entryRef(entry), personTarget(author.id))
    await refreshCardsOf(open, meetingRef(facts.meeting))
    return { entry, author, isNew: true }
  })
}

export const entryRef = ({ id }: Pick<MeetingEntry, 'id'>) => ({ kind: 'meeting_entry', id })

/** An entry for the author of its message. @throws TocsinError `not_found` for everybody else. */
export async function readMarkedEntry(ctx: Ctx, entryId: string): Promise<MeetingEntry> {
  const person = actingPerson(ctx)
  const entry = await (ctx.tx ?? ctx.store.read).meetings.entryById(entryId)
  if (!entry || entry.authorId !== person.id) throw new TocsinError('not_found')
  return entry
}

/**
 * The author of a marked message agrees, and it enters as it stands in Slack now; or says no, or takes their yes back:
 * then the words are erased.
 *
 * @param input.message null for one that is gone: nothing enters.
 * @throws TocsinError `not_found`, `already_done`.
 */
export async function answerMark(
  ctx: Ctx,
  input: { entryId: string; agree: boolean; message?: WrittenMessage | null },
): Promise<MeetingEntry> {
  actingPerson(ctx)
  return inTransaction(ctx, async (_repos, open) => {
    const entry = await readMarkedEntry(open, input.entryId)
    if (!input.agree) return moved(open, entry, 'refused')
    if (!input.message) return moved(open, entry, 'deleted')
    return moved(open, entry, 'agreed', {
      text: plainWords(input.message.text),
      editedTs: input.message.editedTs,
    })
  })
}

/** Whoever marked a message takes the mark back; anybody else's taking back changes nothing. @throws `not_registered`. */
export async function unmark(
  ctx: Ctx,
  message: { channel: string; ts: string },
): Promise<MeetingEntry | null> {
  const person = registeredPerson(ctx)
  return inTransaction(ctx, async (repos, open) => {
    const entry = await repos.meetings.entryByMessage(message.channel, message.ts)
    if (!entry || entry.putBy !== person.id) return null
    const meeting = await repos.meetings.byId(entry.meetingId)
    if (meeting?.state === 'closed' || afterEvent(entry.state, 'unput', false) === null) return null
    return moved(open, entry, 'unput')
  })
}

/** A marked message was edited in Slack: the record follows. An older edit that comes late changes nothing. */
export async function followMarkEdit(
  ctx: Ctx,
  message: { channel: string; ts: string; text: string; editedTs: string | null },
): Promise<void> {
  await inTransaction(ctx, async (repos, open) => {
    const entry = await repos.meetings.entryByMessage(message.channel, message.ts)
    if (entry?.state !== 'stands' || Number(message.editedTs ?? 0) <= Number(entry.editedTs ?? 0)) return
    const text = plainWords(message.text)
    if (text === entry.text) return
    await repos.meetings.updateEntry(entry.id, { text, editedTs: message.editedTs })
    await note(
      open,
      { kind: 'meeting', id: entry.meetingId },
      'meeting.edited',
      { entry: entry.id },
      { text },
    )
    await refreshCardsOf(open, { kind: 'meeting', id: entry.meetingId })
  })
}

/** A marked message was deleted in Slack: its words leave the record. */
export async function followMarkDeletion(ctx: Ctx, message: { channel: string; ts: string }): Promise<void> {
  await inTransaction(ctx, async (repos, open) => {
    const entry = await repos.meetings.entryByMessage(message.channel, message.ts)
    if (entry && afterEvent(entry.state, 'deleted', false)) await moved(open, entry, 'deleted')
  })
}

/** The meeting in whose thread a message stands, where it is planned or goes on; null for any other place. */
export async function meetingOfThread(
  ctx: Ctx,
  message: { channel: string; threadTs: string | null },
): Promise<string | null> {
  const repos = ctx.tx ?? ctx.store.read
  const card = message.threadTs ? await repos.cards.byMessage(message.channel, message.threadTs) : null
  const meeting = card && (await repos.meetings.byId(card.recordId))
  return meeting && (meeting.state === 'open' || meeting.state === 'planned') ? meeting.id : null
}

/** Whether the author of an entry may read the meeting it is asked for. */
export async function authorReads(ctx: Ctx, entry: MeetingEntry): Promise<MeetingFacts | null> {
  const repos = ctx.tx ?? ctx.store.read
  const meeting = await repos.meetings.byId(entry.meetingId)
  const author = await repos.people.byId(entry.authorId)
  const facts = meeting && (await meetingFacts(ctx, repos, meeting))
  if (!facts || !author) return null
  return mayReadMeetingOf(ctx, facts, await personReader(repos, author, ctx.clock.now())) ? facts : null
}

/** @throws TocsinError `already_done` where the event no longer changes anything. */
async function moved(
  open: Open,
  entry: MeetingEntry,
  event: QuoteEvent,
  words: Partial<Pick<MeetingEntry, 'text' | 'editedTs'>> = { text: null },
): Promise<MeetingEntry> {
  const state = afterEvent(entry.state, event, asksConsent(entry.constituency))
  if (state === null) throw new TocsinError('already_done')
  const change = { ...words, state }
  await open.tx.meetings.updateEntry(entry.id, change)
  const after = { ...entry, ...change }
  if (after.text === null) {
    for (const stored of await open.tx.events.ofRecord('meeting', entry.meetingId))
      if (stored.data.entry === entry.id && stored.detail !== null) await open.tx.events.erase(stored.seq)
  }
  await note(
    open,
    { kind: 'meeting', id: entry.meetingId },
    `meeting.mark_${event}`,
    { entry: entry.id },
    after.text === null ? undefined : { text: after.text },
  )
  await refreshCardsOf(open, entryRef(entry))
  await refreshCardsOf(open, { kind: 'meeting', id: entry.meetingId })
  return after
}
