/** What the humanitarian side is asked first: before force, for an escort, of a project. */
import { expect, it } from 'vitest'
import {
  askGate,
  askGateAgain,
  decideGate,
  escortFigures,
  findGate,
  listGates,
  proceedGate,
  readGate,
  restartSuspended,
  suspend,
  suspended,
} from '../../src/operations/gate.ts'
import { applyRetention } from '../../src/operations/retention.ts'
import { day, entry } from '../support/gates.ts'
import { DAY, type Desk, HOUR, openDesk, refusal, refusalCode } from '../support/operations.ts'

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
const dated = (desk: Desk, more: object = {}) => ({
  ...escort,
  fromDay: day(desk, 2),
  toDay: day(desk, 3),
  ...more,
})

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
