import fc from 'fast-check'
import { mayRead } from '../../../src/domain/sharing.ts'
import { meetingReader } from '../../../src/jobs/rendering/meeting.ts'
import { actorAsReader } from '../../../src/operations/alert/reading.ts'
import { sharingRules } from '../../../src/operations/channel.ts'
import { sharedForum, sharedMeeting } from '../../../src/operations/forum/facts.ts'
import * as forums from '../../../src/operations/forum.ts'
import { type MeetingFacts, meetingFacts } from '../../../src/operations/meeting/facts.ts'
import * as meetings from '../../../src/operations/meeting.ts'
import { entryCard, meetingCard } from '../../../src/views/meeting/card.ts'
import { attendanceModal, closeModal, minutesModal } from '../../../src/views/meeting/closing-forms.ts'
import { figuresMessage, markModal } from '../../../src/views/meeting/forms.ts'
import { openEntryBlocks, waitingForumBlocks } from '../../../src/views/meeting/waiting.ts'
import { who as users } from '../../support/operations.ts'
import { act, type Noun } from '../noun.ts'
import { nth, room, type World, who } from '../world.ts'

const planted = {
  decision: 'tragelor',
  point: 'oribi',
  marked: 'walleri',
  report: 'spekei',
  because: 'beira',
  minutes: 'korrigum',
  notUsed: 'euryceros',
} as const

async function made({ desk, made: { meeting = [] } }: World): Promise<MeetingFacts[]> {
  const all: MeetingFacts[] = []
  for (const id of meeting) {
    const row = await desk.store.read.meetings.byId(id)
    const facts = row && (await meetingFacts(desk.system, desk.store.read, row))
    if (facts) all.push(facts)
  }
  return all
}

const message = (author: keyof typeof users, number: number) => ({
  channel: 'C0JOCWATCH',
  ts: `18000000${number}.000100`,
  threadTs: '1800000000.000100',
  teamId: author === 'ngo' ? 'T0NGO' : 'T0MISSION',
  userId: users[author],
  text: planted.marked,
  fromApp: false,
  editedTs: null,
  reactions: [],
  permalink: 'https://unmob.slack.com/archives/C0JOCWATCH/p1',
})

const keeper = fc.constantFrom('joc' as const, 'pocAdviser' as const, 'ocha' as const)

