import type { MeetingEntry } from '../../db/meetings.ts'
import { ENTRY_KINDS, entersAs, isAsking } from '../../domain/meeting.ts'
import type { RoleRef } from '../../domain/mission.ts'
import { afterEvent, asksConsent, plainWords, type QuoteEvent } from '../../domain/quote.ts'
import { TocsinError } from '../../errors.ts'
import type { WrittenMessage } from '../../ports.ts'
import { actorAsReader } from '../alert/reading.ts'
import { personReader } from '../channel.ts'
import { type Ctx, inTransaction, type Open, type Person } from '../context.ts'
import { ownPost } from '../forum/facts.ts'
import { forumLimits } from '../forum/make.ts'
import { actingPerson, heldRoles, registeredPerson, roleKey } from '../permission.ts'
import { authorOf } from '../quote.ts'
import { cardAt, note, personTarget, refreshCardsOf } from '../telling.ts'
import { requiredText } from '../text.ts'
import {
  type MeetingFacts,
  mayReadMeetingOf,
  meetingFacts,
  readOwnMeeting,
  readRunningMeeting,
} from './facts.ts'
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

function blank(open: Open, { meeting }: MeetingFacts, kind: MeetingEntry['kind']) {
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

function deciding(
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
    const [role] = await repos.roles.rolesOf(author.id, open.clock.now())
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

function noted(open: Open, { meeting }: MeetingFacts, entry: MeetingEntry, kind: string): Promise<void> {
  const { id, decider, dueAt } = entry
  return note(
    open,
    meetingRef(meeting),
    kind,
    { entry: id, mark: entry.kind, ...(decider ? { decider, dueAt } : {}) },
    entry.text === null ? undefined : { text: entry.text },
  )
}
