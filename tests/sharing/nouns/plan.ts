import fc from 'fast-check'
import { mayRead } from '../../../src/domain/sharing.ts'
import { actorAsReader } from '../../../src/operations/alert/reading.ts'
import { sharingRules } from '../../../src/operations/channel.ts'
import { sharedPlan } from '../../../src/operations/plan/facts.ts'
import * as plans from '../../../src/operations/plan.ts'
import { factsOfTaskings } from '../../../src/operations/tasking/facts.ts'
import { planCard, readyLine } from '../../../src/views/plan/card.ts'
import {
  closePlanModal,
  earlyModal,
  newPlanModal,
  pickStepModal,
  sayModal,
  stepModal,
  takeOutModal,
} from '../../../src/views/plan/forms.ts'
import { act, type Noun } from '../noun.ts'
import { readsTasking } from '../reads.ts'
import { nth, who } from '../world.ts'

const planted = { goal: 'nilgai', what: 'chinkara', words: 'blackbuck', outcome: 'chiru' } as const
const keeper = fc.constantFrom('joc' as const, 'pocAdviser' as const)

export const noun: Noun = {
  begins: ['makeForum', 'makePlan', 'addPlanStep'],
  lives: {
    'a plan, from its goal to its end': [
      ['makeForum', { what: 'open', all: true, room: 'C0JOCWATCH' }],
      ['makePlan', { by: 'joc', nth: 0 }],
      ['addPlanStep', { by: 'joc', nth: 0, post: 'police_hq' }],
      ['consultPlan', { by: 'joc', nth: 0 }],
      ['sayToPlan', { by: 'policeHq', nth: 0, answer: 'agree' }],
      ['startPlan', { by: 'joc', nth: 0 }],
      ['closePlan', { by: 'joc', nth: 0 }],
    ],
  },
  acts: {
    makePlan: act(fc.record({ by: keeper, nth }), async (world, given) => {
      const { plan } = await plans.makePlan(await world.as(given.by), {
        forumId: world.pick('forum', given.nth),
        goal: planted.goal,
      })
      world.add('plan', plan.id)
    }),
    addPlanStep: act(
      fc.record({ by: keeper, nth, post: fc.constantFrom('force_hq', 'police_hq', 'un_agency') }),
      async (world, given) =>
        plans.addPlanStep(await world.as(given.by), {
          planId: world.pick('plan', given.nth),
          what: planted.what,
          post: given.post,
          fromAt: world.desk.clock.now(),
          toAt: world.desk.clock.now() + 86_400_000,
          tier: 2,
          kind: 'work',
          district: world.desk.mission.gazetteer[0]?.district ?? null,
        }),
    ),
    changePlanStep: act(fc.record({ by: keeper, nth }), async (world, given) =>
      plans.changePlanStep(await world.as(given.by), {
        planId: world.pick('plan', given.nth),
        position: 1,
        what: planted.what,
        post: 'police_hq',
        fromAt: world.desk.clock.now(),
        toAt: world.desk.clock.now() + 86_400_000,
        tier: 1,
        kind: 'work',
      }),
    ),
    removePlanStep: act(fc.record({ by: keeper, nth }), async (world, given) =>
      plans.removePlanStep(await world.as(given.by), { planId: world.pick('plan', given.nth), position: 2 }),
    ),
    consultPlan: act(fc.record({ by: keeper, nth }), async (world, given) =>
      plans.consultPlan(await world.as(given.by), world.pick('plan', given.nth)),
    ),
    sayToPlan: act(
      fc.record({ by: who, nth, answer: fc.constantFrom('agree', 'object', 'comment') }),
      async (world, given) =>
        plans.sayToPlan(await world.as(given.by), {
          planId: world.pick('plan', given.nth),
          answer: given.answer,
          words: planted.words,
        }),
    ),
    startPlan: act(fc.record({ by: keeper, nth }), async (world, given) => {
      const { steps } = await plans.startPlan(await world.as(given.by), world.pick('plan', given.nth))
      for (const { taskingId } of steps)
        if (taskingId && !world.made.tasking?.includes(taskingId)) world.add('tasking', taskingId)
    }),
    closePlan: act(fc.record({ by: keeper, nth }), async (world, given) =>
      plans.closePlan(await world.as(given.by), {
        planId: world.pick('plan', given.nth),
        outcome: planted.outcome,
      }),
    ),
  },
  apart: {
    letBegin: 'needs a plan that was started, whose taskings their own noun tries; its own tests hold it',
    planShownTo: 'what is read beside a plan, tried with every card of one',
    planByCode: 'readPlan by its code',
    factsOfPlans: 'reads for whoever then asks the rule',
    mayReadPlan: 'the rule itself, for a renderer',
  },
  async words(world) {
    const rows = await Promise.all((world.made.plan ?? []).map(id => world.desk.store.read.plans.byId(id)))
    return [...Object.values(planted), ...rows.flatMap(row => row?.code ?? [])]
  },
  async allowed(world, reader) {
    const may = new Set<string>()
    for (const id of world.made.plan ?? []) {
      const facts = await plans.readPlan(world.desk.system, id)
      if (!mayRead(sharedPlan(facts), 'record', reader, sharingRules(world.desk.system))) continue
      for (const word of Object.values(planted)) may.add(word)
      may.add(facts.plan.code).add(facts.forum.forum.code).add(facts.forum.forum.name)
    }
    // What a step asks for is the result of the tasking that came of it.
    const given = await world.desk.store.read.taskings.byIds(world.made.tasking ?? [])
    const { system } = world.desk
    for (const facts of await factsOfTaskings(system.store.read, system.mission, system.clock.now(), given))
      if (facts.tasking.result === planted.what && readsTasking(world, facts, reader)) may.add(planted.what)
    return may
  },
  renders: ['card:plan', 'plan.ready'],
  also: ({ made: { plan = [] } }) =>
    plan.map(recordId => ({ kind: 'plan.ready', recordId, data: { position: 1 } })),
  opens: {
    async readPlan(world, { ctx, view, see }) {
      for (const id of world.made.plan ?? [])
        await see(async () => {
          const facts = await plans.readPlan(ctx, id)
          return [
            planCard(view, facts, await plans.planShownTo(ctx, facts, actorAsReader(ctx)!)),
            newPlanModal(view, { forumId: facts.plan.forumId, meetingId: null }),
            stepModal(view, facts),
            stepModal(view, facts, 1),
            pickStepModal(view, facts),
            earlyModal(view, facts),
            takeOutModal(view, facts),
            sayModal(view, facts),
            closePlanModal(view, facts),
            readyLine(view, facts, 1),
          ]
        })
    },
  },
}
