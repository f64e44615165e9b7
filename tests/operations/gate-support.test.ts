/** The register of support to forces outside the UN, and what goes by it. */
import { expect, it } from 'vitest'
import type { Side } from '../../src/domain/mission.ts'
import {
  askGate,
  changeEntry,
  decideGate,
  gatesOf,
  pickGate,
  readAssessment,
  readGate,
  registerEntries,
  requireGates,
} from '../../src/operations/gate.ts'
import { answerTasking, goAhead, handOn, recordTasking, task } from '../../src/operations/tasking.ts'
import { cleared, day, entry } from '../support/gates.ts'
import { DAY, type Desk, openDesk, refusal, refusalCode, type Who, who } from '../support/operations.ts'

const tasking = (accountable: string, more: object = {}) => ({
  kind: 'tasking',
  id: 'T1',
  needs: ['due_diligence'],
  side: 'mission' as Side,
  accountable,
  exemption: null,
  ...more,
})
const require_ = (desk: Desk, record: ReturnType<typeof tasking>) =>
  desk.store.write(tx => requireGates({ ...desk.system, tx }, record))

it('the register is written by human rights, decided by leadership, once, and by nobody else', async () => {
  const desk = await openDesk()
  expect(await refusalCode(askGate(await desk.as('forceHq'), entry))).toBe('not_allowed')
  const { gate } = await askGate(await desk.as('humanRights'), entry)
  const decision = { gateId: gate.id, decision: 'cleared', expiresDay: day(desk, 10) }
  for (const name of ['forceHq', 'duty', 'humanRights'] as const) {
    const error = await refusal(decideGate(await desk.as(name), decision))
    expect([name, error.code, error.details]).toEqual([name, 'not_decider', { role: 'mission_leadership' }])
  }
  const leadership = await desk.as('leadership')
  expect(await refusalCode(decideGate(leadership, { ...decision, expiresDay: null }))).toBe('text_missing')
  expect(await refusalCode(decideGate(leadership, { ...decision, expiresDay: day(desk, -1) }))).toBe(
    'day_past',
  )
  await decideGate(leadership, decision)
  expect(await refusal(decideGate(leadership, decision))).toMatchObject({
    code: 'gate_decided',
    details: { at: desk.clock.now() },
  })
})

it('the assessment is for human rights and who decides; the commander for operations too; others read how it stands', async () => {
  const desk = await openDesk()
  const { gate } = await askGate(await desk.as('humanRights'), entry)
  const reads = async (name: Who) => (await readGate(await desk.as(name), gate.id)).reads
  expect(await reads('humanRights')).toEqual({ open: true, command: true, closed: true })
  expect(await reads('leadership')).toEqual({ open: true, command: true, closed: true })
  expect(await reads('forceHq')).toEqual({ open: true, command: true, closed: false })
  expect(await reads('duty')).toEqual({ open: true, command: false, closed: false })
  for (const name of ['unhcr', 'ngo', 'ocha'] as const)
    expect([name, await refusalCode(readGate(await desk.as(name), gate.id))]).toEqual([name, 'not_found'])
})

it('each reading of an assessment is logged, and who reads only how it stands cannot open it', async () => {
  const desk = await openDesk()
  const { gate } = await askGate(await desk.as('humanRights'), entry)
  for (const name of ['forceHq', 'duty', 'ocha'] as const)
    expect([name, await refusalCode(readAssessment(await desk.as(name), gate.id))]).toEqual([
      name,
      'not_found',
    ])
  await readAssessment(await desk.as('leadership'), gate.id)
  await readAssessment(await desk.as('humanRights'), gate.id)
  expect(await desk.store.read.access.ofRecord('gate', gate.id)).toEqual([
    expect.objectContaining({ layer: 'assessment', personId: await desk.id('leadership') }),
    expect.objectContaining({ layer: 'assessment', personId: await desk.id('humanRights') }),
  ])
})