export const noun: Noun = {
  begins: ['makeForum', 'planMeeting'],
  lives: {
    'a meeting, from the plan to its minutes': [
      ['makeForum', { what: 'open', all: true, room: 'C0JOCWATCH' }],
      ['planMeeting', { by: 'joc', nth: 0 }],
      ['reportToMeeting', { by: 'police', nth: 0, nil: false }],
      ['moveMeeting', { by: 'joc', nth: 0, cancel: false }],
      ['sayInMeeting', { by: 'joc', nth: 0, kind: 'decision' }],
      ['markMessage', { by: 'joc', author: 'ngo', nth: 0, which: 0 }],
      ['answerMark', { nth: 0, agree: true }],
      ['closeMeeting', { by: 'joc', nth: 0 }],
      ['postMinutes', { by: 'joc', nth: 0, to: 'C0JOCWATCH' }],
    ],
    'a group that stops, is heard by another, and returns': [
      ['makeForum', { what: 'open', all: true, room: null }],
      ['makeForum', { what: 'closed', all: true, room: null }],
      ['hostForum', { by: 'joc', nth: 0, host: 1 }],
      ['returnForum', { by: 'joc', nth: 0 }],
    ],
  },
  acts: {
    planMeeting: act(fc.record({ by: keeper, nth }), async (world, given) => {
      const { meeting } = await meetings.planMeeting(await world.as(given.by), {
        forumId: world.pick('forum', given.nth),
        at: world.desk.clock.now() + 3_600_000,
      })
      world.add('meeting', meeting.id)
    }),
    moveMeeting: act(fc.record({ by: keeper, nth, cancel: fc.boolean() }), async (world, given) =>
      meetings.moveMeeting(await world.as(given.by), {
        meetingId: world.pick('meeting', given.nth),
        move: given.cancel ? 'cancel' : 'open',
      }),
    ),
    sayInMeeting: act(
      fc.record({
        by: fc.oneof(keeper, who),
        nth,
        kind: fc.constantFrom('decision' as const, 'point' as const),
      }),
      async (world, given) =>
        meetings.sayInMeeting(await world.as(given.by), {
          meetingId: world.pick('meeting', given.nth),
          kind: given.kind,
          text: planted[given.kind],
        }),
    ),
    markMessage: act(fc.record({ by: who, author: who, nth, which: nth }), async (world, given) => {
      const { entry, isNew } = await meetings.markMessage(await world.as(given.by), {
        meetingId: world.pick('meeting', given.nth),
        message: message(given.author, given.which),
        mark: 'information',
      })
      if (isNew) world.add('entry', entry.id)
    }),
    answerMark: act(fc.record({ nth, agree: fc.boolean() }), async (world, given) => {
      const entry = await world.desk.store.read.meetings.entryById(world.pick('entry', given.nth))
      const author = entry && (await world.desk.store.read.people.byId(entry.authorId))
      if (!author) return null
      return meetings.answerMark(await world.desk.asPerson(author), {
        entryId: entry.id,
        agree: given.agree,
        message: message('ngo', 0),
      })
    }),
    reportToMeeting: act(fc.record({ by: who, nth, nil: fc.boolean() }), async (world, given) =>
      meetings.reportToMeeting(await world.as(given.by), {
        meetingId: world.pick('meeting', given.nth),
        text: given.nil ? null : planted.report,
      }),
    ),
    closeMeeting: act(fc.record({ by: keeper, nth }), async (world, given) =>
      meetings.closeMeeting(await world.as(given.by), {
        meetingId: world.pick('meeting', given.nth),
        because: planted.because,
        notUsed: planted.notUsed,
      }),
    ),
    postMinutes: act(fc.record({ by: keeper, nth, to: room }), async (world, given) =>
      meetings.postMinutes(await world.as(given.by), {
        meetingId: world.pick('meeting', given.nth),
        text: planted.minutes,
        channels: [given.to],
      }),
    ),
    hostForum: act(fc.record({ by: keeper, nth, host: nth }), async (world, given) =>
      forums.hostForum(await world.as(given.by), {
        forumId: world.pick('forum', given.nth),
        hostId: world.pick('forum', given.host),
        why: planted.because,
      }),
    ),
    returnForum: act(fc.record({ by: keeper, nth }), async (world, given) =>
      forums.returnForum(await world.as(given.by), world.pick('forum', given.nth)),
    ),
  },
  apart: {
    recordAttendance: 'names posts of the group and grades; its own tests hold it',
    entryDone: 'says when; its own tests hold it',
    unmark: 'takes words away',
    followMarkEdit: 'as followEdit of quotes',
    followMarkDeletion: 'takes words away',
    meetingOfThread: 'names the meeting of a thread to whoever then reads it by the rule',
    remindMeeting: 'a timer; what it says is rendered for every reader below',
    closeForum: 'says that a group is closed, on its card',
    figuresFor: 'part of every card of a senior forum’s meeting, tried with it',
    channelsForMinutes: 'names channels the person is in',
    readOwnMeeting: 'readMeeting for those who keep the group',
    keepsMeeting: 'asks for posts',
    ownPosts: 'names posts the person holds',
    meetingFacts: 'reads for whoever then asks the rule',
    mayReadMeetingOf: 'the rule itself, for a renderer',
    agendaFor: 'part of every card of a meeting, tried with it',
    authorReads: 'the rule itself, for a renderer',
  },
  async words() {
    return Object.values(planted)
  },
  async allowed(world, reader) {
    const may = new Set<string>()
    const rules = sharingRules(world.desk.system)
    for (const facts of await made(world)) {
      const { meeting, forum, entries } = facts
      const own = entries.filter(({ authorId }) => reader.kind === 'person' && authorId === reader.personId)
      if (own.length > 0) may.add(planted.marked)
      if (!mayRead(sharedMeeting(meeting, forum), 'record', reader, rules)) continue
      for (const word of Object.values(planted)) may.add(word)
      // Whoever reads a meeting reads of which group it is.
      may.add(forum.forum.code).add(forum.forum.name)
    }
    for (const id of world.made.forum ?? []) {
      const facts = await forums.readForum(world.desk.system, id)
      // Why a group does not meet is told to those who read it.
      if (mayRead(sharedForum(facts), 'record', reader, rules)) {
        may.add(planted.because)
        for (const other of [...facts.hosts, ...(facts.hostedBy ? [facts.hostedBy.host] : [])])
          may.add(other.code)
      }
    }
    return may
  },
  renders: [
    'card:meeting',
    'card:meeting_entry',
    'meeting.reminder',
    'meeting.minutes',
    'meeting.answered',
    'forum.line',
  ],
  also: ({ made: { meeting = [] } }) =>
    meeting.map(recordId => ({ kind: 'meeting.reminder', recordId, data: {} })),
  onlyTo: { 'meeting.answered': 'person', 'card:meeting_entry': 'person', 'forum.line': 'person' },
  opens: {
    async readMeeting(world, { ctx, view, see }) {
      for (const id of world.made.meeting ?? [])
        await see(async () => {
          const facts = await meetings.readMeeting(ctx, id)
          const reader = await meetingReader(ctx, facts, { reader: actorAsReader(ctx)! })
          return [
            meetingCard(view, facts, reader),
            ...[closeModal, attendanceModal].map(form => form(view, facts)),
            minutesModal(view, facts, []),
            markModal(view, facts, { channel: 'C0JOCWATCH', ts: '1.0' }, true),
          ]
        })
    },
    async readMarkedEntry(world, { ctx, view, see }) {
      for (const id of world.made.entry ?? [])
        await see(async () => entryCard(view, await meetings.readMarkedEntry(ctx, id), null))
    },
    async openEntriesOf(world, { ctx, view, see }) {
      for (const id of world.made.forum ?? [])
        await see(async () => {
          const facts = await forums.readForum(world.desk.system, id)
          return openEntryBlocks(view, await meetings.openEntriesOf(ctx, facts))
        })
    },
    waitingForums: (_, { ctx, view, see }) =>
      see(async () => waitingForumBlocks(view, await meetings.waitingForums(ctx))),
    forumFigures: (_, { ctx, view, see }) =>
      see(async () => figuresMessage(view, await meetings.forumFigures(ctx))),
  },
}
