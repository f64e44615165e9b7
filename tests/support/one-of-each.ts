import * as forums from '../../src/operations/forum.ts'
import { createHotspot, moveHotspot } from '../../src/operations/hotspot.ts'
import { recordIncident } from '../../src/operations/incident.ts'
import { answerInquiry, ask } from '../../src/operations/inquiry.ts'
import * as matrix from '../../src/operations/matrix.ts'
import * as meetings from '../../src/operations/meeting.ts'
import * as plans from '../../src/operations/plan.ts'
import { answerTasking, task } from '../../src/operations/tasking.ts'
import * as teams from '../../src/operations/team.ts'
import { DAY, type Desk, HOUR } from './operations.ts'

const place = { id: 'karamba-market' }

/** One record of each kind that cards in channels tell of, still open; `end` brings each of them to its end. */
export async function oneOfEach(desk: Desk): Promise<{ ids: Map<string, string>; end(): Promise<void> }> {
  const as = (name: Parameters<Desk['as']>[0]) => desk.as(name)
  const joc = await as('joc')
  const adviser = await as('pocAdviser')
  const day = (ahead: number) => new Date(desk.clock.now() + ahead * DAY).toISOString().slice(0, 10)
  const listed = { name: 'Karamba market', place, kind: 'market', threats: ['armed_attack'] }
  const { hotspot } = await createHotspot(adviser, listed)
  const { round } = await matrix.openRound(adviser, { channelId: 'C0PROTECTION' })
  const { tasking } = await task(await as('battalion'), {
    origin: { kind: 'none', id: null },
    to: 'company_duty_officer@north',
    result: 'Patrol to the market and back',
    tier: 2,
    dueAt: desk.clock.now() + 30 * HOUR,
  })
  const { team } = await teams.proposeTeam(await as('head'), {
    kind: 'protection_team',
    hotspotId: hotspot.id,
    answers: {},
    why: 'Traders say that men come at night',
    from: day(1),
    to: day(3),
    sections: ['human_rights'],
  })
  const { forum } = await forums.makeForum(joc, { kind: 'working_group' })
  const { meeting } = await meetings.planMeeting(joc, { forumId: forum.id, at: desk.clock.now() + DAY })
  const { plan } = await plans.makePlan(joc, { forumId: forum.id, goal: 'People in the site are safe' })
  const inquiry = await ask(await as('duty'), { side: 'humanitarian', what: 'Who is there?', why: 'To go' })
  const incident = async () =>
    recordIncident(await as('duty'), {
      subType: 'attack',
      at: desk.clock.now(),
      precision: 'hour',
      place,
      what: 'Shots in the market',
      harm: { killed: 3 },
    } as never)
  const first = await incident()
  const ids = new Map([
    ['incident', first.incident.id],
    ['hotspot', hotspot.id],
    ['matrix', round.id],
    ['tasking', tasking.id],
    ['team', team.id],
    ['meeting', meeting.id],
    ['forum', forum.id],
    ['plan', plan.id],
    ['inquiry', inquiry.id],
  ])
  return {
    ids,
    async end() {
      await matrix.cancelRound(adviser, round.id)
      await moveHotspot(adviser, { hotspotId: hotspot.id, to: 'removed', reason: 'Empty now' })
      await answerTasking(await as('battalion'), {
        taskingId: tasking.id,
        act: 'cancel',
        words: 'No need',
      } as never)
      await teams.cancelTeam(await as('head'), { teamId: team.id, reason: 'No car' })
      await meetings.moveMeeting(joc, { meetingId: meeting.id, move: 'cancel' })
      await plans.closePlan(joc, { planId: plan.id, outcome: 'Not needed' })
      await forums.closeForum(joc, forum.id)
      await answerInquiry(await as('ocha'), { inquiryId: inquiry.id, answer: 'declined' } as never)
    },
  }
}
