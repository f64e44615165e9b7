import { expect, it } from 'vitest'
import type { Side } from '../../src/domain/mission.ts'
import {
  askGate,
  askGateAgain,
  changeEntry,
  decideGate,
  escortFigures,
  findGate,
  gatesOf,
  listGates,
  pickGate,
  proceedGate,
  readAssessment,
  readGate,
  registerEntries,
  requireGates,
  restartSuspended,
  suspend,
  suspended,
} from '../../src/operations/gate.ts'
import { applyRetention } from '../../src/operations/retention.ts'
import { answerTasking, task } from '../../src/operations/tasking.ts'
import { DAY, type Desk, HOUR, openDesk, refusal, refusalCode, type Who } from '../support/operations.ts'

const entry = {
  template: 'due_diligence',
  about: 'logistics',
  fields: { unit: '2nd Brigade', commander: 'Brigadier Quagga', assessment: 'Zorilla: two open cases' },
}
const consultation = {
  template: 'consultation',
  district: 'Karamba',
  days: 3,
  fields: { reference: 'OPS-114', harm: 'Homes near the road', contact: 'Ops duty line' },
}
const escort = {
  template: 'escort',
  about: 'armed_escort',
  district: 'Karamba',
  fromDay: '2026-11-28',
  toDay: '2026-11-29',
  tried: ['acceptance', 'other_route'],
  fields: {
    purpose: 'Vaccines for a clinic',
    need: 'Measles, nobody else',
    authorities: 'Unable',
    safety: 'Safer on this stretch',
    sustainability: 'Once, then by ourselves',
    triedHow: 'Elders could not promise',
    accessNow: 'Four thousand children',
    spaceLater: 'May be seen as one of two sides',
  },
}
const day = (desk: Desk, days: number) => new Date(desk.clock.now() + days * DAY).toISOString().slice(0, 10)
const dated = (desk: Desk, more: object = {}) => ({
  ...escort,
  fromDay: day(desk, 2),
  toDay: day(desk, 3),
  ...more,
})

async function cleared(desk: Desk, days = 30) {
  const { gate } = await askGate(await desk.as('humanRights'), entry)
  await decideGate(await desk.as('leadership'), {
    gateId: gate.id,
    decision: 'cleared',
    expiresDay: day(desk, days),
  })
  return gate
}

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
    'time_past',
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

it('before force OCHA alone is asked; a concern stands beside the answer of who goes on', async () => {
  const desk = await openDesk()
  expect(await refusalCode(askGate(await desk.as('company'), consultation))).toBe('not_allowed')
  const planner = await desk.as('forceHq')
  const { gate } = await askGate(planner, consultation)
  const cards = (await desk.said()).filter(({ kind }) => kind === 'card').map(({ target }) => target)
  expect(cards.sort()).toEqual(['U0FORCEHQ', 'U0OCHA'])
  for (const name of ['unhcr', 'ngo', 'duty', 'liaison', 'company'] as const)
    expect([name, await refusalCode(readGate(await desk.as(name), gate.id))]).toEqual([name, 'not_found'])
  expect(await refusal(proceedGate(planner, { gateId: gate.id, reason: 'Now' }))).toMatchObject({
    code: 'consultation_runs',
    details: { at: gate.dueAt },
  })
  const ocha = await desk.as('ocha')
  expect(await refusalCode(decideGate(ocha, { gateId: gate.id, decision: 'concern' }))).toBe('text_missing')
  await decideGate(ocha, { gateId: gate.id, decision: 'concern', reason: 'A distribution is under way' })
  expect(await refusalCode(proceedGate(planner, { gateId: gate.id, reason: ' ' }))).toBe('text_missing')
  const { acts } = await proceedGate(planner, { gateId: gate.id, reason: 'Moved by two days' })
  expect(acts.map(({ act, reason }) => [act, reason])).toEqual([
    ['concern', 'A distribution is under way'],
    ['proceeding', 'Moved by two days'],
  ])
  expect(await refusalCode(proceedGate(planner, { gateId: gate.id, reason: 'Again' }))).toBe('gate_decided')
})

it('when the time for an answer is over both sides are told, and who plans may go on by name and reason', async () => {
  const desk = await openDesk()
  const planner = await desk.as('forceHq')
  const { gate } = await askGate(planner, consultation)
  await desk.said()
  await desk.pass(25 * HOUR)
  expect(
    (await desk.said())
      .filter(({ kind }) => kind === 'gate.line')
      .map(({ target }) => target)
      .sort(),
  ).toEqual(['U0FORCEHQ', 'U0OCHA'])
  const { gate: after } = await proceedGate(planner, { gateId: gate.id, reason: 'No answer came' })
  expect(after.state).toBe('proceeding')
})

