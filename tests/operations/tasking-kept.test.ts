/** What is kept of taskings, gates and what hangs on them: how long, in whose file, and in the trail. */
import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { drawDown } from '../../src/operations/drawdown.ts'
import { makeExport } from '../../src/operations/export.ts'
import { askGate, decideGate, readAssessment, suspend } from '../../src/operations/gate.ts'
import { notify } from '../../src/operations/notice.ts'
import { declarePosture } from '../../src/operations/posture.ts'
import { applyRetention } from '../../src/operations/retention.ts'
import { answerTasking, task } from '../../src/operations/tasking.ts'
import { accessTrail, recordTrail } from '../../src/operations/trail.ts'
import { DAY, type Desk, openDesk, refusalCode } from '../support/operations.ts'

const day = (desk: Desk, days: number) => new Date(desk.clock.now() + days * DAY).toISOString().slice(0, 10)

async function give(desk: Desk, more: object = {}) {
  const { tasking } = await task(await desk.as('forceHq'), {
    origin: { kind: 'none', id: null },
    role: 'force_hq',
    to: 'battalion_operations@north',
    result: 'Quelea: the ford is watched',
    steps: 'Quelea scouts\nQuelea boats (after 1)',
    tier: 2,
    dueAt: desk.clock.now() + 3 * DAY,
    ...more,
  })
  return tasking
}

async function ask(desk: Desk) {
  const { tasking } = await task(await desk.as('pocAdviser'), {
    origin: { kind: 'none', id: null },
    role: 'poc_adviser',
    to: 'ngo',
    result: 'Shelter for those who fled',
    tier: 3,
    dueAt: desk.clock.now() + 3 * DAY,
  })
  return tasking
}

/** One record of each noun, as several holders have them. */
async function filled(desk: Desk) {
  const tasking = await give(desk)
  await answerTasking(await desk.as('battalion'), {
    taskingId: tasking.id,
    act: 'decline',
    words: 'Quelea: both patrols are out',
  })
  const secret = await give(desk, { result: 'Turaco: the northern approach', restricted: true })
  const request = await ask(desk)
  await answerTasking(await desk.as('ngo'), { taskingId: request.id, act: 'decline', words: 'Roller: no' })
  const entry = await askGate(await desk.as('humanRights'), {
    template: 'due_diligence',
    about: 'logistics',
    fields: { unit: '2nd Brigade', commander: 'Brigadier Quagga', assessment: 'Zorilla: two open cases' },
  })
  const before = await askGate(await desk.as('forceHq'), {
    template: 'consultation',
    district: 'Karamba',
    days: 3,
    fields: { reference: 'OPS-114', harm: 'Hoopoe: homes near the road', contact: 'Duty line' },
  })
  const fields = ['purpose', 'need', 'authorities', 'safety', 'sustainability', 'accessNow', 'spaceLater']
  const escort = await askGate(await desk.as('ngo'), {
    template: 'escort',
    about: 'armed_escort',
    district: 'Karamba',
    fromDay: day(desk, 2),
    toDay: day(desk, 3),
    tried: ['remote'],
    fields: Object.fromEntries(fields.map(id => [id, `Bulbul ${id}`])),
  })
  await suspend(await desk.as('head'), {
    gateId: before.gate.id,
    what: 'Drongo: visits to the west',
    restartDay: day(desk, 5),
  })
  await notify(await desk.as('ocha'), {
    reference: 'OCHA-77',
    kind: 'movement',
    district: 'Karamba',
    fromDay: day(desk, 1),
    toDay: day(desk, 2),
  })
  await declarePosture(await desk.as('joc'), { ground: 'clashes', district: 'Karamba', note: 'Fighting' })
  await drawDown(await desk.as('leadership'), {
    kind: 'base_closure',
    base: desk.mission.bases[0]!.id,
    day: day(desk, 60),
    functions: 'Protection monitoring',
  })
  return { tasking, secret, request, entry, before, escort }
}

async function exported(desk: Desk, holder: string) {
  const { file } = await makeExport(desk.system, { holder })
  const text = readFileSync(file, 'utf8')
  const lines = text
    .split('\n')
    .filter(Boolean)
    .map(line => JSON.parse(line) as Record<string, unknown>)
  const of = (type: string) => lines.filter(line => line.type === type)
  return { text, of }
}

