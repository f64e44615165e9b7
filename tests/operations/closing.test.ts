import { expect, it } from 'vitest'
import { addDetails, close, onSite, respond } from '../../src/operations/alert.ts'
import { recordResponse } from '../../src/operations/response.ts'
import { type Desk, MINUTE, openDesk, refusal, refusalCode } from '../support/operations.ts'

/** An alert of physical violence that is imminent: civilians need physical protection. */
async function needing(desk: Desk, change: { perpetrator?: string } = {}): Promise<string> {
  const { alert } = await desk.raise()
  await addDetails(await desk.as('duty'), {
    alertId: alert.id,
    version: alert.version,
    threat: 'armed_attack',
    ...change,
  })
  return alert.id
}
const end = (alertId: string) => ({ alertId, outcome: 'averted', note: 'Market open again' })

it('a need for physical protection is not closed by dialogue, assistance or silence (R-023)', async () => {
  const desk = await openDesk()
  const alertId = await needing(desk)
  const ctx = await desk.as('duty')
  const now = desk.clock.now()
  for (const responder of ['civilian_section', 'mission_military'])
    await recordResponse(ctx, {
      ...{ alertId, responder, tier: responder === 'civilian_section' ? 2 : 1 },
      ...{ did: 'Talked to both sides', startedAt: now, arrivedAt: now, endedAt: now },
    })
  expect(await refusal(close(ctx, end(alertId)))).toMatchObject({
    code: 'needs_protection',
    field: 'commandReason',
  })
  expect((await desk.facts({ alert: { id: alertId } })).alert.lifecycle).toBe('open')
})

it('it is closed by a patrol that was there: what owners tapped is written down as responses', async () => {
  const desk = await openDesk()
  const alertId = await needing(desk)
  await respond(await desk.as('company'), { alertId, who: 'Patrol Bravo' })
  expect(await refusalCode(close(await desk.as('duty'), end(alertId)))).toBe('needs_protection')
  desk.clock.advance(20 * MINUTE)
  await onSite(await desk.as('company'), { alertId })
  await respond(await desk.as('duty'), { alertId, who: 'Civil affairs' })
  await close(await desk.as('duty'), end(alertId))
  const { responses } = await desk.facts({ alert: { id: alertId } })
  expect(
    responses.map(({ responder, tier, who, arrivedAt, result }) => [
      responder,
      tier,
      who,
      arrivedAt !== null,
      result,
    ]),
  ).toEqual([
    ['civilian_section', 1, 'Civil affairs', false, null],
    ['mission_military', 2, 'Patrol Bravo', true, 'averted'],
  ])
})

it('whoever closes may say that the patrol only talked: then it protects nobody', async () => {
  const desk = await openDesk()
  const alertId = await needing(desk)
  const { acts } = await respond(await desk.as('company'), { alertId, who: 'Patrol Bravo' })
  await onSite(await desk.as('company'), { alertId })
  const tiers = { [acts.at(-1)!.id]: 1 }
  expect(await refusalCode(close(await desk.as('duty'), { ...end(alertId), tiers }))).toBe('needs_protection')
  expect(
    await refusalCode(close(await desk.as('duty'), { ...end(alertId), tiers: { [acts.at(-1)!.id]: 9 } })),
  ).toBe('unknown_term')
})

it('a command decision closes it, with post, reason and words, and stands in the thread', async () => {
  const desk = await openDesk()
  const alertId = await needing(desk)
  const ctx = await desk.as('duty')
  const command = { role: 'battalion_operations@north', reason: 'no_asset', note: 'Patrol at first light' }
  const closing = (change: object) => close(ctx, { ...end(alertId), command: { ...command, ...change } })
  expect(await refusal(closing({ role: 'company_duty_officer@north' }))).toMatchObject({
    field: 'commandRole',
  })
  expect(await refusal(closing({ reason: 'tired' }))).toMatchObject({ field: 'commandReason' })
  expect(await refusal(closing({ note: ' ' }))).toMatchObject({ code: 'text_missing', field: 'commandNote' })
  await desk.lines()
  const { acts } = await close(ctx, { ...end(alertId), command: { ...command, means: 'radio' } })
  expect(acts.slice(-2)).toMatchObject([
    { kind: 'command', role: command.role, reason: 'no_asset', means: 'radio', note: command.note },
    { kind: 'close' },
  ])
  expect(await desk.lines()).toEqual(['act@C0POCNORTH', 'act@C0POCNORTH'])
})

it('forces of the State protect where somebody else is alleged, and never where it may be them', async () => {
  const desk = await openDesk()
  const protect = async (alertId: string) => {
    const now = desk.clock.now()
    await recordResponse(await desk.as('duty'), {
      ...{ alertId, responder: 'authorities', tier: 2, did: 'Army unit in the market' },
      ...{ startedAt: now, arrivedAt: now },
    })
    return close(await desk.as('duty'), end(alertId))
  }
  expect((await protect(await needing(desk, { perpetrator: 'armed_group' }))).alert.lifecycle).toBe('closed')
  for (const alleged of [{}, { perpetrator: 'unknown' }, { perpetrator: 'foreign_forces' }])
    expect(await refusalCode(protect(await needing(desk, alleged)))).toBe('needs_protection')
})

it('asking for a patrol is asking for physical protection; without a need nothing more is asked', async () => {
  const desk = await openDesk()
  const ctx = await desk.as('duty')
  const { alert } = await desk.raise({ urgency: 'tension' })
  await addDetails(ctx, { alertId: alert.id, version: alert.version, askedFor: ['patrol'] })
  expect(await refusalCode(close(ctx, end(alert.id)))).toBe('needs_protection')
  const { alert: other } = await desk.raise({ urgency: 'tension' })
  await addDetails(ctx, { alertId: other.id, version: other.version, askedFor: ['dialogue'] })
  expect((await close(ctx, end(other.id))).alert.lifecycle).toBe('closed')
})

it('an attack that came is a need that was there, though nobody had said of what kind the threat was', async () => {
  const desk = await openDesk()
  const ctx = await desk.as('duty')
  const { alert } = await desk.raise({ urgency: 'happening_now' })
  const attacked = { alertId: alert.id, outcome: 'attack_occurred', note: 'Homes burnt; nobody came' }
  expect(await refusalCode(close(ctx, attacked))).toBe('needs_protection')
  const command = { role: 'battalion_operations@north', reason: 'no_asset', note: 'Both patrols were north' }
  expect((await close(ctx, { ...attacked, command })).alert.lifecycle).toBe('closed')
})
