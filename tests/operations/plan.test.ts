import { describe, expect, it } from 'vitest'
import { actorAsReader } from '../../src/operations/alert/reading.ts'
import { callCrisis } from '../../src/operations/crisis.ts'
import { notify } from '../../src/operations/notice.ts'
import * as plans from '../../src/operations/plan.ts'
import { answerTasking } from '../../src/operations/tasking.ts'
import { type Desk, HOUR, openDesk, refusal, who } from '../support/operations.ts'

const step = (desk: Desk, planId: string, given: Partial<Parameters<typeof plans.addPlanStep>[1]> = {}) => ({
  planId,
  what: 'Hold the outer gate',
  post: 'force_hq',
  fromAt: desk.clock.now() + HOUR,
  toAt: desk.clock.now() + 12 * HOUR,
  tier: 2,
  kind: 'work',
  ...given,
})

async function begun(desk: Desk) {
  const joc = await desk.as('joc')
  const { forum } = await callCrisis(joc, {
    kind: 'crisis_forum',
    situation: 'Fighting near the base',
    channelId: 'C0JOCWATCH',
  })
  const { plan } = await plans.makePlan(joc, { forumId: forum.forum.id, goal: 'People in the site are safe' })
  return { joc, planId: plan.id }
}

async function agreed(desk: Desk) {
  const { joc, planId } = await begun(desk)
  await plans.addPlanStep(joc, step(desk, planId))
  await plans.addPlanStep(
    joc,
    step(desk, planId, { what: 'Hold the inner gate', post: 'police_hq', after: [1] }),
  )
  await plans.consultPlan(joc, planId)
  await plans.sayToPlan(await desk.as('forceHq'), { planId, answer: 'agree' })
  await plans.sayToPlan(await desk.as('policeHq'), { planId, answer: 'agree' })
  return { joc, planId }
}

