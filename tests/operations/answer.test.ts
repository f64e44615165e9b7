import { describe, expect, it } from 'vitest'
import {
  acknowledge,
  addDetails,
  cannotTake,
  notActing,
  onSite,
  PROMISE_LIMIT_MS,
  respond,
  watch,
} from '../../src/operations/alert.ts'
import { HOUR, MINUTE, openDesk, refusal, refusalCode } from '../support/operations.ts'

const company = 'company_duty_officer@north'

describe('an acknowledgement', () => {
  it('of both owners at the same moment counts for each', async () => {
    const desk = await openDesk()
    const facts = await desk.raise()
    const input = { alertId: facts.alert.id }
    await Promise.all([
      acknowledge(await desk.as('duty'), input),
      acknowledge(await desk.as('company'), input),
    ])
    const after = await desk.facts(facts)
    expect(after.owners.map(({ state }) => state.awaiting)).toEqual(['decide', 'decide'])
    expect(after.acts.map(({ kind, slot }) => [kind, slot])).toEqual([
      ['acknowledge', 'civilian'],
      ['acknowledge', 'uniformed'],
    ])
  })

  it('of two people of one owner at the same moment has one effect, and the second hears who and when', async () => {
    const desk = await openDesk()
    const facts = await desk.raise()
    const input = { alertId: facts.alert.id }
    desk.clock.advance(MINUTE)
    const [, second] = await Promise.allSettled([
      acknowledge(await desk.as('company'), input),
      acknowledge(await desk.as('battalion'), input),
    ])
    expect(second).toMatchObject({
      reason: { code: 'already_done', details: { kind: 'acknowledge', role: company, at: desk.clock.now() } },
    })
    expect((await desk.facts(facts)).acts).toHaveLength(1)
  })

  it('pressed twice has one effect', async () => {
    const desk = await openDesk()
    const { alert } = await desk.raise()
    const ctx = await desk.as('company')
    await acknowledge(ctx, { alertId: alert.id })
    await desk.said()
    expect(await refusalCode(acknowledge(ctx, { alertId: alert.id }))).toBe('already_done')
    expect(await desk.said()).toEqual([])
  })

  it('from a post above makes it that post which has the alert', async () => {
    const desk = await openDesk()
    const facts = await desk.raise()
    await acknowledge(await desk.as('battalion'), { alertId: facts.alert.id })
    const { owner, next } = await desk.owner(facts, 'uniformed')
    expect(owner.rung).toBe(1)
    expect(next?.rung).toBe(2)
  })

  it('is refused to somebody in neither chain, and unknown to somebody who may not read the alert', async () => {
    const desk = await openDesk()
    const { alert } = await desk.raise()
    const input = { alertId: alert.id }
    expect(await refusalCode(acknowledge(await desk.as('joc'), input))).toBe('not_in_chain')
    expect(await refusalCode(acknowledge(await desk.as('companySouth'), input))).toBe('not_in_chain')
    expect(await refusalCode(acknowledge(await desk.as('ngo'), input))).toBe('not_found')
    expect(await refusalCode(acknowledge(await desk.stranger(), input))).toBe('not_found')
    expect(await refusalCode(acknowledge(desk.system, input))).toBe('not_allowed')
  })

  it('is one event of the trail and one line in the thread, by role', async () => {
    const desk = await openDesk()
    const { alert } = await desk.raise()
    await desk.said()
    await acknowledge(await desk.as('company'), { alertId: alert.id })
    const events = await desk.store.read.events.ofRecord('alert', alert.id)
    expect(events.map(({ kind }) => kind)).toEqual(['alert.raised', 'alert.acknowledge'])
    expect(events[1]?.data).toMatchObject({ slot: 'uniformed', role: company, means: 'slack' })
    expect(await desk.lines()).toEqual(['act@C0POCNORTH'])
  })
})

describe('somebody on both ladders', () => {
  const unrest = async () => {
    const desk = await openDesk()
    const facts = await desk.raise()
    const { alert } = facts
    await addDetails(await desk.as('joc'), { alertId: alert.id, version: 1, threat: 'unrest' })
    return { desk, facts, input: { alertId: alert.id }, leadership: await desk.as('leadership') }
  }

  it('is asked for which owner they speak while either may be meant', async () => {
    const { leadership, input } = await unrest()
    expect(await refusal(acknowledge(leadership, input))).toMatchObject({
      code: 'which_owner',
      field: 'slot',
    })
  })

  it('speaks for the owner they name', async () => {
    const { desk, facts, leadership, input } = await unrest()
    await acknowledge(leadership, { ...input, slot: 'uniformed' })
    expect((await desk.owner(facts, 'uniformed')).state.awaiting).toBe('decide')
    expect((await desk.owner(facts, 'civilian')).state.awaiting).toBe('acknowledge')
  })

  it('is not asked where only one owner awaits it', async () => {
    const { desk, facts, leadership, input } = await unrest()
    await acknowledge(await desk.as('duty'), input)
    await acknowledge(leadership, input)
    expect((await desk.owner(facts, 'uniformed')).state.acknowledged?.role).toBe('mission_leadership')
  })

  it('is asked when changing a decision both owners have taken', async () => {
    const { desk, leadership, input } = await unrest()
    await respond(await desk.as('duty'), { ...input, who: 'Civil affairs team' })
    await respond(await desk.as('police'), { ...input, who: 'Police patrol' })
    expect(await refusalCode(respond(leadership, { ...input, who: 'Both' }))).toBe('which_owner')
  })
})