it.each([
  ['reference', 'OPS 0630 hrs'],
  ['harm', 'Homes at 35MLK1234567890'],
  ['harm', 'Move begins 06:30'],
])('%s that says “%s” is refused: that goes by secure means', async (field, text) => {
  const desk = await openDesk()
  const fields = { ...consultation.fields, [field]: text }
  const error = await refusal(askGate(await desk.as('forceHq'), { ...consultation, fields }))
  expect(error).toMatchObject({ code: 'by_secure_means', field })
})

it('sections with contacts there are asked to call first, national staff are not, and no group is ever named', async () => {
  const desk = await openDesk()
  const { gate } = await askGate(await desk.as('forceHq'), consultation)
  const asked = (await desk.said())
    .filter(({ kind }) => kind === 'gate.call_first')
    .map(({ target }) => target)
  expect(asked.sort()).toEqual(['U0CIVILAFFAIRS', 'U0HEADKARAMBA', 'U0HUMANRIGHTS'])
  const civil = await desk.as('dutyAlternate')
  const what = { gateId: gate.id, what: 'Visits to the western villages', restartDay: day(desk, 5) }
  expect(await refusal(suspend(civil, { ...what, what: 'Meetings with the northern front' }))).toMatchObject({
    code: 'names_group',
    field: 'what',
  })
  expect(await refusalCode(suspend(await desk.as('duty'), what))).toBe('not_found')
  const row = await suspend(civil, what)
  expect((await suspended(await desk.as('forceHq'))).map(({ code }) => code)).toEqual([row.code])
  expect(await suspended(await desk.as('duty'))).toEqual([])
  expect(await suspended(await desk.as('ngo'))).toEqual([])
  await desk.said()
  await desk.pass(8 * DAY)
  const chased = (await desk.said()).filter(({ kind }) => kind === 'reminder').map(({ target }) => target)
  expect(chased).toEqual(['U0CIVILAFFAIRS', 'U0CIVILAFFAIRS'])
  await restartSuspended(civil, { suspensionId: row.id })
  expect(await refusalCode(restartSuspended(civil, { suspensionId: row.id }))).toBe('already_done')
  expect(await suspended(await desk.as('forceHq'))).toEqual([])
  await desk.pass(10 * DAY)
  expect((await desk.said()).filter(({ kind }) => kind === 'reminder')).toEqual([])
})

it('only a humanitarian asks for an escort, and one without alternatives is returned until they are named', async () => {
  const desk = await openDesk()
  for (const name of ['forceHq', 'joc', 'duty', 'humanRights'] as const)
    expect([name, await refusalCode(askGate(await desk.as(name), dated(desk)))]).toEqual([
      name,
      'only_humanitarian',
    ])
  const ngo = await desk.as('ngo')
  const { gate } = await askGate(ngo, dated(desk, { tried: [] }))
  expect(gate.state).toBe('returned')
  expect((await desk.said()).map(({ target }) => target)).toEqual(['U0NGO'])
  const again = { ...dated(desk), gateId: gate.id }
  expect(await refusal(askGateAgain(ngo, { ...again, tried: [] }))).toMatchObject({
    code: 'text_missing',
    field: 'tried',
  })
  expect(await refusalCode(askGateAgain(await desk.as('unhcr'), again))).toBe('not_found')
  expect((await askGateAgain(ngo, again)).gate.state).toBe('waiting')
})

