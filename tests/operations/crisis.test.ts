import { describe, expect, it } from 'vitest'
import * as crises from '../../src/operations/crisis.ts'
import { closeMeeting, sayInMeeting, waitingForums } from '../../src/operations/meeting.ts'
import { DAY, type Desk, HOUR, MINUTE, openDesk, refusal, who } from '../support/operations.ts'

async function called(desk: Desk) {
  const joc = await desk.as('joc')
  const facts = await crises.callCrisis(joc, {
    kind: 'crisis_forum',
    situation: 'Fighting near the base',
    channelId: 'C0JOCWATCH',
    requestKey: 'V1',
  })
  return { joc, facts, forumId: facts.forum.forum.id }
}

describe('a crisis forum', () => {
  it('calls each of its posts once, names a post nobody stands, and counts whoever called it as there', async () => {
    const desk = await openDesk()
    await desk.vacate('police_hq', null)
    const { facts } = await called(desk)
    const again = await called(desk)
    expect(again.forumId).toBe(facts.forum.forum.id)
    const of = (post: string) => again.facts.calls.find(each => each.post === post)
    expect(of('joc_watch')).toMatchObject({ answer: 'joined' })
    expect(of('police_hq')).toMatchObject({ answer: null, personId: null })
    expect(again.facts.calls.length).toBe(facts.forum.posts.length)
  })

  it('takes an answer from whoever stands a post that was called, and from nobody else', async () => {
    const desk = await openDesk()
    const { forumId } = await called(desk)
    const { calls } = await crises.answerCall(await desk.as('forceHq'), { forumId, answer: 'coming' })
    expect(calls.find(({ post }) => post === 'force_hq')).toMatchObject({ answer: 'coming' })
    expect(
      await refusal(crises.answerCall(await desk.as('battalion'), { forumId, answer: 'joined' })),
    ).toMatchObject({ code: 'not_called' })
  })

  it('closes its log when it stands down and not before', async () => {
    const desk = await openDesk()
    const { joc, facts, forumId } = await called(desk)
    const { meetingId } = facts.crisis
    expect(await refusal(closeMeeting(joc, { meetingId, because: 'Nothing today' }))).toMatchObject({
      code: 'crisis_log',
    })
    await crises.standDown(joc, { forumId, why: 'The fighting moved off' })
    expect((await desk.store.read.meetings.byId(meetingId))?.state).toBe('closed')
  })

  it('tells those called when it meets again, but not who cannot', async () => {
    const desk = await openDesk()
    const { forumId, joc } = await called(desk)
    await crises.answerCall(await desk.as('policeHq'), { forumId, answer: 'cannot' })
    await crises.meetAgain(joc, { forumId, minutes: 30 })
    await desk.said()
    await desk.pass(31 * MINUTE)
    const told = (await desk.said()).filter(({ kind }) => kind === 'crisis.line').map(({ target }) => target)
    expect(told).toContain(who.forceHq)
    expect(told).not.toContain(who.policeHq)
    expect(told).toContain('C0JOCWATCH')
  })

  it('lets whoever leads the shift write its decisions and hand it on', async () => {
    const desk = await openDesk()
    const { forumId, joc, facts } = await called(desk)
    const force = await desk.as('forceHq')
    const decision = { meetingId: facts.crisis.meetingId, kind: 'decision', text: 'Hold the gate' }
    expect(await refusal(sayInMeeting(force, decision))).toMatchObject({ code: 'not_allowed' })
    await crises.handShift(joc, { forumId, to: { userId: who.forceHq }, note: 'Gates held' })
    await sayInMeeting(force, decision)
    expect(
      await refusal(crises.handShift(force, { forumId, to: { userId: who.ngo, teamId: 'T0NGO' } })),
    ).toMatchObject({ code: 'successor_invalid' })
  })

  it('closes only by its review: reminded every day, with lessons that have a post and a day or a reason (R-102)', async () => {
    const desk = await openDesk()
    const { forumId, joc } = await called(desk)
    const review = { forumId, worked: 'One log', failed: 'A post was empty', lessons: [] }
    expect(await refusal(crises.reviewCrisis(joc, { ...review, noLesson: 'None' }))).toMatchObject({
      code: 'forum_over',
    })
    await crises.standDown(joc, { forumId, why: 'The fighting moved off' })
    const owed = async (name: 'joc' | 'forceHq') =>
      (await waitingForums(await desk.as(name))).reviews.map(({ forum }) => forum.forum.id)
    expect([await owed('joc'), await owed('forceHq')]).toEqual([[forumId], []])
    await desk.said()
    await desk.pass(7 * DAY + 2 * DAY + HOUR)
    const reminded = (await desk.said()).filter(
      ({ kind, data }) => kind === 'crisis.line' && data.line === 'review',
    )
    expect(reminded.length).toBeGreaterThanOrEqual(3)
    expect(await refusal(crises.reviewCrisis(joc, review))).toMatchObject({
      code: 'lesson_missing',
      field: 'noLesson',
    })
    expect(
      await refusal(
        crises.reviewCrisis(joc, { ...review, lessons: [{ text: 'Alternates', owner: null, dueAt: null }] }),
      ),
    ).toMatchObject({ field: 'owner0' })
    // A post chosen for a lesson that was never written is not dropped without a word.
    const blank = [{ text: '', owner: 'civil_affairs', dueAt: null }]
    expect(await refusal(crises.reviewCrisis(joc, { ...review, lessons: blank }))).toMatchObject({
      ...{ code: 'lesson_incomplete', field: 'lesson0' },
    })
    const lessons = [{ text: 'Alternates', owner: 'civil_affairs', dueAt: desk.clock.now() + DAY }]
    const closed = await crises.reviewCrisis(joc, { ...review, lessons })
    expect(closed.forum.forum.state).toBe('closed')
    expect(await owed('joc')).toEqual([])
    await desk.said()
    await desk.pass(3 * DAY)
    expect((await desk.said()).filter(({ kind }) => kind === 'crisis.line')).toEqual([])
  })
})
