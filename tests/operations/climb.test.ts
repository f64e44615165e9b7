import { describe, expect, it } from 'vitest'
import {
  acknowledge,
  climb,
  correct,
  reportUnreachable,
  respond,
  watch,
  withdraw,
} from '../../src/operations/alert.ts'
import { DAY, type Entry, HOUR, MINUTE, openDesk } from '../support/operations.ts'

/** `rungs step@user` for every escalation said to a person, with the sector's channel as `#`. */
function escalations(entries: Entry[], slot = 'uniformed'): string[] {
  return entries
    .filter(({ data, target }) => data.slot === slot && target === 'C0POCNORTH')
    .map(({ data }) => `${data.line} ${data.step} ${data.rungs ?? ''}`.trim())
}

describe('silence', () => {
  it('climbs one rung at a time along the own chain, and ends with those informed being told once', async () => {
    const desk = await openDesk()
    const facts = await desk.raise()
    await desk.said()
    await desk.pass(10 * MINUTE - 1)
    expect(await desk.said()).toEqual([])
    const steps: string[][] = []
    for (let n = 0; n < 5; n++) {
      await desk.pass(n === 0 ? 1 : 10 * MINUTE)
      steps.push(escalations(await desk.said()))
    }
    expect(steps).toEqual([
      ['escalated acknowledge 1'],
      ['escalated acknowledge 2'],
      ['escalated acknowledge 3'],
      ['exhausted acknowledge'],
      [],
    ])
    await desk.pass(30 * DAY)
    expect(await desk.said()).toEqual([])
    expect((await desk.owner(facts, 'uniformed')).told.map(({ rung, late }) => [rung, late])).toEqual([
      [0, false],
      [1, false],
      [2, false],
      [3, false],
      [4, false],
    ])
  })

  it('reaches each rung by the means the ladder names', async () => {
    const { mission } = await openDesk()
    const ladders = mission.ladders.map(ladder => ({
      ...ladder,
      rungs: ladder.rungs.map((rung, n) => (n === 1 ? { ...rung, means: ['mention'] as const } : rung)),
    }))
    const desk = await openDesk({ mission: { ...mission, ladders } })
    const facts = await desk.raise()
    await desk.said()
    await desk.pass(10 * MINUTE)
    const entries = await desk.said()
    expect(escalations(entries)).toEqual(['escalated acknowledge 1'])
    expect(entries.map(({ target }) => target)).not.toContain('U0BATTALIONNORTH')
    expect((await desk.owner(facts, 'uniformed')).told.at(-1)).toMatchObject({
      means: ['mention'],
      people: [await desk.id('battalion')],
    })
  })

  it('after the last rung can still be answered, and is chased anew for the next step', async () => {
    const desk = await openDesk()
    const facts = await desk.raise()
    await desk.pass(DAY)
    await desk.said()
    await acknowledge(await desk.as('company'), { alertId: facts.alert.id })
    await desk.pass(10 * MINUTE)
    expect(escalations(await desk.said())).toContain('escalated decide 1')
  })

  it('of one owner leaves the other alone', async () => {
    const desk = await openDesk()
    const facts = await desk.raise()
    await respond(await desk.as('duty'), { alertId: facts.alert.id, who: 'Team' })
    const before = await desk.owner(facts, 'civilian')
    const timer = await desk.store.read.timers.byKey(`alert:${facts.alert.id}:civilian`)
    await desk.pass(2 * HOUR)
    expect(await desk.owner(facts, 'civilian')).toEqual(before)
    expect(await desk.store.read.timers.byKey(`alert:${facts.alert.id}:civilian`)).toEqual(timer)
  })

  it('of an alert that ended is nothing any more', async () => {
    const desk = await openDesk()
    const { alert } = await desk.raise()
    await withdraw(await desk.as('liaison'), { alertId: alert.id, note: 'They were herders' })
    await desk.said()
    const ladders = (await desk.store.read.timers.armed(10)).filter(({ kind }) => kind === 'alert.step')
    expect(ladders).toEqual([])
    await climb(desk.system, { recordId: alert.id, slot: 'uniformed' })
    await desk.pass(DAY)
    expect(await desk.said()).toEqual([])
  })

  it('of an alert nobody knows is nothing', async () => {
    const desk = await openDesk()
    await climb(desk.system, { recordId: 'gone', slot: 'uniformed' })
    expect(await desk.said()).toEqual([])
  })
})

describe('an outage', () => {
  it('tells each overdue rung once, in one message marked late', async () => {
    const desk = await openDesk()
    const facts = await desk.raise()
    await desk.said()
    await desk.away(35 * MINUTE)
    const entries = await desk.said()
    expect(escalations(entries)).toEqual(['escalated acknowledge 1,2,3'])
    expect(escalations(entries, 'civilian')).toEqual(['escalated acknowledge 1,2'])
    expect((await desk.owner(facts, 'uniformed')).told.slice(1)).toMatchObject([
      { rung: 1, late: true, dueAt: facts.alert.raisedAt + 10 * MINUTE },
      { rung: 2, late: true, dueAt: facts.alert.raisedAt + 20 * MINUTE },
      { rung: 3, late: true, dueAt: facts.alert.raisedAt + 30 * MINUTE },
    ])
  })

  it('of days leaves the last rung its time before those informed hear that nobody is left', async () => {
    const desk = await openDesk()
    await desk.raise()
    await desk.away(3 * DAY)
    expect(escalations(await desk.said())).toContain('escalated acknowledge 1,2,3')
    await desk.pass(10 * MINUTE)
    expect(escalations(await desk.said())).toEqual(['exhausted acknowledge'])
  })

  it('is not told twice when a timer fires twice', async () => {
    const desk = await openDesk()
    const { alert } = await desk.raise()
    await desk.away(35 * MINUTE)
    await desk.said()
    await climb(desk.system, { recordId: alert.id, slot: 'uniformed' })
    expect(await desk.said()).toEqual([])
  })
})