describe('a decision', () => {
  it('to go is chased at the time promised', async () => {
    const desk = await openDesk()
    const facts = await desk.raise()
    const until = desk.clock.now() + 40 * MINUTE
    await respond(await desk.as('company'), { alertId: facts.alert.id, who: 'Patrol from Karamba', until })
    expect((await desk.owner(facts, 'uniformed')).state).toMatchObject({ awaiting: 'on_site', dueAt: until })
    expect((await desk.facts(facts)).acts[0]).toMatchObject({ who: 'Patrol from Karamba', until })
  })

  it('to watch asks that owner again when the time has come, then climbs', async () => {
    const desk = await openDesk()
    const facts = await desk.raise()
    const until = desk.clock.now() + 3 * HOUR
    await watch(await desk.as('company'), { alertId: facts.alert.id, until, note: 'Drone over the market' })
    await respond(await desk.as('duty'), { alertId: facts.alert.id, who: 'Team', until: until + HOUR })
    await desk.said()
    await desk.pass(3 * HOUR - 1)
    expect(await desk.said()).toEqual([])
    await desk.pass(1)
    expect(peopleTold(await desk.said())).toEqual(['U0COMPANYKARAMBA'])
    await desk.pass(10 * MINUTE)
    expect(peopleTold(await desk.said())).toEqual(['U0BATTALIONNORTH'])
  })

  it('not to act needs a reason of the list, and a note where the reason asks for one', async () => {
    const desk = await openDesk()
    const { alert } = await desk.raise()
    const ctx = await desk.as('company')
    const input = { alertId: alert.id }
    expect(await refusal(notActing(ctx, { ...input, reason: 'tired' }))).toMatchObject({
      code: 'unknown_term',
      field: 'reason',
    })
    expect(await refusal(notActing(ctx, { ...input, reason: 'other' }))).toMatchObject({
      code: 'note_missing',
      field: 'note',
    })
    await notActing(ctx, { ...input, reason: 'other', note: 'The bridge is down' })
    expect((await desk.owner({ alert }, 'uniformed')).state.awaiting).toBe('close')
  })

  it('repeated word for word is refused, changed it stands anew', async () => {
    const desk = await openDesk()
    const facts = await desk.raise()
    const ctx = await desk.as('company')
    const input = { alertId: facts.alert.id, who: 'Patrol 3' }
    await respond(ctx, input)
    expect(await refusalCode(respond(ctx, input))).toBe('already_done')
    await respond(ctx, { ...input, who: 'Patrol 4' })
    expect((await desk.owner(facts, 'uniformed')).state.decision?.who).toBe('Patrol 4')
  })

  it.each([
    ['in the past', -1, 'time_past'],
    ['that is now', 0, 'time_past'],
    ['too far ahead', PROMISE_LIMIT_MS + 1, 'time_too_far'],
    ['that is none', Number.NaN, 'time_past'],
  ])('with a time %s is refused', async (_, ahead, code) => {
    const desk = await openDesk()
    const { alert } = await desk.raise()
    const input = { alertId: alert.id, until: desk.clock.now() + ahead }
    expect(await refusal(watch(await desk.as('company'), input))).toMatchObject({ code, field: 'until' })
    expect(await refusalCode(respond(await desk.as('company'), { ...input, who: 'x' }))).toBe(code)
  })

  it('to go says who goes', async () => {
    const desk = await openDesk()
    const { alert } = await desk.raise()
    const answer = respond(await desk.as('company'), { alertId: alert.id, who: ' ' })
    expect(await refusal(answer)).toMatchObject({ code: 'text_missing', field: 'who' })
  })
})

describe('on site', () => {
  it('comes after somebody responds, once', async () => {
    const desk = await openDesk()
    const facts = await desk.raise()
    const ctx = await desk.as('company')
    const input = { alertId: facts.alert.id }
    expect(await refusalCode(onSite(ctx, input))).toBe('not_responding')
    await respond(ctx, { ...input, who: 'Patrol 3' })
    await onSite(ctx, input)
    expect((await desk.owner(facts, 'uniformed')).state.awaiting).toBe('close')
    expect(await refusalCode(onSite(ctx, input))).toBe('already_done')
  })
})

