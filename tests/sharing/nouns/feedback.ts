import fc from 'fast-check'
import {
  answerFeedback,
  answerReprisal,
  communityPosts,
  readFeedback,
  readReprisal,
} from '../../../src/operations/feedback.ts'
import { sameRole } from '../../../src/operations/permission.ts'
import { feedbackCard, feedbackModal, reprisalCard, reprisalModal } from '../../../src/views/feedback.ts'
import { act, type Noun } from '../noun.ts'
import { readsAlert } from '../reads.ts'
import { nth, type World, who } from '../world.ts'

/** What was said to a community, read by those who answer to it; what was said of reprisals, by human rights alone. */
const said = 'galago'
const reprisal = 'felidora'

const feedbacks = async ({ desk, made: { alert = [] } }: World) =>
  (await Promise.all(alert.map(id => desk.store.read.feedback.ofAlert(id)))).filter(row => row !== null)
const checks = async ({ desk, made: { alert = [] } }: World) =>
  (await Promise.all(alert.map(id => desk.store.read.feedback.checksOf(id)))).flat()

export const noun: Noun = {
  begins: ['close'],
  acts: {
    answerFeedback: act(fc.record({ by: who, nth, safe: fc.boolean() }), async (world, { by, nth, safe }) =>
      answerFeedback(await world.as(by), {
        feedbackId: (await feedbacks(world))[nth]?.id ?? '',
        answer: safe ? 'told' : 'not_safe',
        words: said,
      }),
    ),
    answerReprisal: act(fc.record({ by: who, nth }), async (world, { by, nth }) =>
      answerReprisal(await world.as(by), {
        checkId: (await checks(world))[nth]?.id ?? '',
        answer: 'reported',
        words: reprisal,
      }),
    ),
    weekPasses: act(fc.constant(8), ({ desk }, days) => desk.pass(days * 86_400_000)),
  },
  words: async () => [said, reprisal],
  async allowed(world, reader) {
    const may: string[] = []
    if (reader.kind !== 'person') return may
    if (reader.roles.some(({ role }) => world.desk.mission.layers.human_rights.includes(role)))
      may.push(reprisal)
    for (const facts of await world.alerts()) {
      const posts = communityPosts(world.desk.mission, facts)
      const owes = reader.roles.some(role => posts.some(post => sameRole(post, role)))
      if (owes && readsAlert(world, facts, 'record', reader)) may.push(said)
    }
    return may
  },
  renders: [...['card:feedback', 'card:reprisal', 'feedback.reminder', 'feedback.line'], 'feedback.author'],
  apart: {
    askReprisals: 'a timer, which the passing of a week fires',
    remindFeedback: 'a timer, which the passing of a week fires',
    owesFeedback: 'whether a person is asked, which putting off the reminder looks at; it tells nothing',
  },
  opens: {
    async readFeedback(world, { ctx, view, see }) {
      for (const { id } of await feedbacks(world))
        await see(async () => {
          const read = await readFeedback(ctx, id)
          return [feedbackCard(view, read), feedbackModal(view, read, 'told')]
        })
    },
    async readReprisal(world, { ctx, view, see }) {
      for (const { id } of await checks(world))
        await see(async () => {
          const { check, facts } = await readReprisal(ctx, id)
          return [reprisalCard(view, facts, check), reprisalModal(view, facts, check)]
        })
    },
  },
}
