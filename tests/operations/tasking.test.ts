/** Taskings and requests between people: passing on, handing on, by radio, as files, marks and what work is called. */
import { expect, it } from 'vitest'
import { EVERY_TASKING } from '../../src/domain/tasking-filter.ts'
import { actorAsReader } from '../../src/operations/alert/reading.ts'
import { markForSpecialist } from '../../src/operations/alert.ts'
import { closeAccess } from '../../src/operations/compromised.ts'
import { answerPosture, declarePosture, postureAsks } from '../../src/operations/posture.ts'
import { askingRoles } from '../../src/operations/tasking/parties.ts'
import { targetsFor } from '../../src/operations/tasking/targets.ts'
import {
  amend,
  answerTasking,
  readTasking,
  reassign,
  recordTasking,
  requestTaskingFile,
  task,
  taskingCardReader,
} from '../../src/operations/tasking.ts'
import { DAY, type Desk, HOUR, openDesk, refusal, refusalCode, who } from '../support/operations.ts'

async function give(desk: Desk, more: object = {}) {
  const { tasking } = await task(await desk.as('forceHq'), {
    origin: { kind: 'none', id: null },
    role: 'force_hq',
    to: 'company_duty_officer@north',
    result: 'The ford is watched',
    tier: 2,
    dueAt: desk.clock.now() + 3 * DAY,
    ...more,
  })
  return tasking
}

const ask = async (desk: Desk, more: object = {}) =>
  (
    await task(await desk.as('pocAdviser'), {
      origin: { kind: 'none', id: null },
      role: 'poc_adviser',
      to: 'ngo',
      result: 'Shelter for those who fled',
      tier: 3,
      dueAt: desk.clock.now() + 9 * DAY,
      place: { id: 'karamba-market' },
      ...more,
    })
  ).tasking

const stands = async (desk: Desk, id: string) => (await desk.store.read.taskings.byId(id))!

it('what somebody answers for goes to whoever stands the post now when their access is closed, else to the post above', async () => {
  const desk = await openDesk()
  const { id, code } = await give(desk)
  await answerTasking(await desk.as('company'), { taskingId: id, act: 'accept' })
  await desk.appoint('companySouth', 'company_duty_officer', 'north')
  await closeAccess(await desk.as('joc'), {
    people: [{ userId: who.company }],
    reason: 'account_taken',
  } as never)
  expect(await stands(desk, id)).toMatchObject({
    state: 'offered',
    accountable: await desk.id('companySouth'),
    toRole: 'company_duty_officer@north',
  })
  await desk.said()
  await closeAccess(await desk.as('joc'), {
    people: [{ userId: who.companySouth }],
    reason: 'account_taken',
  } as never)
  expect(await stands(desk, id)).toMatchObject({
    accountable: await desk.id('battalion'),
    toRole: 'battalion_operations@north',
  })
  const told = (await desk.said()).filter(({ kind, recordId }) => kind === 'tasking.line' && recordId === id)
  expect(new Set(told.map(({ target }) => target))).toEqual(new Set([who.forceHq, who.battalion]))
  expect(code).toMatch(/^T-/)
})

it('bulk reassign moves what may be moved to somebody of the same component, who is asked anew', async () => {
  const desk = await openDesk()
  const ids = [(await give(desk)).id, (await give(desk)).id]
  await answerTasking(await desk.as('company'), { taskingId: ids[0]!, act: 'accept' })
  const other = { userId: who.companySouth }
  const from = { userId: who.company }
  expect(await refusalCode(reassign(await desk.as('head'), { from, to: other }))).toBe('not_allowed')
  expect(await refusalCode(reassign(await desk.as('forceHq'), { from, to: { userId: who.duty } }))).toBe(
    'accountable_left',
  )
  const { handed, left } = await reassign(await desk.as('forceHq'), { from, to: other })
  expect([handed.length, left]).toEqual([2, 0])
  for (const id of ids)
    expect(await stands(desk, id)).toMatchObject({
      state: 'offered',
      accountable: await desk.id('companySouth'),
    })
  expect(await refusal(reassign(await desk.as('forceHq'), { from, to: other }))).toMatchObject({
    code: 'none_of_theirs',
    field: 'from',
  })
})

it('bulk reassign neither moves nor counts what the person who asks for it may not read', async () => {
  const desk = await openDesk()
  const open = await give(desk)
  const closed = await give(desk, { restricted: true })
  const from = { userId: who.company }
  expect(await refusalCode(reassign(await desk.as('duty'), { from, to: { userId: who.companySouth } }))).toBe(
    'not_allowed',
  )
  await answerTasking(await desk.as('forceHq'), { taskingId: open.id, act: 'cancel', words: 'Overtaken' })
  expect(await refusalCode(reassign(await desk.as('duty'), { from, to: { userId: who.companySouth } }))).toBe(
    'none_of_theirs',
  )
  expect((await stands(desk, closed.id)).accountable).toBe(await desk.id('company'))
})

it('what was answered by radio stands under the post that said it, at the time it was said', async () => {
  const desk = await openDesk()
  const { id: taskingId } = await give(desk)
  desk.clock.advance(HOUR)
  const at = desk.clock.now() - 20 * 60_000
  const said = { taskingId, act: 'decline', words: 'Both patrols are out', means: 'radio' as const, at }
  expect(await refusalCode(recordTasking(await desk.as('battalion'), said))).toBe('not_allowed')
  const joc = await desk.as('joc')
  expect(await refusalCode(recordTasking(joc, { ...said, at: desk.clock.now() + HOUR }))).toBe('time_future')
  expect(await refusalCode(recordTasking(joc, { ...said, words: ' ' }))).toBe('text_missing')
  const { acts, tasking } = await recordTasking(joc, said)
  expect(acts.at(-1)).toMatchObject({
    kind: 'decline',
    role: 'company_duty_officer@north',
    means: 'radio',
    at,
    recordedAt: desk.clock.now(),
  })
  expect(tasking.climbedTo).toBe('battalion_operations@north')
  // It stands in their name, so those it was said for learn that it was written down.
  const told = (await desk.said()).filter(
    ({ kind, data }) => kind === 'tasking.line' && data.act === acts.at(-1)!.id,
  )
  expect(told.map(({ target }) => target)).toContain(who.company)
})

