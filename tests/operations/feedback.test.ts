import { expect, it } from 'vitest'
import { addInformation, close, readLayers, withdraw } from '../../src/operations/alert.ts'
import { channelDigest, personalDigest } from '../../src/operations/digest.ts'
import { answerFeedback, answerReprisal } from '../../src/operations/feedback.ts'
import { DAY, type Desk, HOUR, openDesk, refusalCode } from '../support/operations.ts'

async function closed(desk: Desk, by: 'duty' | 'ngo' = 'duty'): Promise<string> {
  const { alert } = await desk.raise({}, by === 'ngo' ? await desk.as('ngo') : await desk.as('joc'))
  await desk.said()
  await close(await desk.as('duty'), { alertId: alert.id, outcome: 'withdrew', note: 'Market open again' })
  return alert.id
}
const owed = async (desk: Desk, alertId: string) => (await desk.store.read.feedback.ofAlert(alertId))!
const cards = (said: Awaited<ReturnType<Desk['said']>>, record: string) =>
  said.filter(({ kind, data }) => kind === 'card' && data.record === record).map(({ target }) => target)

it('closing asks the liaison assistant of the sector to tell the community; the duty officer where there is none', async () => {
  const desk = await openDesk()
  await closed(desk)
  expect(cards(await desk.said(), 'feedback')).toEqual(['U0CLAKARAMBA'])
  await desk.vacate('liaison_assistant', 'north')
  await closed(desk)
  expect(cards(await desk.said(), 'feedback')).toEqual(['U0DUTYKARAMBA'])
})

it('it is reminded every day for a week, also after an outage, and no more once it is answered', async () => {
  const desk = await openDesk()
  const alertId = await closed(desk)
  await desk.said()
  const reminded = async () =>
    (await desk.said()).filter(({ kind }) => kind === 'feedback.reminder').map(({ target }) => target)
  await desk.pass(DAY + HOUR)
  expect(await reminded()).toEqual(['U0CLAKARAMBA'])
  await desk.away(3 * DAY)
  expect(await reminded()).toEqual(['U0CLAKARAMBA'])
  await desk.pass(30 * DAY)
  expect(await reminded()).toHaveLength(5)

  const other = await closed(desk)
  const { id } = await owed(desk, other)
  await answerFeedback(await desk.as('liaison'), {
    feedbackId: id,
    answer: 'not_safe',
    words: 'Spies at the well',
  })
  await desk.said()
  await desk.pass(5 * DAY)
  expect(await reminded()).toEqual([])
  expect((await owed(desk, alertId)).state).toBe('open')
})

it('as long as the community is not told, the digests of those who decide say so, and no others', async () => {
  const desk = await openDesk()
  const alertId = await closed(desk)
  const window = { from: desk.clock.now() - DAY, to: desk.clock.now() }
  const untold = async (channel: string) =>
    (await channelDigest(desk.system, channel, window, null))!.given.untold!.map(
      ({ facts }) => facts.alert.id,
    )
  const members = [{ teamId: 'T0MISSION', userId: 'U0DUTYKARAMBA' }]
  for (const id of ['C0POCNORTH', 'C0PROTECTION'])
    await desk.store.write(async ({ channels }) => {
      await channels.update(id, { isPublic: false })
      await channels.setMembers(id, members, desk.clock.now())
    })
  expect(await untold('C0POCNORTH')).toEqual([alertId])
  expect(await untold('C0PROTECTION')).toEqual([])
  expect((await personalDigest(await desk.as('duty'))).given.untold).toHaveLength(1)
  expect((await personalDigest(await desk.as('companySouth'))).given.untold).toEqual([])
  const { id } = await owed(desk, alertId)
  await answerFeedback(await desk.as('liaison'), {
    feedbackId: id,
    answer: 'told',
    words: 'The patrol stays',
  })
  expect(await untold('C0POCNORTH')).toEqual([])
})

it('only who holds that post or one above answers, once', async () => {
  const desk = await openDesk()
  const { id } = await owed(desk, await closed(desk))
  const answer = { feedbackId: id, answer: 'told', words: 'The patrol stays' }
  expect(await refusalCode(answerFeedback(await desk.as('company'), answer))).toBe('not_allowed')
  expect(await refusalCode(answerFeedback(await desk.as('ngo'), answer))).toBe('not_found')
  await answerFeedback(await desk.as('head'), answer)
  expect(await refusalCode(answerFeedback(await desk.as('liaison'), answer))).toBe('already_done')
})

