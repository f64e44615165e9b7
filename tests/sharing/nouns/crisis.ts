import fc from 'fast-check'
import { CALL_ANSWERS } from '../../../src/domain/forum.ts'
import { mayRead } from '../../../src/domain/sharing.ts'
import { sharingRules } from '../../../src/operations/channel.ts'
import * as crises from '../../../src/operations/crisis.ts'
import { sharedForum } from '../../../src/operations/forum/facts.ts'
import { readForum } from '../../../src/operations/forum.ts'
import {
  crisisBlocks,
  crisisLine,
  handModal,
  reviewModal,
  standDownModal,
} from '../../../src/views/crisis.ts'
import { who as users } from '../../support/operations.ts'
import { act, type Noun } from '../noun.ts'
import { nth, who } from '../world.ts'

const planted = {
  situation: 'alcelaphin',
  note: 'tragelaph',
  why: 'waterbuck',
  worked: 'reebok',
  failed: 'suni',
  lesson: 'raphiceros',
} as const

export const noun: Noun = {
  acts: {
    callCrisis: act(fc.record({ nth, about: fc.boolean() }), async (world, given) => {
      const { forum, crisis } = await crises.callCrisis(await world.as('joc'), {
        kind: 'crisis_forum',
        situation: planted.situation,
        channelId: 'C0JOCWATCH',
        alertId: given.about ? world.pick('alert', given.nth) || null : null,
      })
      world.add('crisis', forum.forum.id)
      world.add('forum', forum.forum.id)
      world.add('meeting', crisis.meetingId)
    }),
    answerCall: act(
      fc.record({ by: who, nth, answer: fc.constantFrom(...CALL_ANSWERS) }),
      async (world, given) =>
        crises.answerCall(await world.as(given.by), {
          forumId: world.pick('crisis', given.nth),
          answer: given.answer,
        }),
    ),
    handShift: act(fc.record({ to: who, nth }), async (world, given) =>
      crises.handShift(await world.as('joc'), {
        forumId: world.pick('crisis', given.nth),
        to: { userId: users[given.to] },
        note: planted.note,
      }),
    ),
    standDown: act(nth, async (world, number) =>
      crises.standDown(await world.as('joc'), { forumId: world.pick('crisis', number), why: planted.why }),
    ),
    reviewCrisis: act(nth, async (world, number) =>
      crises.reviewCrisis(await world.as('joc'), {
        forumId: world.pick('crisis', number),
        worked: planted.worked,
        failed: planted.failed,
        lessons: [
          { text: planted.lesson, owner: 'civil_affairs', dueAt: world.desk.clock.now() + 86_400_000 },
        ],
      }),
    ),
  },
  apart: {
    meetAgain: 'says when; its own tests hold it',
    crisisMeets: 'a timer; what it says is rendered for every reader below',
    reviewOwed: 'a timer; what it says is rendered for every reader below',
    leadsCrisis: 'asks for posts',
    checkedLessons: 'reads a form',
  },
  async words() {
    return Object.values(planted)
  },
  async allowed(world, reader) {
    const may = new Set<string>()
    for (const id of world.made.crisis ?? []) {
      const forum = await readForum(world.desk.system, id)
      if (!mayRead(sharedForum(forum), 'record', reader, sharingRules(world.desk.system))) continue
      for (const word of Object.values(planted)) may.add(word)
      may.add(forum.forum.code)
    }
    // Why it came to nothing closes its log, which its readers read.
    for (const id of world.made.meeting ?? []) {
      const meeting = await world.desk.store.read.meetings.byId(id)
      const forum = meeting && (await readForum(world.desk.system, meeting.forumId))
      const shared = meeting &&
        forum && { holder: meeting.holder, audience: meeting.audience, named: forum.named }
      if (shared && mayRead(shared, 'record', reader, sharingRules(world.desk.system))) may.add(planted.why)
    }
    return may
  },
  renders: ['crisis.line'],
  opens: {
    async readCrisis(world, { ctx, view, see }) {
      for (const id of world.made.crisis ?? [])
        await see(async () => {
          const facts = await crises.readCrisis(ctx, id)
          return [
            crisisBlocks(view, facts),
            crisisLine(view, facts, 'shift'),
            ...[standDownModal, reviewModal, handModal].map(form => form(view, facts)),
          ]
        })
    },
  },
}