describe('a joint plan', () => {
  it('is agreed by each component for itself, and an objection is kept after its author agrees', async () => {
    const desk = await openDesk()
    const { joc, planId } = await begun(desk)
    await plans.addPlanStep(joc, step(desk, planId))
    await plans.consultPlan(joc, planId)
    expect(await refusal(plans.sayToPlan(joc, { planId, answer: 'agree' }))).toMatchObject({
      code: 'not_in_plan',
    })
    const force = await desk.as('forceHq')
    expect(await refusal(plans.sayToPlan(force, { planId, answer: 'object' }))).toMatchObject({
      code: 'text_missing',
      field: 'words',
    })
    const objected = await plans.sayToPlan(force, { planId, answer: 'object', words: 'No reserve' })
    expect(objected.plan.state).toBe('consulted')
    const after = await plans.sayToPlan(force, { planId, answer: 'agree' })
    expect(after.plan.state).toBe('agreed')
    expect(after.voices.map(({ words }) => words)).toContain('No reserve')
  })

  it('is agreed anew when a step is added, and starts only agreed', async () => {
    const desk = await openDesk()
    const { joc, planId } = await agreed(desk)
    const changed = await plans.addPlanStep(joc, step(desk, planId, { post: 'civil_affairs', tier: 1 }))
    expect(changed.plan.state).toBe('draft')
    expect(changed.standing.every(({ answer }) => answer === null)).toBe(true)
    expect(await refusal(plans.startPlan(joc, planId))).toMatchObject({ code: 'plan_state' })
  })

  it('gives each step with the plan as origin, once, and tells who waits when the step before is done', async () => {
    const desk = await openDesk()
    const { joc, planId } = await agreed(desk)
    const { steps } = await plans.startPlan(joc, planId)
    const rows = await desk.store.read.taskings.ofOrigins('plan', [planId])
    expect(rows.map(({ toRole }) => toRole).sort()).toEqual(['force_hq', 'police_hq'])
    expect(steps.every(({ taskingId }) => taskingId !== null)).toBe(true)
    expect(await refusal(plans.startPlan(joc, planId))).toMatchObject({ code: 'no_step_to_give' })
    await desk.said()
    const first = steps[0]?.taskingId ?? ''
    const force = await desk.as('forceHq')
    await answerTasking(force, { taskingId: first, act: 'accept' })
    expect((await desk.said()).filter(({ kind }) => kind === 'plan.ready')).toEqual([])
    await answerTasking(force, { taskingId: first, act: 'done', words: 'Gate held, nobody harmed' })
    const told = (await desk.said()).filter(({ kind }) => kind === 'plan.ready')
    expect(told.map(({ target }) => target)).toEqual([who.policeHq])
  })

  it('leaves evacuation to agencies, names nobody of theirs, and counts no agreement of theirs', async () => {
    const desk = await openDesk()
    const { joc, planId } = await begun(desk)
    const evacuation = { what: 'Move the wounded families', kind: 'evacuation', tier: 1 }
    expect(await refusal(plans.addPlanStep(joc, step(desk, planId, evacuation)))).toMatchObject({
      code: 'evacuation_theirs',
      field: 'post',
    })
    expect(
      await refusal(
        plans.addPlanStep(
          joc,
          step(desk, planId, { ...evacuation, post: 'ngo', person: { userId: who.ngo } }),
        ),
      ),
    ).toMatchObject({ code: 'accountable_left', field: 'person' })
    const { standing } = await plans.addPlanStep(
      joc,
      step(desk, planId, { ...evacuation, post: 'un_agency' }),
    )
    expect(standing).toEqual([])
  })

  it('holds a step that uses force back until humanitarians were consulted, and gives the others', async () => {
    const desk = await openDesk()
    const { joc, planId } = await begun(desk)
    const district = desk.mission.gazetteer[0]?.district ?? ''
    await plans.addPlanStep(joc, step(desk, planId))
    await plans.addPlanStep(joc, step(desk, planId, { post: 'police_hq', kind: 'force', district }))
    await plans.consultPlan(joc, planId)
    for (const post of ['forceHq', 'policeHq'] as const)
      await plans.sayToPlan(await desk.as(post), { planId, answer: 'agree' })
    const { steps } = await plans.startPlan(joc, planId)
    expect(steps.map(({ taskingId }) => taskingId !== null)).toEqual([true, false])
  })

  it('shows what it crosses to those who may know of it alone', async () => {
    const desk = await openDesk()
    const { joc, planId } = await begun(desk)
    const place = desk.mission.gazetteer.find(({ sector }) => sector === 'north')
    const facts = await plans.addPlanStep(joc, step(desk, planId, { district: place?.district ?? '' }))
    const day = new Date(desk.clock.now() + 6 * HOUR).toISOString().slice(0, 10)
    const notice = await notify(await desk.as('ocha'), {
      reference: 'OCHA-17',
      kind: 'movement',
      district: place?.district ?? '',
      fromDay: day,
      toDay: day,
    })
    const crossed = async (of: 'joc' | 'sectorHq') => {
      const ctx = await desk.as(of)
      return (await plans.planShownTo(ctx, facts, actorAsReader(ctx)!)).conflicts.map(({ code }) => code)
    }
    expect(await crossed('sectorHq')).toEqual([notice.code])
    expect(await crossed('joc')).toEqual([])
  })

  it('takes no step that others wait for out, and none that waits for one that is not there', async () => {
    const desk = await openDesk()
    const { joc, planId } = await agreed(desk)
    expect(await refusal(plans.removePlanStep(joc, { planId, position: 1 }))).toMatchObject({
      code: 'step_awaited',
    })
    expect(await refusal(plans.addPlanStep(joc, step(desk, planId, { after: [9] })))).toMatchObject({
      code: 'steps_unknown',
    })
    expect((await plans.removePlanStep(joc, { planId, position: 2 })).steps).toHaveLength(1)
  })
})