describe("can't take it", () => {
  const declined = async () => {
    const desk = await openDesk()
    const facts = await desk.raise()
    const input = { alertId: facts.alert.id, reason: 'engaged_elsewhere' }
    await acknowledge(await desk.as('company'), input)
    desk.clock.advance(9 * MINUTE)
    await desk.said()
    return { desk, facts, input }
  }

  it('passes the alert to the next rung at once, which has a climb of its own to answer', async () => {
    const { desk, facts, input } = await declined()
    desk.clock.advance(HOUR)
    await cannotTake(await desk.as('company'), input)
    const now = desk.clock.now()
    expect(await desk.owner(facts, 'uniformed')).toMatchObject({
      owner: { rung: 1 },
      state: { awaiting: 'acknowledge', dueAt: now + 10 * MINUTE },
      next: { rung: 2, dueAt: now + 10 * MINUTE },
    })
    expect(peopleTold(await desk.said())).toEqual(['U0BATTALIONNORTH'])
  })

  it('keeps the reason and the refusal on record', async () => {
    const { desk, facts, input } = await declined()
    await cannotTake(await desk.as('company'), input)
    const events = await desk.store.read.events.ofRecord('alert', facts.alert.id)
    expect(events.map(({ kind }) => kind).slice(-2)).toEqual(['alert.cannot_take', 'alert.escalated'])
    expect(events.at(-2)?.data).toMatchObject({ reason: 'engaged_elsewhere', role: company })
  })

  it('of a post above leaves the answer of the one below standing, and tells the next above', async () => {
    const { desk, facts, input } = await declined()
    await desk.pass(21 * MINUTE)
    await desk.said()
    await cannotTake(await desk.as('battalion'), input)
    const { owner, state } = await desk.owner(facts, 'uniformed')
    expect(owner.rung).toBe(0)
    expect(state).toMatchObject({ awaiting: 'decide', acknowledged: { role: company } })
    expect(peopleTold(await desk.said())).toEqual(['U0SECTORNORTH'])
  })

  it('is refused to a post that was not asked', async () => {
    const { desk, facts, input } = await declined()
    expect(await refusalCode(cannotTake(await desk.as('forceHq'), input))).toBe('not_allowed')
    expect((await desk.owner(facts, 'uniformed')).state.awaiting).toBe('decide')
  })

  it('by one post after another ends with those informed being told that nobody is left', async () => {
    const { desk, facts, input } = await declined()
    for (const name of ['company', 'battalion', 'sectorHq'] as const)
      await cannotTake(await desk.as(name), input)
    await desk.said()
    await cannotTake(await desk.as('forceHq'), input)
    expect(await desk.lines()).toContain('exhausted@U0JOCWATCH')
    await desk.pass(4 * HOUR)
    expect((await desk.owner(facts, 'uniformed')).next).toBeNull()
    await acknowledge(await desk.as('battalion'), input)
    expect((await desk.owner(facts, 'uniformed')).state.awaiting).toBe('decide')
  })

  it('gives the alert to the ladder its threat now calls for', async () => {
    const { desk, facts, input } = await declined()
    await addDetails(await desk.as('joc'), { alertId: input.alertId, version: 1, threat: 'unrest' })
    expect((await desk.owner(facts, 'uniformed')).ladder.id).toBe('military')
    await cannotTake(await desk.as('company'), { ...input, reason: 'not_our_task' })
    const { ladder, holder, told } = await desk.owner(facts, 'uniformed')
    expect([ladder.id, holder?.userId]).toEqual(['police', 'U0POLICENORTH'])
    expect(told).toHaveLength(1)
  })
})

it('an answer that cannot be stored leaves nothing behind', async () => {
  const desk = await openDesk()
  const facts = await desk.raise()
  await desk.said()
  const { database } = desk.store
  database.pragma(`max_page_count = ${database.pragma('page_count', { simple: true })}`)
  const note = 'x'.repeat(3_000)
  const input = { alertId: facts.alert.id, until: desk.clock.now() + HOUR, note }
  let code: string | undefined
  for (let n = 0; n < 50 && code === undefined; n++)
    code = await watch(await desk.as('company'), { ...input, until: input.until + n }).then(
      () => undefined,
      error => error.code,
    )
  expect(code).toBe('not_stored')
  const acts = (await desk.facts(facts)).acts.length
  const events = (await desk.store.read.events.ofRecord('alert', facts.alert.id)).length
  expect(events).toBe(acts + 1)
  expect((await desk.lines()).length).toBe(acts)
})

function peopleTold(entries: { kind: string; target: string }[]): string[] {
  return [...new Set(entries.map(({ target }) => target).filter(target => target.startsWith('U')))]
}
