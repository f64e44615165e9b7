/** What a noun reminds of by itself is put off as all else is: for who did alone, once, and only while it is awaited. */
import { describe, expect, it } from 'vitest'
import { addDetails, close } from '../../src/operations/alert.ts'
import * as crises from '../../src/operations/crisis.ts'
import { decideEarlyWarning, earlyWarningsWaiting } from '../../src/operations/early-warning.ts'
import { answerFeedback } from '../../src/operations/feedback.ts'
import { answerInquiry, ask } from '../../src/operations/inquiry.ts'
import * as matrix from '../../src/operations/matrix.ts'
import { remindables } from '../../src/operations/remindables.ts'
import { snooze } from '../../src/operations/reminder.ts'
import { listed } from '../support/hotspots.ts'
import { DAY, type Desk, HOUR, openDesk, refusalCode, type Who, who } from '../support/operations.ts'

interface Case {
  kind: string
  line: string
  by: Who
  /** Somebody of whom nothing is awaited. */
  other: Who
  begin(desk: Desk): Promise<string>
  answer(desk: Desk, id: string): Promise<unknown>
}

const cases: Case[] = [
  {
    kind: 'inquiry',
    line: 'inquiry.reminder',
    by: 'pocAdviser',
    other: 'company',
    begin: async desk =>
      (await ask(await desk.as('ngo'), { side: 'mission', what: 'Which roads?', why: 'Water' })).id,
    answer: async (desk, inquiryId) =>
      answerInquiry(await desk.as('pocAdviser'), { inquiryId, answer: 'declined', reason: 'Not known' }),
  },
  {
    kind: 'feedback',
    line: 'feedback.reminder',
    by: 'liaison',
    other: 'company',
    async begin(desk) {
      const { alert } = await desk.raise()
      await close(await desk.as('duty'), { alertId: alert.id, outcome: 'withdrew', note: 'Open again' })
      return (await desk.store.read.feedback.ofAlert(alert.id))!.id
    },
    answer: async (desk, feedbackId) =>
      answerFeedback(await desk.as('liaison'), { feedbackId, answer: 'told', words: 'The market is open' }),
  },
  {
    kind: 'matrix',
    line: 'matrix.reminder',
    by: 'forceHq',
    other: 'company',
    async begin(desk) {
      await listed(desk)
      return (await matrix.openRound(await desk.as('pocAdviser'), { channelId: 'C0PROTECTION' })).round.id
    },
    answer: async (desk, roundId) => matrix.answerNil(await desk.as('forceHq'), roundId),
  },
  {
    kind: 'early_warning',
    line: 'early_warning.reminder',
    by: 'joc',
    other: 'duty',
    async begin(desk) {
      for (let n = 0; n < 3; n++) {
        const { alert } = await desk.raise({ urgency: 'tension' }, await desk.as('liaison'))
        await addDetails(await desk.as('liaison'), {
          alertId: alert.id,
          version: alert.version,
          threat: 'crime',
        })
      }
      return (await earlyWarningsWaiting(await desk.as('joc')))[0]!.row.id
    },
    answer: async (desk, warningId) =>
      decideEarlyWarning(await desk.as('pocAdviser'), {
        warningId,
        decision: 'act',
        reason: 'Patrols doubled by Friday',
      }),
  },
  {
    kind: 'forum',
    line: 'crisis.line',
    by: 'joc',
    other: 'forceHq',
    async begin(desk) {
      const joc = await desk.as('joc')
      const { forum } = await crises.callCrisis(joc, {
        kind: 'crisis_forum',
        situation: 'Fighting near the base',
        channelId: 'C0JOCWATCH',
        requestKey: 'V1',
      })
      await crises.standDown(joc, { forumId: forum.forum.id, why: 'The fighting moved off' })
      await desk.said()
      return forum.forum.id
    },
    answer: async (desk, forumId) =>
      crises.reviewCrisis(await desk.as('joc'), {
        forumId,
        worked: 'One log',
        failed: 'A post was empty',
        lessons: [],
        noLesson: 'Known before',
      }),
  },
  {
    kind: 'matrix_version',
    line: 'matrix.stale',
    by: 'pocAdviser',
    other: 'company',
    async begin(desk) {
      const { hotspot } = await listed(desk)
      const id = await adopted(desk, hotspot.id)
      await desk.pass(30 * DAY)
      await desk.said()
      return id
    },
    answer: async desk =>
      adopted(desk, (await matrix.readMatrix(await desk.as('pocAdviser'))).places[0]!.place.hotspot.id),
  },
]