it('only requester, OCHA and, once endorsed, the unit see an escort; its days are forgotten afterwards', async () => {
  const desk = await openDesk()
  const ngo = await desk.as('ngo')
  const { gate } = await askGate(ngo, dated(desk))
  const others = [
    'unhcr',
    'joc',
    'forceHq',
    'battalion',
    'leadership',
    'pocAdviser',
    'sectorHqSouth',
  ] as const
  const unseen = async () => {
    for (const name of others)
      expect([name, await refusalCode(readGate(await desk.as(name), gate.id))]).toEqual([name, 'not_found'])
  }
  await unseen()
  expect(await refusalCode(readGate(await desk.as('sectorHq'), gate.id))).toBe('not_found')
  expect(await refusalCode(decideGate(ngo, { gateId: gate.id, decision: 'endorsed' }))).toBe('not_decider')
  await decideGate(await desk.as('ocha'), { gateId: gate.id, decision: 'endorsed' })
  await unseen()
  const unit = await readGate(await desk.as('sectorHq'), gate.id)
  expect(unit.decisions).toEqual(['granted', 'declined'])
  expect(unit.reads).toEqual({ open: true, command: true, closed: false })
  expect(
    await refusal(decideGate(await desk.as('ocha'), { gateId: gate.id, decision: 'granted' })),
  ).toMatchObject({
    code: 'not_decider',
    details: { role: 'sector_operations@north' },
  })
  await decideGate(await desk.as('sectorHq'), { gateId: gate.id, decision: 'granted' })
  expect((await desk.store.read.gates.byId(gate.id))?.fromDay).toBe(day(desk, 2))
  await desk.pass(5 * DAY)
  expect(await desk.store.read.gates.byId(gate.id)).toMatchObject({
    fromDay: null,
    toDay: null,
    state: 'granted',
  })
})

it('the country team reads counts by month, hidden where they are small; the mission’s components do not', async () => {
  const desk = await openDesk()
  const ngo = await desk.as('ngo')
  const ocha = await desk.as('ocha')
  for (let n = 0; n < 4; n++) {
    const { gate } = await askGate(ngo, dated(desk))
    await decideGate(ocha, { gateId: gate.id, decision: n === 0 ? 'refused' : 'endorsed', reason: 'Not now' })
    if (n > 0) await decideGate(await desk.as('sectorHq'), { gateId: gate.id, decision: 'granted' })
  }
  const [month] = await escortFigures(ngo)
  expect(month).toMatchObject({ asked: 4, refused: null })
  for (const name of ['forceHq', 'duty', 'sectorHq'] as const)
    expect([name, await refusalCode(escortFigures(await desk.as(name)))]).toEqual([name, 'not_allowed'])
})

it('a project of the mission is for the humanitarian side to judge, and is never called humanitarian', async () => {
  const desk = await openDesk()
  const project = {
    template: 'quick_impact',
    about: 'quick_impact',
    district: 'Karamba',
    fields: { project: 'A well', askedBy: 'The water committee', harm: 'A partner repairs pumps there' },
  }
  const duty = await desk.as('duty')
  expect(await refusal(askGate(duty, { ...project, about: 'humanitarian' }))).toMatchObject({
    code: 'not_humanitarian',
    field: 'about',
  })
  expect(await refusalCode(askGate(await desk.as('ngo'), project))).toBe('not_allowed')
  const { gate } = await askGate(duty, project)
  await decideGate(await desk.as('ocha'), {
    gateId: gate.id,
    decision: 'with_changes',
    reason: 'Train the committee',
  })
  expect((await findGate(await desk.as('company'), gate.code)).reads).toEqual({
    open: true,
    command: false,
    closed: false,
  })
  expect((await listGates(await desk.as('ngo'))).length).toBe(0)
})

it('a form submitted twice is one gate, and of two who decide at once one does', async () => {
  const desk = await openDesk()
  const hr = await desk.as('humanRights')
  const one = await askGate(hr, { ...entry, requestKey: 'V1' })
  expect((await askGate(hr, { ...entry, requestKey: 'V1' })).gate.id).toBe(one.gate.id)
  const leadership = await desk.as('leadership')
  const refuse = { gateId: one.gate.id, decision: 'refused', reason: 'Risks stand' }
  const both = await Promise.allSettled([decideGate(leadership, refuse), decideGate(leadership, refuse)])
  expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
})

it('what was written in a gate that ended goes when the time of the alerts’ words is over', async () => {
  const desk = await openDesk()
  const { gate } = await askGate(await desk.as('humanRights'), entry)
  const open = await askGate(await desk.as('humanRights'), entry)
  const refuse = { gateId: gate.id, decision: 'refused', reason: 'Risks stand' }
  await decideGate(await desk.as('leadership'), refuse)
  desk.clock.advance(desk.mission.retention.alerts + DAY)
  await applyRetention(desk.system)
  expect(await desk.store.read.gates.byId(gate.id)).toMatchObject({ words: {}, state: 'refused' })
  expect((await desk.store.read.gates.acts(gate.id)).map(({ reason }) => reason)).toEqual([null])
  expect((await desk.store.read.gates.byId(open.gate.id))?.words).toEqual(entry.fields)
})

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
