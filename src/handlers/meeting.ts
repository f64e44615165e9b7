import { MARKS } from '../domain/mission.ts'
import { TocsinError } from '../errors.ts'
import { keepsForum } from '../operations/forum/facts.ts'
import { readForum } from '../operations/forum.ts'
import { channelsForMinutes } from '../operations/meeting/close.ts'
import { keepsMeeting, ownPosts } from '../operations/meeting/facts.ts'
import { authorReads } from '../operations/meeting/mark.ts'
import * as operation from '../operations/meeting.ts'
import type { WrittenMessage } from '../ports.ts'
import { saidModal } from '../views/alert/receipt.ts'
import { brief, said, section } from '../views/blocks.ts'
import { entryCard } from '../views/meeting/card.ts'
import {
  attendanceModal,
  closeModal,
  figuresMessage,
  markModal,
  minutesModal,
  planModal,
  reportModal,
  sayModal,
} from '../views/meeting/forms.ts'
import { meetingTitle } from '../views/meeting/phrases.ts'
import type {
  ActionCall,
  Call,
  CommandCall,
  EventCall,
  Family,
  ShortcutCall,
  ViewAnswer,
  ViewCall,
} from './contract.ts'
import { readForm, readMetadata } from './form.ts'
import { openTasking } from './tasking/new.ts'
import { viewContext } from './view-context.ts'

interface At {
  channel: string
  ts: string
}

const DAY_MS = 86_400_000

/** *Next meeting…* on a group's card. */
export async function openPlan(call: Call, forumId: string): Promise<void> {
  const facts = await readForum(call.ctx, forumId)
  if (!keepsForum(call.ctx, facts)) throw new TocsinError('not_allowed')
  await call.ui.open(planModal(viewContext(call), facts, call.ctx.clock.now() + DAY_MS))
}

async function planSubmitted(call: ViewCall): Promise<ViewAnswer> {
  const { forumId = '' } = readMetadata<{ forumId: string }>(call.privateMetadata)
  const at = readForm(call.values).dateTime('at')
  return done(
    call,
    await operation.planMeeting(call.ctx, { forumId, at, requestKey: call.viewId }),
    'planned',
  )
}

function done(call: Call, facts: operation.MeetingFacts, what: string): ViewAnswer {
  const view = viewContext(call)
  const text = call.words.t(`meeting.receipt.${what}`, {
    title: said(meetingTitle(view, facts)),
    at: call.words.dateTime(facts.meeting.at),
  })
  return { update: saidModal(view, facts.forum.forum.code, `✅ ${text}`) }
}

/** *Nothing to report*: one press. */
async function nilPressed(call: ActionCall): Promise<void> {
  await operation.reportToMeeting(call.ctx, { meetingId: call.value, text: null })
  await call.ui.tell({ text: call.words.t('meeting.receipt.nil') })
}

async function reportPressed(call: ActionCall): Promise<void> {
  const facts = await operation.readMeeting(call.ctx, call.value)
  const posts = ownPosts(call.ctx, facts.reporting)
  if (posts.length === 0) throw new TocsinError('no_report_due')
  await call.ui.open(reportModal(viewContext(call), facts, posts))
}

async function reportSubmitted(call: ViewCall): Promise<ViewAnswer> {
  const { meetingId = '' } = readMetadata<{ meetingId: string }>(call.privateMetadata)
  const form = readForm(call.values)
  const input = { meetingId, text: form.text('text'), post: form.choice('post') }
  return done(call, await operation.reportToMeeting(call.ctx, input), 'reported')
}

async function sayPressed(call: ActionCall): Promise<void> {
  const facts = await operation.readMeeting(call.ctx, call.value)
  await call.ui.open(sayModal(viewContext(call), facts, await keepsMeeting(call.ctx, facts)))
}

async function saySubmitted(call: ViewCall): Promise<ViewAnswer> {
  const { meetingId = '' } = readMetadata<{ meetingId: string }>(call.privateMetadata)
  const form = readForm(call.values)
  const facts = await operation.sayInMeeting(call.ctx, {
    meetingId,
    kind: form.choice('mark') ?? '',
    text: form.text('text'),
    decider: form.choice('decider'),
    dueAt: form.dateTime('dueAt'),
  })
  return done(call, facts, 'said')
}

/** *Task somebody* on a meeting's card: from the meeting, or from an action that was marked in it. */
async function taskPressed(call: ActionCall): Promise<void> {
  const entry = await call.ctx.store.read.meetings.entryById(call.value)
  // The words of others than the mission are not put into a tasking by somebody else's hand.
  const text = entry?.state === 'stands' ? (entry.text ?? '') : ''
  await openTasking(call, { kind: 'meeting', id: call.value }, text)
}

/** *Carried out* beside a decision or an action. */
async function donePressed(call: ActionCall): Promise<void> {
  const { text } = await operation.entryDone(call.ctx, call.value)
  await call.ui.tell({ text: call.words.t('meeting.receipt.done', { text: brief(text ?? '', 200) }) })
}