it('support waits for an entry that is missing, open, run out, refused or suspended, and for no other', async () => {
  const desk = await openDesk()
  const accountable = await desk.id('battalion')
  const record = tasking(accountable)
  expect(await refusal(require_(desk, record))).toMatchObject({
    code: 'gate_waits',
    details: { gate: 'due_diligence', role: 'mission_leadership' },
  })
  const gate = await cleared(desk)
  await desk.store.write(tx => pickGate({ ...desk.system, tx }, record, gate.id))
  await require_(desk, record)
  await decideGate(await desk.as('humanRights'), {
    gateId: gate.id,
    decision: 'suspended',
    reason: 'New allegations',
  })
  expect(await refusal(require_(desk, record))).toMatchObject({
    code: 'gate_waits',
    details: { gate: gate.code },
  })
  const next = await cleared(desk)
  await desk.store.write(tx => pickGate({ ...desk.system, tx }, record, next.id))
  await require_(desk, record)
})

it('an entry that runs out while the task runs makes it wait, and tells its people, after a reminder', async () => {
  const desk = await openDesk()
  const gate = await cleared(desk, 20)
  const record = tasking(await desk.id('battalion'))
  await desk.store.write(tx => pickGate({ ...desk.system, tx }, record, gate.id))
  await desk.said()
  await desk.pass(8 * DAY)
  const told = async () =>
    (await desk.said())
      .filter(({ kind }) => kind === 'gate.line')
      .map(({ target, data }) => `${data.line}@${target}`)
      .sort()
  const people = ['U0BATTALIONNORTH', 'U0HUMANRIGHTS', 'U0LEADERSHIP']
  const reminded = (await desk.said()).filter(({ kind }) => kind === 'reminder')
  expect(reminded.map(({ target }) => target).sort()).toEqual(people)
  expect((await gatesOf(desk.system, record))[0]?.waits).toBe(false)
  await desk.pass(20 * DAY)
  expect(await told()).toEqual(people.map(target => `expired@${target}`))
  expect((await gatesOf(desk.system, record))[0]?.waits).toBe(true)
  const entries = await registerEntries(await desk.as('duty'))
  expect(entries).toMatchObject([{ expired: true, commander: null }])
})

it.each(['imminent_threat', 'dialogue', 'casualty_evacuation'] as const)(
  'no gate holds up %s: it goes ahead, on record with reason and name, and who decides is told',
  async exemption => {
    const desk = await openDesk()
    const record = tasking(await desk.id('battalion'), { exemption })
    expect(await refusalCode(require_(desk, record))).toBe('text_missing')
    await desk.said()
    const ctx = await desk.as('battalion')
    await desk.store.write(tx => requireGates({ ...ctx, tx }, { ...record, reason: 'Shots at the ferry' }))
    const [link] = await desk.store.read.gates.linksOf('tasking', 'T1')
    expect(link).toMatchObject({
      ground: exemption,
      reason: 'Shots at the ferry',
      by: await desk.id('battalion'),
    })
    expect((await desk.said()).map(({ kind, target }) => `${kind}@${target}`)).toEqual([
      'gate.ahead@U0LEADERSHIP',
    ])
    expect((await desk.store.read.events.ofRecord('tasking', 'T1')).map(({ kind }) => kind)).toEqual([
      'gate.went_ahead',
    ])
  },
)

it('a tasking that supports other forces is accepted at once and begins only by a clearance; it may change its entry', async () => {
  const desk = await openDesk()
  const give = async (more: object = {}) =>
    (
      await task(await desk.as('forceHq'), {
        origin: { kind: 'none', id: null },
        role: 'force_hq',
        to: 'battalion_operations@north',
        result: 'Fuel for the joint patrol',
        tier: 2,
        dueAt: desk.clock.now() + 3 * DAY,
        ...more,
      })
    ).tasking
  const { id: taskingId, code } = await give({ support: 'missing' })
  const battalion = await desk.as('battalion')
  await answerTasking(battalion, { taskingId, act: 'accept' })
  expect(await refusal(answerTasking(battalion, { taskingId, act: 'begin' }))).toMatchObject({
    code: 'gate_waits',
    details: { gate: 'due_diligence', role: 'mission_leadership' },
  })
  const gate = await cleared(desk)
  expect(await refusalCode(changeEntry(await desk.as('duty'), { gate: gate.code, tasking: code }))).toBe(
    'not_found',
  )
  await changeEntry(battalion, { gate: gate.code, tasking: code })
  expect((await answerTasking(battalion, { taskingId, act: 'begin' })).tasking.state).toBe('in_progress')
  // What answers an imminent threat begins, with its reason on record.
  await desk.said()
  const now = await give({ support: 'missing', exemption: 'imminent_threat' })
  expect((await desk.said()).filter(({ kind }) => kind === 'gate.ahead').map(({ target }) => target)).toEqual(
    ['U0LEADERSHIP'],
  )
  await answerTasking(battalion, { taskingId: now.id, act: 'begin' })
  // What supports nobody waits for nothing.
  await answerTasking(battalion, { taskingId: (await give()).id, act: 'begin' })
})

