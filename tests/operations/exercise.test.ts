/** Taskings and gates that are played: they say so, clear nothing real and are counted nowhere. */
import { expect, it } from 'vitest'
import { drawDown } from '../../src/operations/drawdown.ts'
import { askGate, registerEntries, suspend } from '../../src/operations/gate.ts'
import { readScorecards, task } from '../../src/operations/tasking.ts'
import { cleared, day } from '../support/gates.ts'
import { DAY, type Desk, HOUR, openDesk, refusal, refusalCode } from '../support/operations.ts'

async function give(desk: Desk, more: object = {}) {
  const { tasking } = await task(await desk.as('forceHq'), {
    origin: { kind: 'none', id: null },
    role: 'force_hq',
    to: 'company_duty_officer@north',
    result: 'The ford is watched',
    tier: 2,
    dueAt: desk.clock.now() + HOUR,
    ...more,
  })
  return tasking
}

it('what comes from an exercise is one, whatever was ticked; what comes from a real alert is none', async () => {
  const desk = await openDesk()
  const real = await desk.raise()
  const drill = await desk.raise({ what: 'Played' })
  await desk.store.write(({ alerts }) => alerts.update(drill.alert.id, 1, { exercise: true }))
  const from = (id: string, exercise: boolean) => give(desk, { origin: { kind: 'alert', id }, exercise })
  expect((await from(drill.alert.id, false)).exercise).toBe(true)
  expect((await from(real.alert.id, true)).exercise).toBe(false)
})

it('an exercise is put into no channel, and stands on no scorecard and in no drawdown', async () => {
  const desk = await openDesk()
  await desk.said()
  const { id, code } = await give(desk, { exercise: true })
  const cards = (await desk.said()).filter(({ kind, recordId }) => kind === 'card' && recordId === id)
  expect(cards.length).toBeGreaterThan(0)
  for (const { target } of cards) expect(target).toMatch(/^U/)
  await desk.pass(3 * DAY)
  const leadership = await desk.as('leadership')
  const { cards: scored } = await readScorecards(leadership)
  expect(scored.map(({ offered }) => offered)).toEqual(scored.map(() => 0))
  const left = await drawDown(leadership, { kind: 'transition', day: day(desk, 30) })
  expect(left.entries.map(({ name }) => name)).not.toContain(code)
})

it('an entry of an exercise clears an exercise alone, and a real one nothing that is played', async () => {
  const desk = await openDesk()
  const played = await cleared(desk, 9, { exercise: true })
  const real = await cleared(desk, 9)
  const by = (gate: { id: string }, exercise: boolean) => give(desk, { support: gate.id, exercise })
  expect(await refusal(by(played, false))).toMatchObject({ code: 'no_gate', field: 'support' })
  expect(await refusal(by(real, true))).toMatchObject({ code: 'no_gate', field: 'support' })
  await by(played, true)
  await by(real, false)
  const ids = async (exercise: boolean) =>
    (await registerEntries(await desk.as('duty'), { exercise })).map(({ gate }) => gate.id)
  expect([await ids(false), await ids(true)]).toEqual([[real.id], [played.id]])
})

it('a section that is called first in an exercise suspends nothing', async () => {
  const desk = await openDesk()
  const { gate } = await askGate(await desk.as('forceHq'), {
    template: 'consultation',
    district: 'Karamba',
    days: 3,
    exercise: true,
    fields: { reference: 'OPS-114', harm: 'Homes near the road', contact: 'Duty line' },
  })
  const what = { gateId: gate.id, what: 'Visits', restartDay: day(desk, 4) }
  expect(await refusalCode(suspend(await desk.as('humanRights'), what))).toBe('not_found')
})
