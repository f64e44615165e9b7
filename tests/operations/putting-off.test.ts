/** What a noun reminds of by itself is put off as all else is: for who did alone, once, and only while it is awaited. */
import { describe, expect, it } from 'vitest'
import { close } from '../../src/operations/alert.ts'
import { answerFeedback } from '../../src/operations/feedback.ts'
import { answerInquiry, ask } from '../../src/operations/inquiry.ts'
import { answerNil, openRound } from '../../src/operations/matrix.ts'
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
      return (await openRound(await desk.as('pocAdviser'), { channelId: 'C0PROTECTION' })).round.id
    },
    answer: async (desk, roundId) => answerNil(await desk.as('forceHq'), roundId),
  },
]

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
