import { describe, expect, it } from 'vitest'
import { acknowledge } from '../../src/operations/alert.ts'
import { callCrisis } from '../../src/operations/crisis.ts'
import { makeForum } from '../../src/operations/forum.ts'
import { agendaFor } from '../../src/operations/meeting/agenda.ts'
import { applyRetention } from '../../src/operations/retention.ts'
import * as exercises from '../../src/operations/tabletop.ts'
import { DAY, type Desk, HOUR, MINUTE, openDesk, refusal, who } from '../support/operations.ts'

const script = '+0 Karamba: shots near the base\n+10 A crowd is at the gate\n+30 Families ask to leave'
const roles = ['joc_watch', 'force_hq', 'police_hq', 'civil_affairs']

async function running(desk: Desk, baselineId: string | null = null) {
  const joc = await desk.as('joc')
  const { exercise } = await exercises.planExercise(joc, { name: 'Fighting', roles, script, baselineId })
  await exercises.startExercise(joc, exercise.id)
  return { joc, id: exercise.id }
}

const due = (desk: Desk, id: string) => exercises.exerciseDue(desk.system, { recordId: id })

describe('an exercise', () => {
  it('that was planned is cancelled by whoever runs it, is started no more, and is no other’s baseline', async () => {
    const desk = await openDesk()
    const joc = await desk.as('joc')
    const { exercise } = await exercises.planExercise(joc, { name: 'Fighting', roles, script })
    expect((await refusal(exercises.cancelExercise(await desk.as('forceHq'), exercise.id))).code).toBe(
      'not_allowed',
    )
    await exercises.cancelExercise(joc, exercise.id)
    const { exercise: after } = await exercises.readExercise(joc, exercise.id)
    expect(after).toMatchObject({ state: 'cancelled', startedAt: null })
    for (const move of [exercises.startExercise, exercises.endExercise, exercises.cancelExercise])
      expect((await refusal(move(joc, exercise.id))).code).toBe('exercise_state')
    expect((await refusal(exercises.cancelExercise(joc, (await running(desk)).id))).code).toBe(
      'exercise_state',
    )
  })

  it('tells each event at its time, once, an alert as an exercise that no live channel and no telephone is told', async () => {
    const desk = await openDesk()
    await desk.said()
    const { joc, id } = await running(desk)
    const { events } = await exercises.readExercise(joc, id)
    expect(events.map(({ sentAt, placeId }) => [sentAt !== null, placeId !== null])).toEqual([
      [true, true],
      [false, false],
      [false, false],
    ])
    const alert = await desk.store.read.alerts.byId(events[0]?.alertId ?? '')
    expect(alert).toMatchObject({ exercise: true, urgency: 'happening_now', what: 'shots near the base' })
    const first = await desk.said()
    expect(first.filter(({ target }) => target.startsWith('C0'))).toEqual([])
    expect(first.filter(({ kind }) => kind === 'sms')).toEqual([])
    await desk.pass(10 * MINUTE)
    await due(desk, id)
    await due(desk, id)
    const told = (await desk.said()).filter(({ kind }) => kind === 'exercise.event')
    expect(told.map(({ target }) => target)).toContain(who.forceHq)
    expect(new Set(told.map(({ target }) => target)).size).toBe(told.length)
  })

  it('scores how quickly each post and each owner answered, names who took no part, and sets an earlier one beside it (R-103)', async () => {
    const desk = await openDesk()
    const first = await running(desk)
    await desk.pass(10 * MINUTE)
    await due(desk, first.id)
    await exercises.endExercise(first.joc, first.id)

    const { joc, id } = await running(desk, first.id)
    const alertId = (await exercises.readExercise(joc, id)).events[0]?.alertId ?? ''
    await desk.pass(4 * MINUTE)
    await acknowledge(await desk.as('company'), { alertId })
    await desk.pass(6 * MINUTE)
    await due(desk, id)
    await desk.pass(5 * MINUTE)
    const answer = { exerciseId: id, position: 2, words: 'Close the outer gate' }
    await exercises.answerEvent(await desk.as('forceHq'), answer)
    expect(await refusal(exercises.answerEvent(await desk.as('forceHq'), answer))).toMatchObject({
      code: 'answered_already',
    })
    expect(await refusal(exercises.answerEvent(await desk.as('liaison'), answer))).toMatchObject({
      code: 'not_called',
    })
    const { score, baseline } = await exercises.readExercise(joc, id)
    expect(score.owners).toEqual({ asked: 2, answered: 1, median: 4 * MINUTE })
    expect(score.posts.find(({ post }) => post === 'force_hq')?.events).toEqual({
      ...{ asked: 1, answered: 1, median: 5 * MINUTE },
    })
    expect(score.posts.find(({ post }) => post === 'civil_affairs')?.events.answered).toBe(0)
    expect(baseline?.score.owners).toEqual({ asked: 2, answered: 0, median: null })
  })

  it('has its crisis forum in no channel where real alerts stand, and stands on no live agenda', async () => {
    const desk = await openDesk()
    const { joc, id } = await running(desk)
    const alertId = (await exercises.readExercise(joc, id)).events[0]?.alertId ?? ''
    const call = { kind: 'crisis_forum', situation: 'Fighting near the base', alertId }
    expect(await refusal(callCrisis(joc, { ...call, channelId: 'C0JOCWATCH' }))).toMatchObject({
      code: 'exercise_channel',
      field: 'channel',
    })
    const { forum } = await callCrisis(joc, call)
    expect(forum.forum.exercise).toBe(true)
    expect((await exercises.readExercise(joc, id)).score.forums).toBe(1)
    await desk.pass(3 * HOUR)
    const live = await makeForum(joc, { kind: 'working_group' })
    const seen = async (facts: typeof forum) =>
      (await agendaFor(desk.system, facts, { kind: 'person', ...(await reader(desk)) })).map(each => each.id)
    expect(await seen(live)).not.toContain(alertId)
    expect(await seen(forum)).toContain(alertId)
  })

  it('takes its open alerts back when it ends, and closes by its review alone, owed every day (R-102)', async () => {
    const desk = await openDesk()
    const { joc, id } = await running(desk)
    const alertId = (await exercises.readExercise(joc, id)).events[0]?.alertId ?? ''
    const review = { exerciseId: id, worked: 'One log', failed: 'Civil affairs silent', lessons: [] }
    expect(await refusal(exercises.reviewExercise(joc, { ...review, noLesson: 'None' }))).toMatchObject({
      code: 'exercise_state',
    })
    await exercises.endExercise(joc, id)
    expect((await desk.store.read.alerts.byId(alertId))?.lifecycle).toBe('withdrawn')
    await desk.said()
    await exercises.exerciseReviewOwed(desk.system, { recordId: id })
    expect((await desk.said()).filter(({ kind }) => kind === 'exercise.review')).toHaveLength(1)
    expect(await refusal(exercises.reviewExercise(joc, review))).toMatchObject({ field: 'noLesson' })
    const lesson = { text: 'Name an alternate', owner: 'civil_affairs', dueAt: desk.clock.now() + DAY }
    const { exercise } = await exercises.reviewExercise(joc, { ...review, lessons: [lesson] })
    expect(exercise.state).toBe('closed')
    await desk.pass(3_650 * DAY)
    await applyRetention(desk.system)
    const kept = await exercises.readExercise(desk.system, id)
    expect(JSON.stringify(kept)).not.toMatch(/One log|silent|alternate|crowd|Fighting/)
    expect(kept.events).toHaveLength(3)
  })

  it('is planned by those who may call a crisis, of posts of the mission alone, with a time in front of each event', async () => {
    const desk = await openDesk()
    const plan = { name: 'Fighting', roles, script }
    expect(await refusal(exercises.planExercise(await desk.as('liaison'), plan))).toMatchObject({
      code: 'not_allowed',
    })
    const joc = await desk.as('joc')
    expect(
      await refusal(exercises.planExercise(joc, { ...plan, roles: ['ocha_bridge_officer'] })),
    ).toMatchObject({
      ...{ code: 'unknown_term', field: 'roles' },
    })
    expect(await refusal(exercises.planExercise(joc, { ...plan, script: 'Shots' }))).toMatchObject({
      ...{ code: 'script_line', field: 'script', details: { line: 'Shots' } },
    })
  })
})

async function reader(desk: Desk) {
  const { actor } = await desk.as('joc')
  if (actor.kind !== 'person') throw new Error('no person')
  const { id: personId, constituency } = actor.person
  return { personId, constituency, roles: actor.roles }
}