it('whoever raised it learns how it ended, an unnamed partner too, and nobody is told of their own closing', async () => {
  const desk = await openDesk()
  const told = async () =>
    (await desk.said()).filter(({ kind }) => kind === 'feedback.author').map(({ target }) => target)
  await closed(desk, 'ngo')
  expect(await told()).toEqual(['U0NGO'])
  const { alert } = await desk.raise({}, await desk.as('ngo'))
  await withdraw(await desk.as('duty'), { alertId: alert.id, note: 'Raised twice' })
  expect(await told()).toEqual(['U0NGO'])
  const { alert: own } = await desk.raise({}, await desk.as('duty'))
  await close(await desk.as('duty'), { alertId: own.id, outcome: 'averted', note: 'Over' })
  expect(await told()).toEqual([])
})

it('at seven and thirty days whoever is near the community is asked alone about reprisals', async () => {
  const desk = await openDesk()
  await closed(desk)
  await desk.said()
  await desk.pass(7 * DAY)
  expect(cards(await desk.said(), 'reprisal')).toEqual(['U0CLAKARAMBA'])
  await desk.pass(22 * DAY)
  expect(cards(await desk.said(), 'reprisal')).toEqual([])
  await desk.away(5 * DAY)
  expect(cards(await desk.said(), 'reprisal')).toEqual(['U0CLAKARAMBA'])
})

it('what is answered about reprisals is read by human rights alone, and not again by whoever answered', async () => {
  const desk = await openDesk()
  const alertId = await closed(desk)
  await desk.pass(7 * DAY)
  const [check] = await desk.store.read.feedback.checksOf(alertId)
  await desk.said()
  const answer = { checkId: check!.id, answer: 'reported', words: 'Threats at night' }
  expect(await refusalCode(answerReprisal(await desk.as('company'), answer))).toBe('not_allowed')
  expect(await refusalCode(answerReprisal(await desk.as('liaison'), { ...answer, words: ' ' }))).toBe(
    'text_missing',
  )
  await answerReprisal(await desk.as('liaison'), answer)
  expect(await refusalCode(answerReprisal(await desk.as('liaison'), answer))).toBe('already_done')
  expect(cards(await desk.said(), 'reprisal')).toEqual(['U0HUMANRIGHTS'])
  const rights = await readLayers(await desk.as('humanRights'), alertId)
  expect(rights.reprisals).toMatchObject([{ answer: 'reported', words: 'Threats at night' }])
  expect((await readLayers(await desk.as('joc'), alertId)).reprisals).toEqual([])
  const looks = await desk.store.read.access.ofRecord('alert', alertId)
  expect(looks.map(({ layer }) => layer)).toContain('human_rights')
  const events = await desk.store.read.events.ofRecord('alert', alertId)
  expect(JSON.stringify(events)).not.toMatch(/reported|Threats/)
})

it('nothing is asked after an alert that was withdrawn', async () => {
  const desk = await openDesk()
  const { alert } = await desk.raise()
  await addInformation(await desk.as('duty'), { alertId: alert.id, note: 'Herders passing by' })
  await withdraw(await desk.as('duty'), { alertId: alert.id, note: 'Raised in error' })
  await desk.said()
  await desk.pass(31 * DAY)
  const said = await desk.said()
  expect([...cards(said, 'feedback'), ...cards(said, 'reprisal')]).toEqual([])
})

it('whoever wrote a report that was joined to the alert learns how it ended too', async () => {
  const desk = await openDesk()
  const { alert: into } = await desk.raise({}, await desk.as('duty'))
  const { alert: joined } = await desk.raise({}, await desk.as('ngo'))
  await desk.store.write(({ reports }) => reports.moveAll(joined.id, into.id))
  await desk.said()
  await close(await desk.as('duty'), { alertId: into.id, outcome: 'averted', note: 'Over' })
  expect(
    (await desk.said())
      .filter(({ kind }) => kind === 'feedback.author')
      .map(({ target, recordId, data }) => [target, recordId, data.ended]),
  ).toEqual([['U0NGO', joined.id, into.id]])
})
