import fc from 'fast-check'
import { mayRead } from '../../../src/domain/sharing.ts'
import { sharingRules } from '../../../src/operations/channel.ts'
import { runsExercise, sharedExercise } from '../../../src/operations/tabletop/facts.ts'
import * as exercises from '../../../src/operations/tabletop.ts'
import {
  exerciseAnswerModal,
  exerciseCard,
  exerciseEventLine,
  exerciseList,
  exerciseReviewLine,
  exerciseReviewModal,
  newExerciseModal,
  scriptRead,
} from '../../../src/views/tabletop.ts'
import { act, type Noun } from '../noun.ts'
import { nth } from '../world.ts'

const planted = {
  name: 'kongoni',
  event: 'gerenuk',
  words: 'sitatunga',
  worked: 'dibatag',
  failed: 'lechwe',
  lesson: 'hirola',
} as const

export const noun: Noun = {
  begins: ['planExercise', 'startExercise', 'answerEvent', 'endExercise', 'reviewExercise'],
  lives: {
    'an exercise that has ended, and whose review is owed': [
      ['planExercise', { nth: 0 }],
      ['startExercise', 0],
      ['endExercise', 0],
    ],
  },
  acts: {
    planExercise: act(fc.record({ nth }), async (world, given) => {
      const { exercise } = await exercises.planExercise(await world.as('joc'), {
        name: planted.name,
        roles: ['joc_watch', 'force_hq'],
        script: `+0 ${planted.event}`,
        baselineId: world.pick('exercise', given.nth) || null,
      })
      world.add('exercise', exercise.id)
    }),
    startExercise: act(nth, async (world, number) =>
      exercises.startExercise(await world.as('joc'), world.pick('exercise', number)),
    ),
    answerEvent: act(
      fc.record({ by: fc.constantFrom('joc' as const, 'forceHq' as const), nth }),
      async (world, given) =>
        exercises.answerEvent(await world.as(given.by), {
          exerciseId: world.pick('exercise', given.nth),
          position: 1,
          words: planted.words,
        }),
    ),
    cancelExercise: act(nth, async (world, number) =>
      exercises.cancelExercise(await world.as('joc'), world.pick('exercise', number)),
    ),
    endExercise: act(nth, async (world, number) =>
      exercises.endExercise(await world.as('joc'), world.pick('exercise', number)),
    ),
    reviewExercise: act(nth, async (world, number) =>
      exercises.reviewExercise(await world.as('joc'), {
        exerciseId: world.pick('exercise', number),
        worked: planted.worked,
        failed: planted.failed,
        lessons: [
          { text: planted.lesson, owner: 'civil_affairs', dueAt: world.desk.clock.now() + 86_400_000 },
        ],
      }),
    ),
  },
  apart: {
    exerciseDue: 'a timer; what it says is rendered for every reader below',
    exerciseReviewOwed: 'a timer; what it says is rendered for every reader below',
    exerciseByCode: 'readExercise by its code',
    exerciseFacts: 'reads for whoever then asks the rule',
    mayReadExercise: 'the rule itself, for a renderer',
    mayPlanExercise: 'asks for posts',
    runsExercise: 'asks for posts',
  },
  async words(world) {
    const rows = await Promise.all(
      (world.made.exercise ?? []).map(id => world.desk.store.read.exercises.byId(id)),
    )
    return [...Object.values(planted), ...rows.flatMap(row => row?.code ?? [])]
  },
  async allowed(world, reader) {
    const may = new Set<string>()
    for (const id of world.made.exercise ?? []) {
      const facts = await exercises.readExercise(world.desk.system, id)
      if (!mayRead(sharedExercise(facts), 'record', reader, sharingRules(world.desk.system))) continue
      for (const word of Object.values(planted)) may.add(word)
      may.add(facts.exercise.code)
      if (facts.baseline) may.add(facts.baseline.code)
    }
    return may
  },
  renders: ['card:exercise', 'exercise.event', 'exercise.review'],
  also: ({ made: { exercise = [] } }) =>
    exercise.flatMap(recordId => [
      { kind: 'exercise.event', recordId, data: { position: 1 } },
      { kind: 'exercise.review', recordId, data: {} },
    ]),
  opens: {
    async readExercise(world, { ctx, view, see }) {
      for (const id of world.made.exercise ?? [])
        await see(async () => {
          const facts = await exercises.readExercise(ctx, id)
          return [
            exerciseCard(view, facts, runsExercise(ctx, facts)),
            ...(runsExercise(ctx, facts) ? [{ text: scriptRead(view, facts), blocks: [] }] : []),
            exerciseEventLine(view, facts, 1),
            exerciseReviewLine(view, facts),
            exerciseAnswerModal(view, facts, 1),
            exerciseReviewModal(view, facts),
          ]
        })
    },
    async listExercises(_world, { ctx, view, see }) {
      await see(async () => {
        const all = await exercises.listExercises(ctx)
        return [exerciseList(view, all, { mayPlan: true }), newExerciseModal(view, all)]
      })
    },
  },
}