/** A round over one place, rated by both sides and adopted; the id of the version in force. */
async function adopted(desk: Desk, hotspotId: string): Promise<string> {
  const [chair, leader] = [await desk.as('pocAdviser'), await desk.as('leadership')]
  const roundId = (await matrix.openRound(chair, { channelId: 'C0PROTECTION' })).round.id
  const cluster = await desk.asPerson((await desk.store.read.people.byUser('T0MISSION', 'U0OCHA'))!)
  const rating = { likelihood: 4, impact: 5, vulnerability: 5, rationale: ['threat'], category: 'should' }
  for (const voice of [await desk.as('forceHq'), cluster])
    await matrix.ratePlace(voice, { roundId, hotspotId, ...rating })
  await matrix.revealRound(chair, roundId)
  await matrix.recommend(chair, roundId)
  for (const finding of (await matrix.readRound(leader, roundId)).findings) {
    const key = 'hotspotId' in finding ? `${finding.check}:${finding.hotspotId}` : finding.check
    await matrix.waive(leader, { roundId, finding: key, reason: 'Known, and planned for' })
  }
  return (await matrix.adopt(leader, roundId)).version.id
}

const told = async (desk: Desk, { line, by }: Case) =>
  (await desk.said()).filter(({ kind, target }) => kind === line && target === who[by]).length

describe.each(cases)('a reminder of $kind', item => {
  const { kind, by, other } = item

  it('is put off by who is asked alone, stands in the trail, and is said again once at its time', async () => {
    const desk = await openDesk()
    const id = await item.begin(desk)
    const put = { record: { kind, id }, choice: 'tomorrow' }
    expect(await refusalCode(snooze(await desk.as(other), put, remindables))).toBe('nothing_awaited')
    const { until } = await snooze(await desk.as(by), put, remindables)
    expect((await desk.store.read.events.ofRecord(kind, id)).at(-1)).toMatchObject({
      kind: `${kind}.snoozed`,
      data: { until, choice: 'tomorrow' },
    })
    await desk.said()
    await desk.pass(until - desk.clock.now() - HOUR)
    expect(await told(desk, item)).toBe(0)
    await desk.pass(HOUR)
    expect(await told(desk, item)).toBe(1)
  })

  it('is not said again once it was answered', async () => {
    const desk = await openDesk()
    const id = await item.begin(desk)
    await snooze(await desk.as(by), { record: { kind, id }, choice: 'tomorrow' }, remindables)
    await item.answer(desk, id)
    await desk.said()
    await desk.pass(2 * DAY)
    expect(await told(desk, item)).toBe(0)
  })
})

it('the days on which it would have been said pass in silence for who put it off', async () => {
  const desk = await openDesk()
  const [, feedback] = cases as [Case, Case]
  const id = await feedback.begin(desk)
  await desk.pass(DAY + HOUR)
  expect(await told(desk, feedback)).toBe(1)
  const record = { kind: 'feedback', id }
  const { until } = await snooze(await desk.as('liaison'), { record, choice: 'monday' }, remindables)
  await desk.pass(until - desk.clock.now() - HOUR)
  expect(await told(desk, feedback)).toBe(0)
  await desk.pass(HOUR)
  expect(await told(desk, feedback)).toBe(1)
})