describe('a rung', () => {
  it('that is vacant is skipped at once and on record, and the next has its full time', async () => {
    const desk = await openDesk()
    const facts = await desk.raise()
    await desk.vacate('battalion_operations', 'north')
    await desk.pass(10 * MINUTE)
    const { told, next } = await desk.owner(facts, 'uniformed')
    expect(told.map(({ rung, outcome }) => [rung, outcome])).toEqual([
      [0, 'told'],
      [1, 'vacant'],
      [2, 'told'],
    ])
    expect(next).toEqual({ rung: 3, dueAt: facts.alert.raisedAt + 20 * MINUTE })
  })

  it('whose holder Slack cannot reach is told through the alternate', async () => {
    const desk = await openDesk()
    const facts = await desk.raise()
    await desk.said()
    await reportUnreachable(desk.system, await desk.id('duty'))
    const entries = await desk.said()
    expect(entries.map(({ target }) => target)).toContain('U0CIVILAFFAIRS')
    expect((await desk.owner(facts, 'civilian')).told).toMatchObject([
      { rung: 0, people: [await desk.id('duty'), await desk.id('dutyAlternate')] },
    ])
  })

  it('without one is passed over at once, and the next holds the alert with the time that is left', async () => {
    const desk = await openDesk()
    const facts = await desk.raise()
    desk.clock.advance(MINUTE)
    await desk.said()
    await reportUnreachable(desk.system, await desk.id('company'))
    expect(escalations(await desk.said())).toEqual(['escalated acknowledge 1'])
    const { owner, holder, next } = await desk.owner(facts, 'uniformed')
    expect([owner.rung, holder?.userId]).toEqual([1, 'U0BATTALIONNORTH'])
    expect(next).toEqual({ rung: 2, dueAt: facts.alert.raisedAt + 10 * MINUTE })
  })

  it('is passed over once, however often Slack reports it', async () => {
    const desk = await openDesk()
    await desk.raise()
    await reportUnreachable(desk.system, await desk.id('company'))
    await desk.said()
    await reportUnreachable(desk.system, await desk.id('company'))
    await reportUnreachable(desk.system, 'nobody')
    expect(await desk.said()).toEqual([])
  })

  it('that is only informed passes it to the alternate at once', async () => {
    const desk = await openDesk()
    await desk.raise()
    await desk.said()
    await reportUnreachable(desk.system, await desk.id('joc'))
    expect((await desk.said()).map(({ kind, target }) => [kind, target])).toEqual([['card', 'U0POCADVISER']])
  })

  it('is told again once its holder has been heard from', async () => {
    const desk = await openDesk()
    const first = await desk.raise()
    await reportUnreachable(desk.system, await desk.id('company'))
    await acknowledge(await desk.as('company'), { alertId: first.alert.id })
    const [event] = await desk.store.read.events
      .ofRecord('person', await desk.id('company'))
      .then(all => all.slice(-1))
    expect(event?.kind).toBe('person.reachable')
    const second = await desk.raise()
    expect((await desk.owner(second, 'uniformed')).holder?.userId).toBe('U0COMPANYKARAMBA')
  })

  it('that was the last leaves it to those informed', async () => {
    const desk = await openDesk()
    await desk.raise()
    await desk.pass(30 * MINUTE)
    await desk.said()
    await reportUnreachable(desk.system, await desk.id('forceHq'))
    expect(escalations(await desk.said())).toEqual(['exhausted acknowledge'])
  })

  it('further down that has answered is not passed over', async () => {
    const desk = await openDesk()
    const facts = await desk.raise()
    await acknowledge(await desk.as('company'), { alertId: facts.alert.id })
    await desk.said()
    await reportUnreachable(desk.system, await desk.id('company'))
    expect(escalations(await desk.said())).toEqual([])
  })
})

describe('urgency', () => {
  const change = async (from: string, to: string) => {
    const desk = await openDesk()
    const facts = await desk.raise({ urgency: from })
    const until = desk.clock.now() + 20 * HOUR
    await watch(await desk.as('company'), { alertId: facts.alert.id, until })
    await desk.said()
    desk.clock.advance(HOUR)
    await correct(await desk.as('joc'), {
      alertId: facts.alert.id,
      version: 1,
      place: { id: 'karamba-market' },
      urgency: to,
    })
    return { desk, facts, until }
  }

  it('raised puts the alert anew to an owner that only watched, and starts its clock', async () => {
    const { desk, facts } = await change('within_24h', 'happening_now')
    const entries = await desk.said()
    expect(escalations(entries)).toEqual(['escalated decide 0'])
    expect(entries.map(({ target }) => target)).toContain('U0COMPANYKARAMBA')
    expect(await desk.owner(facts, 'uniformed')).toMatchObject({
      state: { awaiting: 'decide', decision: null, dueAt: desk.clock.now() + 15 * MINUTE },
      next: { rung: 1, dueAt: desk.clock.now() + 15 * MINUTE },
    })
  })

  it('lowered leaves the watch, and arms both clocks from now', async () => {
    const { desk, facts, until } = await change('imminent', 'tension')
    expect((await desk.owner(facts, 'uniformed')).state).toMatchObject({ awaiting: 'decide', dueAt: until })
    const civilian = await desk.store.read.timers.byKey(`alert:${facts.alert.id}:civilian`)
    expect(civilian).toMatchObject({ state: 'armed', dueAt: desk.clock.now() + 4 * HOUR })
  })
})