async function movePressed(call: ActionCall, move: 'open' | 'cancel'): Promise<void> {
  await operation.moveMeeting(call.ctx, { meetingId: call.value, move })
}

async function attendancePressed(call: ActionCall): Promise<void> {
  await call.ui.open(attendanceModal(viewContext(call), await operation.readOwnMeeting(call.ctx, call.value)))
}

async function attendanceSubmitted(call: ViewCall): Promise<ViewAnswer> {
  const { meetingId = '' } = readMetadata<{ meetingId: string }>(call.privateMetadata)
  const form = readForm(call.values)
  const grades = Object.fromEntries(
    Object.keys(call.values)
      .filter(field => field.startsWith('grade:'))
      .flatMap(field => {
        const grade = form.choice(field)
        return grade ? [[field.slice('grade:'.length), grade] as const] : []
      }),
  )
  return done(call, await operation.recordAttendance(call.ctx, { meetingId, grades }), 'attendance')
}

async function closePressed(call: ActionCall): Promise<void> {
  await call.ui.open(closeModal(viewContext(call), await operation.readOwnMeeting(call.ctx, call.value)))
}

async function closeSubmitted(call: ViewCall): Promise<ViewAnswer> {
  const { meetingId = '' } = readMetadata<{ meetingId: string }>(call.privateMetadata)
  const form = readForm(call.values)
  const facts = await operation.closeMeeting(call.ctx, {
    meetingId,
    because: form.text('because'),
    used: form.choices('used'),
    notUsed: form.text('notUsed'),
  })
  return done(call, facts, 'closed')
}

async function minutesPressed(call: ActionCall): Promise<void> {
  const facts = await operation.readOwnMeeting(call.ctx, call.value)
  if (facts.meeting.state !== 'closed') throw new TocsinError('meeting_open')
  const channels = await channelsForMinutes(call.ctx, facts)
  await call.ui.open(minutesModal(viewContext(call), facts, channels))
}

async function minutesSubmitted(call: ViewCall): Promise<ViewAnswer> {
  const { meetingId = '' } = readMetadata<{ meetingId: string }>(call.privateMetadata)
  const form = readForm(call.values)
  const input = { meetingId, text: form.text('text'), channels: form.choices('channels') }
  return done(call, await operation.postMinutes(call.ctx, input), 'minutes')
}

/** `/poc-group figures`: what meetings came to. */
export async function figuresCommand(call: CommandCall): Promise<void> {
  await call.ui.tell(figuresMessage(viewContext(call), await operation.forumFigures(call.ctx)))
}

/** *Mark for the minutes* on a message in a meeting's thread. */
async function markPicked(call: ShortcutCall): Promise<void> {
  const { message } = call
  if (!message) return
  const meetingId = await operation.meetingOfThread(call.ctx, message)
  if (!meetingId) {
    const text = call.words.t('meeting.notInThread')
    return void (await call.ui.open(saidModal(viewContext(call), call.words.t('meeting.form.mark'), text)))
  }
  const facts = await operation.readMeeting(call.ctx, meetingId)
  const at = { channel: message.channel, ts: message.ts }
  await call.ui.open(markModal(viewContext(call), facts, at, await keepsMeeting(call.ctx, facts)))
}

async function markSubmitted(call: ViewCall): Promise<ViewAnswer> {
  const {
    meetingId = '',
    channel = '',
    ts = '',
  } = readMetadata<At & { meetingId: string }>(call.privateMetadata)
  const form = readForm(call.values)
  const message = await call.messages.read(channel, ts)
  if (!message) throw new TocsinError('message_gone')
  const marked = await markAndAsk(call, {
    meetingId,
    message,
    mark: form.choice('mark') ?? '',
    decider: form.choice('decider'),
    dueAt: form.dateTime('dueAt'),
  })
  const { forum } = await operation.readMeeting(call.ctx, meetingId)
  const text = call.words.t(`meeting.receipt.mark_${outcomeOf(marked)}`)
  return { update: saidModal(viewContext(call), forum.forum.code, `✅ ${text}`) }
}

const outcomeOf = ({ entry, isNew }: Awaited<ReturnType<typeof operation.markMessage>>): string =>
  isNew ? entry.state : entry.state === 'asked' ? 'waiting' : entry.state === 'stands' ? 'already' : 'refused'

/** Marks it and, where a direct message would not reach its author, asks them beside it. */
async function markAndAsk(call: Call | EventCall, input: operation.MarkInput) {
  const { message } = input
  const whispered = message.teamId !== null && message.teamId !== call.homeTeam
  const marked = await operation.markMessage(call.ctx, { ...input, whispered })
  if (marked.isNew && whispered && marked.entry.state === 'asked') {
    const view = viewContext({ ctx: call.ctx, words: call.wordsOf(marked.author) })
    const to = { channel: message.channel, userId: message.userId, threadTs: message.threadTs }
    await call.messages.whisper(to, entryCard(view, marked.entry, await authorReads(call.ctx, marked.entry)))
  }
  return marked
}

