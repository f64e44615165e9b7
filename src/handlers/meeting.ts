import { TocsinError } from '../errors.ts'
import { keepsForum } from '../operations/forum/facts.ts'
import { readForum } from '../operations/forum.ts'
import { channelsForMinutes } from '../operations/meeting/close.ts'
import { keepsMeeting, ownPosts } from '../operations/meeting/facts.ts'
import * as operation from '../operations/meeting.ts'
import { saidModal } from '../views/alert/receipt.ts'
import { brief, said } from '../views/blocks.ts'
import { attendanceModal, closeModal, minutesModal } from '../views/meeting/closing-forms.ts'
import { figuresMessage, planModal, reportModal, sayModal } from '../views/meeting/forms.ts'
import { meetingTitle } from '../views/meeting/phrases.ts'
import type { ActionCall, Call, CommandCall, Family, ViewAnswer, ViewCall } from './contract.ts'
import { readForm, readMetadata } from './form.ts'
import { marksOfMeetings } from './meeting/marks.ts'
import { openTasking } from './tasking/new.ts'
import { viewContext } from './view-context.ts'

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
  const next = facts.forum.meetings.find(({ state }) => state === 'planned')
  const text = call.words.t(`meeting.receipt.${what === 'closed' && next ? 'closedNext' : what}`, {
    title: said(meetingTitle(view, facts)),
    at: call.words.dateTime(facts.meeting.at),
    next: next ? call.words.dateTime(next.at) : '',
  })
  return { update: saidModal(view, facts.forum.forum.code, `✅ ${text}`) }
}

/** *Nothing to report*: one press. */
async function nilPressed(call: ActionCall): Promise<void> {
  const facts = await operation.reportToMeeting(call.ctx, { meetingId: call.value, text: null })
  const title = said(meetingTitle(viewContext(call), facts))
  await call.ui.tell({ text: call.words.t('meeting.receipt.nil', { title }) })
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
  await openTasking(call, { kind: 'meeting', id: call.value }, { text })
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
  const input = { meetingId, text: form.text('text'), channels: form.channels('channels') }
  return done(call, await operation.postMinutes(call.ctx, input), 'minutes')
}

/** `/poc-group figures`: what meetings came to. */
export async function figuresCommand(call: CommandCall): Promise<void> {
  await call.ui.tell(figuresMessage(viewContext(call), await operation.forumFigures(call.ctx)))
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
    ...marksOfMeetings.actions,
    'meeting.done': donePressed,
  },
  views: {
    'meeting.plan': planSubmitted,
    'meeting.report': reportSubmitted,
    'meeting.say': saySubmitted,
    ...marksOfMeetings.views,
    'meeting.attendance': attendanceSubmitted,
    'meeting.close': closeSubmitted,
    'meeting.minutes': minutesSubmitted,
  },
  shortcuts: marksOfMeetings.shortcuts,
  events: marksOfMeetings.events,
}