it('the words of a tasking and a request go when their time is over, and how it ended stays', async () => {
  const desk = await openDesk()
  const done = await give(desk)
  await answerTasking(await desk.as('battalion'), { taskingId: done.id, act: 'begin' })
  await answerTasking(await desk.as('battalion'), {
    taskingId: done.id,
    act: 'done',
    words: 'Quelea: two hundred crossed',
  })
  const asked = await ask(desk)
  await answerTasking(await desk.as('ngo'), { taskingId: asked.id, act: 'decline' })
  const open = await give(desk)
  desk.clock.advance(desk.mission.retention.alerts + DAY)
  await applyRetention(desk.system)

  const { taskings, events } = desk.store.read
  expect(await taskings.byId(done.id)).toMatchObject({ result: '', outcome: null, state: 'done' })
  expect(await taskings.byId(asked.id)).toMatchObject({ result: '', state: 'declined' })
  expect((await taskings.actsOf([done.id])).map(({ words }) => words)).toEqual([null, null])
  expect((await taskings.stepsOf([done.id])).map(({ what }) => what)).toEqual(['', ''])
  expect((await taskings.byId(open.id))?.result).toBe('Quelea: the ford is watched')
  for (const { seq } of await events.ofRecord('tasking', done.id)) expect(await events.words(seq)).toBeNull()
  expect((await events.ofRecord('tasking', done.id)).at(-1)?.kind).toBe('tasking.words_erased')
  expect(await events.verify()).toMatchObject({ ok: true })
})

it('a component takes along what it gave, asked, planned, declared and handed over, with the words open to it', async () => {
  const desk = await openDesk()
  const { tasking, secret, entry, before } = await filled(desk)
  const military = await exported(desk, 'military')
  expect(military.of('tasking')).toMatchObject([
    {
      code: tasking.code,
      result: 'Quelea: the ford is watched',
      state: 'declined',
      steps: [{ what: 'Quelea scouts' }, { what: 'Quelea boats', after: [1] }],
      acts: [{ kind: 'decline', role: 'battalion_operations@north', words: 'Quelea: both patrols are out' }],
    },
    { code: secret.code, result: 'Turaco: the northern approach' },
  ])
  expect(military.of('gate')).toMatchObject([{ code: before.gate.code, words: { reference: 'OPS-114' } }])
  const rights = await exported(desk, 'human_rights')
  expect(rights.of('gate')).toMatchObject([
    { code: entry.gate.code, words: { assessment: 'Zorilla: two open cases' } },
  ])
  const civilian = await exported(desk, 'mission_civilian')
  expect(civilian.of('posture')).toMatchObject([{ ground: 'clashes', district: 'Karamba' }])
  const [drawdown] = civilian.of('drawdown') as { items: object[] }[]
  expect(drawdown?.items).toContainEqual(
    expect.objectContaining({ kind: 'function', title: 'Protection monitoring' }),
  )
  expect((await exported(desk, 'un_agency')).of('notification')).toMatchObject([{ reference: 'OCHA-77' }])
  const people = (await desk.store.read.people.all()).flatMap(({ id, userId }) => [id, userId])
  for (const { text } of [military, rights, civilian]) for (const id of people) expect(text).not.toContain(id)
})

it('what NGOs answered, what was weighed for an escort and its days stand in no export', async () => {
  const desk = await openDesk()
  const { request, escort } = await filled(desk)
  const civilian = await exported(desk, 'mission_civilian')
  const [line] = civilian.of('tasking').filter(({ code }) => code === request.code)
  expect(line).toMatchObject({ kind: 'request', state: 'ended', acts: [], outcome: null })
  expect(civilian.text).not.toMatch(/Roller/)
  const ngo = await exported(desk, 'ngo')
  expect(ngo.of('gate')).toMatchObject([{ code: escort.gate.code, words: {}, district: null, tried: null }])
  expect(ngo.text).not.toMatch(/Bulbul/)
  expect(ngo.text).not.toContain(day(desk, 2))
})

it('oversight reads the trail of taskings and gates of its side, and of no request to an NGO and no escort', async () => {
  const desk = await openDesk()
  const { tasking, request, entry, escort } = await filled(desk)
  await decideGate(await desk.as('leadership'), {
    gateId: entry.gate.id,
    decision: 'refused',
    reason: 'Zorilla',
  })
  await readAssessment(await desk.as('humanRights'), entry.gate.id)
  await desk.appoint('head', 'oversight', null)
  const oversight = await desk.as('head')
  const kinds = async (code: string) => (await recordTrail(oversight, code)).entries.map(({ kind }) => kind)
  expect(await kinds(tasking.code)).toEqual(expect.arrayContaining(['tasking.offered', 'tasking.decline']))
  const trail = await recordTrail(oversight, entry.gate.code)
  expect(trail.entries.map(({ kind }) => kind)).toEqual(['gate.asked', 'gate.decided'])
  expect(trail.entries[1]?.codes).toEqual(
    expect.arrayContaining([
      ['decision', 'refused'],
      ['role', 'mission_leadership'],
    ]),
  )
  expect(JSON.stringify(trail)).not.toContain('Zorilla')
  for (const { code } of [request, escort.gate])
    expect(await refusalCode(recordTrail(oversight, code))).toBe('not_found')
  expect(await accessTrail(oversight, entry.gate.code)).toContainEqual(
    expect.objectContaining({ layer: 'assessment', code: entry.gate.code }),
  )
})
