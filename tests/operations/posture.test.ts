import { expect, it } from 'vitest'
import { createLocales } from '../../src/locales/index.ts'
import { askGate, decideGate, readGate } from '../../src/operations/gate.ts'
import {
  answerPosture,
  declarePosture,
  endPosture,
  mayDeclare,
  postureAsks,
  postures,
} from '../../src/operations/posture.ts'
import { answerTasking, task } from '../../src/operations/tasking.ts'
import { posturesMessage } from '../../src/views/posture.ts'
import { DAY, type Desk, openDesk, refusalCode } from '../support/operations.ts'

const day = (desk: Desk, days: number) => new Date(desk.clock.now() + days * DAY).toISOString().slice(0, 10)
const clashes = { ground: 'clashes', district: 'Karamba' }

async function supported(desk: Desk) {
  const words = 'Words'
  const fields = Object.fromEntries(
    ['purpose', 'need', 'authorities', 'safety', 'sustainability', 'accessNow', 'spaceLater'].map(id => [
      id,
      words,
    ]),
  )
  const { gate } = await askGate(await desk.as('ngo'), {
    template: 'escort',
    about: 'armed_escort',
    district: 'Karamba',
    fromDay: day(desk, 2),
    toDay: day(desk, 3),
    tried: ['remote'],
    fields,
  })
  await decideGate(await desk.as('ocha'), { gateId: gate.id, decision: 'endorsed' })
  return gate
}

async function accepted(desk: Desk) {
  const { tasking } = await task(await desk.as('pocAdviser'), {
    origin: { kind: 'none', id: null },
    role: 'poc_adviser',
    to: 'ngo',
    result: 'Shelter for those who fled',
    tier: 3,
    dueAt: desk.clock.now() + 9 * DAY,
    place: { id: 'karamba-market' },
  } as never)
  await answerTasking(await desk.as('ngo'), { taskingId: tasking.id, act: 'accept' })
  return tasking
}

it('the operations centre and leadership declare it, and nobody else', async () => {
  const desk = await openDesk()
  for (const name of ['duty', 'company', 'ngo', 'ocha', 'humanRights'] as const)
    expect([name, await refusalCode(declarePosture(await desk.as(name), clashes))]).toEqual([
      name,
      'not_allowed',
    ])
  const posture = await declarePosture(await desk.as('joc'), clashes)
  expect((await postures(await desk.as('ocha'))).map(({ id }) => id)).toEqual([posture.id])
  expect(await postures(await desk.as('ngo'))).toEqual([])
  expect(await postures(await desk.as('company'))).toEqual([])
  await endPosture(await desk.as('leadership'), { postureId: posture.id })
  expect(await refusalCode(endPosture(await desk.as('joc'), { postureId: posture.id }))).toBe('already_done')
})

it('the list lets those who declare end one, and nobody else', async () => {
  const desk = await openDesk()
  await declarePosture(await desk.as('joc'), clashes)
  const view = {
    words: createLocales('UTC', ['en']).words('en'),
    mission: desk.mission,
    now: desk.clock.now(),
  }
  const shown = async (name: 'leadership' | 'ocha') => {
    const ctx = await desk.as(name)
    return JSON.stringify(posturesMessage(view, await postures(ctx), mayDeclare(ctx)))
  }
  expect(await shown('leadership')).toContain('posture.end')
  expect(await shown('ocha')).toMatch(/Clashes/)
  expect(await shown('ocha')).not.toContain('posture.end')
})

it('joint items there pause and are put before their humanitarian, who alone lets each go on', async () => {
  const desk = await openDesk()
  const gate = await supported(desk)
  const request = await accepted(desk)
  await desk.said()
  await declarePosture(await desk.as('joc'), { ground: 'clashes', sector: 'south' })
  expect(await postureAsks(await desk.as('ngo'))).toEqual([])
  const posture = await declarePosture(await desk.as('joc'), clashes)
  const asked = await postureAsks(await desk.as('ngo'))
  expect(asked.map(({ code }) => code).sort()).toEqual([gate.code, request.code].sort())
  const grant = { gateId: gate.id, decision: 'granted' }
  expect(await refusalCode(decideGate(await desk.as('sectorHq'), grant))).toBe('item_paused')
  const escort = asked.find(({ code }) => code === gate.code)!.item
  for (const name of ['joc', 'ocha', 'unhcr', 'sectorHq'] as const)
    expect([
      name,
      await refusalCode(answerPosture(await desk.as(name), { itemId: escort.id, answer: 'confirmed' })),
    ]).toEqual([name, 'not_found'])
  await endPosture(await desk.as('joc'), { postureId: posture.id })
  expect(await refusalCode(decideGate(await desk.as('sectorHq'), grant))).toBe('item_paused')
  await answerPosture(await desk.as('ngo'), { itemId: escort.id, answer: 'confirmed' })
  expect(await refusalCode(answerPosture(await desk.as('ngo'), { itemId: escort.id, answer: 'ended' }))).toBe(
    'already_done',
  )
  await decideGate(await desk.as('sectorHq'), grant)
})

it('those of the mission a joint item rests with are told that it pauses, and that it goes on', async () => {
  const desk = await openDesk()
  await supported(desk)
  await accepted(desk)
  await desk.said()
  const told = async () =>
    (await desk.said())
      .filter(({ kind }) => kind === 'posture.item')
      .map(({ target, data }) => `${data.line} ${target}`)
      .sort()
  await declarePosture(await desk.as('joc'), clashes)
  expect(await told()).toEqual(['paused U0POCADVISER', 'paused U0SECTORNORTH'])
  for (const { item } of await postureAsks(await desk.as('ngo')))
    await answerPosture(await desk.as('ngo'), { itemId: item.id, answer: 'confirmed' })
  expect(await told()).toEqual(['goesOn U0POCADVISER', 'goesOn U0SECTORNORTH'])
})

it('what is not confirmed ends: an escort is withdrawn, whoever made a request is told, and no reason is asked for', async () => {
  const desk = await openDesk()
  const gate = await supported(desk)
  const request = await accepted(desk)
  await declarePosture(await desk.as('joc'), { ground: 'partner_operation' })
  await desk.said()
  for (const { item } of await postureAsks(await desk.as('ngo')))
    await answerPosture(await desk.as('ngo'), { itemId: item.id, answer: 'ended' })
  expect((await readGate(await desk.as('ngo'), gate.id)).facts.gate.state).toBe('withdrawn')
  const told = (await desk.said()).filter(({ kind }) => kind === 'posture.ended')
  expect(told.map(({ target }) => target)).toEqual(['U0POCADVISER'])
  expect(request.kind).toBe('request')
})