it('whoever takes it on answers for it from their own post, and what is late climbs from there', async () => {
  const desk = await openDesk()
  const { id: taskingId } = await give(desk)
  await answerTasking(await desk.as('company'), { taskingId, act: 'decline', words: 'Both patrols are out' })
  await answerTasking(await desk.as('battalion'), { taskingId, act: 'take_on' })
  expect(await stands(desk, taskingId)).toMatchObject({
    accountable: await desk.id('battalion'),
    toRole: 'battalion_operations@north',
    overdueRung: 0,
  })
  const company = await desk.as('company')
  expect(await refusalCode(answerTasking(company, { taskingId, act: 'done', words: 'Calm' }))).toBe(
    'not_allowed',
  )
})

it('physical protection is asked of no agency and no NGO, and one’s own post stands last of those to choose', async () => {
  const desk = await openDesk()
  expect(await refusal(ask(desk, { tier: 2 }))).toMatchObject({
    code: 'not_theirs_to_protect',
    field: 'tier',
  })
  expect(await ask(desk, { tier: 1 })).toMatchObject({ tier: 1 })
  const adviser = await desk.as('pocAdviser')
  const targets = targetsFor(adviser, askingRoles(adviser)).map(({ value }) => value)
  expect(targets.at(-1)).toBe('poc_adviser')
  expect(targets).toContain('ngo')
})

it('a list is sent as a file to whoever asked alone, and that is logged', async () => {
  const desk = await openDesk()
  await give(desk)
  const head = await desk.as('head')
  for (const file of ['csv', 'ics'] as const) {
    await desk.said()
    await requestTaskingFile(head, { file, filter: { ...EVERY_TASKING, words: 'Moses' } })
    expect(await desk.said()).toEqual([
      expect.objectContaining({
        kind: 'tasking.file',
        target: who.head,
        data: expect.objectContaining({ file, filter: expect.objectContaining({ words: '' }) }),
      }),
    ])
    expect(await desk.store.read.access.ofRecord('tasking', file)).toMatchObject([
      { layer: 'export', personId: await desk.id('head') },
    ])
  }
})

it('work of the mission cannot be called humanitarian; what is asked of NGOs can', async () => {
  const desk = await openDesk()
  expect(
    await refusal(
      task(await desk.as('forceHq'), {
        origin: { kind: 'none', id: null },
        role: 'force_hq',
        to: 'company_duty_officer@north',
        result: 'Food is handed out',
        tier: 3,
        dueAt: desk.clock.now() + DAY,
        activity: 'humanitarian',
      }),
    ),
  ).toMatchObject({ code: 'not_humanitarian', field: 'activity' })
  expect((await give(desk)).activity).toBe('protection')
  expect((await ask(desk, { activity: 'humanitarian' })).activity).toBe('humanitarian')
})

it('marks for passing on are the mission’s until whoever asked sets others', async () => {
  const desk = await openDesk()
  const tasking = await give(desk)
  expect(tasking).toMatchObject({ tlp: null, sensitivity: null })
  const change = {
    taskingId: tasking.id,
    version: 1,
    result: tasking.result,
    dueAt: tasking.dueAt,
    steps: null,
  }
  const asker = await desk.as('forceHq')
  expect(await refusal(amend(asker, { ...change, tlp: 'purple' }))).toMatchObject({
    code: 'unknown_term',
    field: 'tlp',
  })
  const { marks } = desk.mission
  await amend(asker, { ...change, tlp: marks.tlp, sensitivity: 'high' })
  expect(await stands(desk, tasking.id)).toMatchObject({ tlp: null, sensitivity: 'high' })
})

it('a request that a change of posture paused says so until the NGO confirms it again', async () => {
  const desk = await openDesk()
  const { id } = await ask(desk)
  const ngo = await desk.as('ngo')
  await answerTasking(ngo, { taskingId: id, act: 'accept' })
  const adviser = await desk.as('pocAdviser')
  const paused = async () =>
    (await taskingCardReader(adviser, await readTasking(adviser, id), actorAsReader(adviser)!)).paused
  expect(await paused()).toBe(false)
  await declarePosture(await desk.as('joc'), { ground: 'clashes', district: 'Karamba' })
  expect(await paused()).toBe(true)
  const [asked] = await postureAsks(ngo)
  await answerPosture(ngo, { itemId: asked!.item.id, answer: 'confirmed' })
  expect(await paused()).toBe(false)
})

it('of an alert that is marked for a specialist keeps no place that came from it, and the one it was given otherwise', async () => {
  const desk = await openDesk()
  const { alert } = await desk.raise({ place: { said: 'the third house behind the well' } })
  const origin = { kind: 'alert', id: alert.id }
  const copied = await give(desk, { origin })
  const chosen = await give(desk, { origin, place: { id: 'karamba-market' } })
  expect(copied.placeSaid).toBe('the third house behind the well')
  await markForSpecialist(await desk.as('liaison'), {
    alertId: alert.id,
    version: alert.version,
    layers: ['child_protection'],
  })
  expect(await stands(desk, copied.id)).toMatchObject({ placeId: null, placeSaid: null })
  expect(await stands(desk, chosen.id)).toMatchObject({ placeId: 'karamba-market' })
})
