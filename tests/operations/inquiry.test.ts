import { existsSync, readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { close } from '../../src/operations/alert.ts'
import { answerInquiry, ask, balance } from '../../src/operations/inquiry.ts'
import { proposeRelease, release } from '../../src/operations/release.ts'
import { applyRetention } from '../../src/operations/retention.ts'
import { DAY, type Desk, openDesk, refusalCode } from '../support/operations.ts'

const question = { what: 'Which roads are closed?', why: 'Convoys carry water' }

async function asked(desk: Desk) {
  return ask(await desk.as('ngo'), { ...question, side: 'mission' })
}

/** A release of the mission's that reaches NGOs; its code. */
async function releasedToNgos(desk: Desk, constituencies = ['ngo']): Promise<string> {
  const { alert } = await desk.raise()
  const { release: row } = await proposeRelease(await desk.as('duty'), {
    alertId: alert.id,
    what: 'summary',
    summary: 'The mill road is closed',
    constituencies,
    channels: [],
    why: 'Asked for',
    sensitivity: 'low',
    tlp: 'green',
  })
  await release(await desk.as('pocAdviser'), { releaseId: row.id })
  return row.code
}

it('a request goes to the releasing officer of the other side and to nobody else', async () => {
  const desk = await openDesk()
  await desk.said()
  const { id } = await asked(desk)
  expect((await desk.said()).map(({ kind, target, recordId }) => [kind, target, recordId])).toEqual([
    ['card', 'U0POCADVISER', id],
  ])
})

it('one’s own side is not asked this way, and nobody unknown asks', async () => {
  const desk = await openDesk()
  expect(await refusalCode(ask(await desk.as('duty'), { ...question, side: 'mission' }))).toBe('own_side')
  expect(await refusalCode(ask(await desk.stranger(), { ...question, side: 'mission' }))).toBe(
    'not_registered',
  )
  expect(await refusalCode(ask(await desk.as('ngo'), { ...question, side: 'both' }))).toBe('unknown_term')
  expect(await refusalCode(ask(await desk.as('ngo'), { ...question, why: '', side: 'mission' }))).toBe(
    'text_missing',
  )
})

it('only that officer answers, once, and whoever asked is told', async () => {
  const desk = await openDesk()
  const { id } = await asked(desk)
  const no = { inquiryId: id, answer: 'not_held' }
  for (const name of ['duty', 'joc', 'leadership', 'ngo', 'unhcr'] as const)
    expect([name, await refusalCode(answerInquiry(await desk.as(name), no))]).toEqual([name, 'not_allowed'])
  await desk.said()
  const officer = await desk.as('pocAdviser')
  const both = await Promise.allSettled([answerInquiry(officer, no), answerInquiry(officer, no)])
  expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
  expect((await desk.said()).filter(({ kind }) => kind === 'inquiry.answered')).toEqual([
    expect.objectContaining({ target: 'U0NGO', recordId: id }),
  ])
})

it('the mission says why it declines; an agency need not', async () => {
  const desk = await openDesk()
  const { id } = await asked(desk)
  const declined = { inquiryId: id, answer: 'declined' }
  expect(await refusalCode(answerInquiry(await desk.as('pocAdviser'), declined))).toBe('text_missing')
  await desk.appoint('unhcr', 'ocha_bridge_officer', null)
  const other = await ask(await desk.as('duty'), { ...question, side: 'humanitarian' })
  const answered = await answerInquiry(await desk.as('unhcr'), { ...declined, inquiryId: other.id })
  expect(answered.state).toBe('declined')
})

it('what is provided is provided by a release that reaches whoever asked, and by nothing else', async () => {
  const desk = await openDesk()
  const { id } = await asked(desk)
  const officer = await desk.as('pocAdviser')
  const given = { inquiryId: id, answer: 'provided' }
  expect(await refusalCode(answerInquiry(officer, given))).toBe('release_unfit')
  const others = await releasedToNgos(desk, ['un_agency'])
  expect(await refusalCode(answerInquiry(officer, { ...given, release: others }))).toBe('release_unfit')
  const code = await releasedToNgos(desk)
  expect((await answerInquiry(officer, { ...given, release: code.toLowerCase() })).state).toBe('provided')
})

it('after a week without an answer whoever owes it is reminded, once; nobody is once it is answered', async () => {
  const desk = await openDesk()
  const { id } = await asked(desk)
  await desk.said()
  await desk.pass(30 * DAY)
  const reminders = (await desk.said()).filter(({ kind }) => kind === 'inquiry.reminder')
  expect(reminders.map(({ target, recordId }) => [target, recordId])).toEqual([['U0POCADVISER', id]])
  const second = await asked(desk)
  await answerInquiry(await desk.as('pocAdviser'), { inquiryId: second.id, answer: 'not_held' })
  await desk.said()
  await desk.pass(30 * DAY)
  expect((await desk.said()).filter(({ kind }) => kind === 'inquiry.reminder')).toEqual([])
})

it('the words of an answered request and of a release go when the time of the alert’s words is over', async () => {
  const desk = await openDesk()
  const code = await releasedToNgos(desk)
  const { id } = await asked(desk)
  const reason = 'Zanzibarine'
  await answerInquiry(await desk.as('pocAdviser'), { inquiryId: id, answer: 'declined', reason })
  const { alertId } = (await desk.store.read.releases.byCode(code))!
  await close(await desk.as('duty'), { alertId, outcome: 'averted', note: 'Over' })
  desk.clock.advance(desk.mission.retention.alerts + DAY)
  await applyRetention(desk.system)
  await desk.store.scrub()
  for (const file of [desk.store.path, `${desk.store.path}-wal`]) {
    const bytes = existsSync(file) ? readFileSync(file, 'latin1') : ''
    for (const word of [question.what, question.why, reason, 'The mill road is closed'])
      expect([word, bytes.includes(word)]).toEqual([word, false])
  }
  expect(await desk.store.read.events.verify()).toMatchObject({ ok: true })
})

it('the balance counts what crossed from side to side and what has no answer yet', async () => {
  const desk = await openDesk()
  await releasedToNgos(desk)
  await releasedToNgos(desk, ['police'])
  const { id } = await asked(desk)
  await asked(desk)
  await answerInquiry(await desk.as('pocAdviser'), { inquiryId: id, answer: 'not_held' })
  expect(await balance(await desk.as('ngo'))).toEqual({
    mission: { released: 1, asked: 2, open: 1 },
    humanitarian: { released: 0, asked: 0, open: 0 },
  })
  expect(await refusalCode(balance(await desk.stranger()))).toBe('not_registered')
})
