import { describe, expect, it } from 'vitest'
import { actorAsReader } from '../../src/operations/alert/reading.ts'
import { callCrisis } from '../../src/operations/crisis.ts'
import { agendaFor } from '../../src/operations/meeting/agenda.ts'
import { waitingForums } from '../../src/operations/meeting.ts'
import { notify } from '../../src/operations/notice.ts'
import * as plans from '../../src/operations/plan.ts'
import { applyRetention } from '../../src/operations/retention.ts'
import { answerTasking } from '../../src/operations/tasking.ts'
import { recordTrail } from '../../src/operations/trail.ts'
import { type Desk, HOUR, openDesk, refusal, type Who, who } from '../support/operations.ts'

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

  it('waits for each component that has a step until it agrees or objects', async () => {
    const desk = await openDesk()
    const { joc, planId } = await begun(desk)
    await plans.addPlanStep(joc, step(desk, planId))
    const force = await desk.as('forceHq')
    const waits = async () => (await waitingForums(force)).plans.map(({ plan }) => plan.id)
    expect(await waits()).toEqual([])
    await plans.consultPlan(joc, planId)
    expect(await waits()).toEqual([planId])
    expect((await waitingForums(joc)).plans).toEqual([])
    await plans.sayToPlan(force, { planId, answer: 'object', words: 'No reserve' })
    expect(await waits()).toEqual([])
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

  it('holds a step back until what it depends on is done, or who keeps the plan lets it begin, with the reason (R-024)', async () => {
    const desk = await openDesk()
    const { joc, planId } = await agreed(desk)
    const { steps, waiting } = await plans.startPlan(joc, planId)
    expect(waiting).toEqual([2])
    const taskingId = steps[1]?.taskingId ?? ''
    const police = await desk.as('policeHq')
    await answerTasking(police, { taskingId, act: 'accept' })
    const done = { taskingId, act: 'done', words: 'Gate held' }
    expect(await refusal(answerTasking(police, done))).toMatchObject({
      code: 'step_before',
      details: { steps: '1' },
    })
    const early = { planId, position: 2, words: 'The crowd is at the gate' }
    expect(await refusal(plans.letBegin(police, early))).toMatchObject({ code: 'not_allowed' })
    await desk.said()
    const after = await plans.letBegin(joc, early)
    expect(after.waiting).toEqual([])
    expect(after.voices.at(-1)).toMatchObject({ answer: 'early', position: 2, words: early.words })
    expect((await desk.said()).filter(({ kind }) => kind === 'plan.ready')).toHaveLength(1)
    await answerTasking(police, done)
    expect(await refusal(plans.letBegin(joc, early))).toMatchObject({ code: 'not_found' })
  })

  it('lets a step be written anew, in no circle, and has it agreed anew', async () => {
    const desk = await openDesk()
    const { joc, planId } = await agreed(desk)
    const anew = step(desk, planId, { what: 'Hold both gates', tier: 1 })
    expect(await refusal(plans.changePlanStep(joc, { ...anew, position: 1, after: [2] }))).toMatchObject({
      code: 'steps_cycle',
      field: 'after',
    })
    expect(await refusal(plans.changePlanStep(joc, { ...anew, position: 7 }))).toMatchObject({
      code: 'not_found',
    })
    const { plan, steps, standing } = await plans.changePlanStep(joc, { ...anew, position: 1 })
    expect(plan.state).toBe('draft')
    expect(steps.map(({ what, after }) => [what, after])).toEqual([
      ['Hold both gates', []],
      ['Hold the inner gate', [1]],
    ])
    expect(standing.every(({ answer }) => answer === null)).toBe(true)
  })

  it('stands on its group’s agenda until each of its steps was given, for those who may read it', async () => {
    const desk = await openDesk()
    const { joc, planId } = await agreed(desk)
    const { forum } = await plans.readPlan(joc, planId)
    const shown = async (name: Who) => {
      const lines = await agendaFor(desk.system, forum, actorAsReader(await desk.as(name))!)
      return lines.filter(({ kind }) => kind.startsWith('plan')).map(({ kind, about }) => [kind, about])
    }
    expect(await shown('forceHq')).toEqual([['planAgreed', 'People in the site are safe']])
    expect(await shown('unhcr')).toEqual([])
    await plans.startPlan(joc, planId)
    expect(await shown('forceHq')).toEqual([])
  })

  it('has a trail of its steps and voices for oversight, without a word', async () => {
    const desk = await openDesk()
    const { joc, planId } = await agreed(desk)
    const { plan } = await plans.startPlan(joc, planId)
    await desk.appoint('pocAdviser', 'oversight', null)
    const { entries } = await recordTrail(await desk.as('pocAdviser'), plan.code)
    const kinds = entries.map(({ kind }) => kind)
    for (const kind of ['plan.made', 'plan.step_added', 'plan.consulted', 'plan.agreed', 'plan.given'])
      expect(kinds).toContain(kind)
    expect(JSON.stringify(entries)).not.toMatch(/Hold|safe/)
  })

  it('forgets its words when it has been closed for long enough, and keeps order, windows and states', async () => {
    const desk = await openDesk()
    const { joc, planId } = await agreed(desk)
    await plans.sayToPlan(joc, { planId, answer: 'comment', words: 'Water at six' })
    await plans.closePlan(joc, { planId, outcome: 'Nobody was harmed' })
    await desk.pass(3_650 * 24 * HOUR)
    await applyRetention(desk.system)
    const { plan, steps, voices } = await plans.readPlan(desk.system, planId)
    expect(plan).toMatchObject({ state: 'closed', goal: '', outcome: null })
    expect(steps.map(({ what, after, post }) => [what, after, post])).toEqual([
      ['', [], 'force_hq'],
      ['', [1], 'police_hq'],
    ])
    expect(voices.every(({ words }) => words === null)).toBe(true)
    expect(JSON.stringify(await desk.store.read.events.ofRecord('plan', planId))).not.toMatch(
      /Hold|safe|Water|harmed/,
    )
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

  it('says next to the field that a step ends before it begins, and that force needs a district', async () => {
    const desk = await openDesk()
    const { joc, planId } = await begun(desk)
    const now = desk.clock.now()
    const window = { fromAt: now + 5 * HOUR, toAt: now + HOUR }
    expect(await refusal(plans.addPlanStep(joc, step(desk, planId, window)))).toMatchObject({
      ...{ code: 'ends_before_start', field: 'toAt' },
    })
    const force = { post: 'police_hq', kind: 'force', district: null }
    expect(await refusal(plans.addPlanStep(joc, step(desk, planId, force)))).toMatchObject({
      ...{ code: 'district_missing', field: 'district' },
    })
  })

  it('takes no step that others wait for out, and none that waits for one that is not there', async () => {
    const desk = await openDesk()
    const { joc, planId } = await agreed(desk)
    expect(await refusal(plans.removePlanStep(joc, { planId, position: 1 }))).toMatchObject({
      code: 'step_awaited',
      field: 'step',
    })
    expect(await refusal(plans.addPlanStep(joc, step(desk, planId, { after: [9] })))).toMatchObject({
      code: 'steps_unknown',
    })
    expect((await plans.removePlanStep(joc, { planId, position: 2 })).steps).toHaveLength(1)
  })
})