const support = async (desk: Desk, more: object = {}) =>
  (
    await task(await desk.as('forceHq'), {
      origin: { kind: 'none', id: null },
      role: 'force_hq',
      to: 'battalion_operations@north',
      result: 'Fuel for the joint patrol',
      tier: 2,
      dueAt: desk.clock.now() + 3 * DAY,
      support: 'missing',
      ...more,
    })
  ).tasking

it('what waits for a clearance goes ahead when it cannot wait: by name and reason, begun in one step, and who decides is told', async () => {
  const desk = await openDesk()
  const { id: taskingId } = await support(desk)
  const battalion = await desk.as('battalion')
  const given = { taskingId, ground: 'imminent_threat', reason: 'Shots at the ferry' }
  expect(await refusalCode(goAhead(await desk.as('duty'), given))).toBe('not_allowed')
  expect(await refusal(goAhead(battalion, { ...given, reason: ' ' }))).toMatchObject({
    code: 'text_missing',
    field: 'reason',
  })
  expect(await refusal(goAhead(battalion, { ...given, ground: 'haste' }))).toMatchObject({
    code: 'unknown_term',
    field: 'ground',
  })
  await desk.said()
  const { tasking: begun } = await goAhead(battalion, given)
  expect(begun.state).toBe('in_progress')
  const told = (await desk.said()).filter(({ kind }) => kind === 'gate.ahead')
  expect(told.map(({ target }) => target)).toEqual([who.leadership])
  const [link] = await desk.store.read.gates.linksOf('tasking', taskingId)
  expect(link).toMatchObject({ ground: 'imminent_threat', reason: 'Shots at the ferry' })
  expect(await refusalCode(goAhead(battalion, given))).toBe('nothing_waits')
})

it('the operations centre that heard by radio of what could not wait puts it on record, and then how it ended', async () => {
  const desk = await openDesk()
  const { id: taskingId } = await support(desk)
  const joc = await desk.as('joc')
  const heard = { taskingId, act: 'done', words: 'Nine people flown out', means: 'radio' as const }
  expect(await refusalCode(recordTasking(joc, { ...heard, at: desk.clock.now() }))).toBe('gate_waits')
  await goAhead(joc, { taskingId, ground: 'casualty_evacuation', reason: 'Nine wounded' })
  const { tasking: done } = await recordTasking(joc, { ...heard, at: desk.clock.now() })
  expect(done.state).toBe('done')
})

it('a clearance that runs out reminds whoever answers for the tasking now, and nobody of one that has ended', async () => {
  const desk = await openDesk()
  const gate = await cleared(desk, 20)
  const { id: taskingId } = await support(desk, { support: gate.id })
  const ended = await support(desk, { support: gate.id, to: 'company_duty_officer@north' })
  await answerTasking(await desk.as('forceHq'), { taskingId: ended.id, act: 'cancel', words: 'Not needed' })
  await handOn(await desk.as('forceHq'), { taskingId, to: { userId: who.companySouth } })
  await desk.said()
  await desk.pass(21 * DAY)
  const told = (await desk.said())
    .filter(({ kind, data }) => kind === 'gate.line' && data.line === 'expired')
    .map(({ target }) => target)
  expect(told.sort()).toEqual([who.companySouth, who.humanRights, who.leadership].sort())
})