/** *Yes* or *No* of a marked message's author. */
async function answerPressed(call: ActionCall, agree: boolean): Promise<void> {
  const { channel, ts } = await operation.readMarkedEntry(call.ctx, call.value)
  await call.ack()
  const message = agree && channel && ts ? await call.messages.read(channel, ts) : null
  const entry = await operation.answerMark(call.ctx, { entryId: call.value, agree, message })
  const { cards } = call.ctx.store.read
  if (call.message && (await cards.byMessage(call.message.channel, call.message.ts))) return
  await call.ui.tell({
    text: call.words.t(`meeting.receipt.mark_${entry.state === 'stands' ? 'stands' : 'withdrawn'}`),
  })
}

/** An emoji of the mission's marks on a message in a meeting's thread. */
async function reactionAdded(call: EventCall): Promise<void> {
  const at = markedMessage(call)
  const { person } = call
  if (!at || !person) return
  const message = await call.messages.read(at.channel, at.ts)
  const meetingId = message && (await operation.meetingOfThread(call.ctx, message))
  if (!message || !meetingId || message.fromApp || !stillMarked(message, at.name, person.userId)) return
  const tell = (text: string) =>
    call.messages.whisper(
      { channel: at.channel, userId: person.userId, threadTs: message.threadTs },
      { text, blocks: [section(text)] },
    )
  try {
    const marked = await markAndAsk(call, { meetingId, message, mark: at.mark })
    if (marked.entry.state !== 'stands') await tell(call.words.t(`meeting.receipt.mark_${outcomeOf(marked)}`))
  } catch (error) {
    if (!(error instanceof TocsinError) || error.kind === 'failure') throw error
    await tell(said(call.refusal(error)))
  }
}

async function reactionRemoved(call: EventCall): Promise<void> {
  const at = markedMessage(call)
  const { person } = call
  if (!at || !person?.constituency || person.closedAt !== null) return
  const entry = await call.ctx.store.read.meetings.entryByMessage(at.channel, at.ts)
  if (entry?.kind === at.mark) await operation.unmark(call.ctx, at)
}

function markedMessage({ event, ctx }: EventCall): (At & { mark: string; name: string }) | null {
  const { reaction, item } = event as unknown as {
    reaction?: string
    item?: { type?: string; channel?: string; ts?: string }
  }
  const name = reaction?.split('::')[0] ?? ''
  const mark = MARKS.find(each => ctx.mission.forums.marks[each] === name)
  if (!mark || item?.type !== 'message' || !item.channel || !item.ts) return null
  return { channel: item.channel, ts: item.ts, mark, name }
}

/** A mark taken away before it was worked off puts nothing on record. */
function stillMarked(message: WrittenMessage, name: string, userId: string): boolean {
  const found = message.reactions.find(each => each.name.split('::')[0] === name)
  return found !== undefined && (found.users.includes(userId) || found.count > found.users.length)
}

/** A marked message was edited or deleted. */
async function messageChanged(call: EventCall): Promise<void> {
  const {
    subtype,
    channel = '',
    message,
    deleted_ts,
  } = call.event as unknown as {
    subtype?: string
    channel?: string
    deleted_ts?: string
    message?: { ts?: string; text?: string; edited?: { ts?: string } }
  }
  if (subtype === 'message_deleted' && deleted_ts)
    return operation.followMarkDeletion(call.ctx, { channel, ts: deleted_ts })
  if (subtype !== 'message_changed' || !message?.ts) return
  const { ts, text = '', edited } = message
  await operation.followMarkEdit(call.ctx, { channel, ts, text, editedTs: edited?.ts ?? null })
}

export const meetingFamily: Family = {
  actions: {
    'meeting.plan': call => openPlan(call, call.value),
    'meeting.nil': nilPressed,
    'meeting.report': reportPressed,
    'meeting.say': sayPressed,
    'meeting.task': taskPressed,
    'meeting.open': call => movePressed(call, 'open'),
    'meeting.cancel': call => movePressed(call, 'cancel'),
    'meeting.attendance': attendancePressed,
    'meeting.close': closePressed,
    'meeting.minutes': minutesPressed,
    'meeting.yes': call => answerPressed(call, true),
    'meeting.no': call => answerPressed(call, false),
    'meeting.done': donePressed,
  },
  views: {
    'meeting.plan': planSubmitted,
    'meeting.report': reportSubmitted,
    'meeting.say': saySubmitted,
    'meeting.mark': markSubmitted,
    'meeting.attendance': attendanceSubmitted,
    'meeting.close': closeSubmitted,
    'meeting.minutes': minutesSubmitted,
  },
  shortcuts: { 'meeting.mark': markPicked },
  events: { reaction_added: reactionAdded, reaction_removed: reactionRemoved, message: messageChanged },
}
