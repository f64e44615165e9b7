import { MARKS } from '../../domain/mission.ts'
import { TocsinError } from '../../errors.ts'
import { keepsMeeting } from '../../operations/meeting/facts.ts'
import { authorReads } from '../../operations/meeting/mark.ts'
import * as operation from '../../operations/meeting.ts'
import type { WrittenMessage } from '../../ports.ts'
import { saidModal } from '../../views/alert/receipt.ts'
import { said, section } from '../../views/blocks.ts'
import { entryCard } from '../../views/meeting/card.ts'
import { markModal } from '../../views/meeting/forms.ts'
import type { ActionCall, Call, EventCall, Family, ShortcutCall, ViewAnswer, ViewCall } from '../contract.ts'
import { readForm, readMetadata } from '../form.ts'
import { viewContext } from '../view-context.ts'

interface At {
  channel: string
  ts: string
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

/** Messages of a meeting's thread that are marked for its record, by shortcut or by emoji. */
export const marksOfMeetings = {
  actions: {
    'meeting.yes': call => answerPressed(call, true),
    'meeting.no': call => answerPressed(call, false),
  },
  views: { 'meeting.mark': markSubmitted },
  shortcuts: { 'meeting.mark': markPicked },
  events: { reaction_added: reactionAdded, reaction_removed: reactionRemoved, message: messageChanged },
} satisfies Family
