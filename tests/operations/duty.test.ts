import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { RoleRef } from '../../src/domain/mission.ts'
import { acknowledge, close } from '../../src/operations/alert.ts'
import { personReader } from '../../src/operations/channel.ts'
import type { Ctx } from '../../src/operations/context.ts'
import type { RotaEdit } from '../../src/operations/duty/rota.ts'
import {
  askTest,
  editRota,
  endDuties,
  leaveDuty,
  readCallSheet,
  reviewVacancies,
  takeDuty,
  turnsFor,
  vacantPosts,
  whoAnswers,
} from '../../src/operations/duty.ts'
import {
  type Desk,
  HOUR,
  MINUTE,
  openDesk,
  refusal,
  refusalCode,
  type Who,
  who,
} from '../support/operations.ts'

const duty: RoleRef = { role: 'field_office_duty_officer', sector: 'north' }
const first = async (desk: Desk, ref: RoleRef) =>
  (await turnsFor(desk.store.read, ref, desk.clock.now()))[0]?.person.userId
const shift = (name: Who, firstDay: string, from = '06:00', to = '18:00'): NonNullable<RotaEdit['add']> => ({
  person: { teamId: 'T0MISSION', userId: who[name] },
  firstDay,
  lastDay: firstDay,
  from,
  to,
})

describe('a duty', () => {
  it('is taken by somebody named for it, and by whoever appoints to it', async () => {
    const desk = await openDesk()
    await takeDuty(await desk.as('dutyAlternate'), duty)
    expect(await first(desk, duty)).toBe(who.dutyAlternate)
    await takeDuty(await desk.as('head'), duty)
    expect(await first(desk, duty)).toBe(who.head)
  })

  it('is refused to everybody else, and to whoever has it already', async () => {
    const desk = await openDesk()
    for (const name of ['company', 'joc', 'unhcr', 'leadership'] as const)
      expect(await refusalCode(takeDuty(await desk.as(name), duty))).toBe('not_named')
    await takeDuty(await desk.as('duty'), duty)
    expect(await refusalCode(takeDuty(await desk.as('duty'), duty))).toBe('on_duty_already')
  })

  it('of another side is not taken by whoever appoints: a role opens what its side keeps to itself', async () => {
    const desk = await openDesk()
    const ref = { role: 'human_rights_officer', sector: null }
    expect(await refusalCode(takeDuty(await desk.as('leadership'), ref))).toBe('not_named')
  })

  it('gives the role, so that the alert can be answered, and takes it back', async () => {
    const desk = await openDesk()
    const facts = await desk.raise()
    await editRota(await desk.as('head'), { ref: duty, remove: [], add: shift('pocAdviser', '2026-03-02') })
    const onShift = await desk.as('pocAdviser')
    await acknowledge(onShift, { alertId: facts.alert.id })
    expect((await desk.owner(facts, 'civilian')).state.acknowledged?.role).toBe(
      'field_office_duty_officer@north',
    )
    await desk.pass(24 * HOUR)
    const after = await desk.as('pocAdviser')
    expect(after.actor.kind === 'person' && after.actor.roles.map(({ role }) => role)).not.toContain(
      duty.role,
    )
  })

  it('ends with the person who goes, with their shifts, and passes on at once', async () => {
    const desk = await openDesk()
    await takeDuty(await desk.as('dutyAlternate'), duty)
    await editRota(await desk.as('head'), {
      ref: duty,
      remove: [],
      add: shift('dutyAlternate', '2026-03-04'),
    })
    await endDuties(desk.system, await desk.id('dutyAlternate'))
    expect(await first(desk, duty)).toBe(who.duty)
    expect(await desk.store.read.duties.coming(duty, desk.clock.now())).toEqual([])
  })

  it('has exactly one person at every moment, whoever takes and leaves it and whatever the rota says', async () => {
    const names = ['duty', 'dutyAlternate', 'head'] as const
    const step = fc.oneof(
      fc.record({ do: fc.constant('take' as const), by: fc.constantFrom(...names) }),
      fc.record({ do: fc.constant('leave' as const), by: fc.constantFrom(...names) }),
      fc.record({ do: fc.constant('pass' as const), hours: fc.integer({ min: 1, max: 30 }) }),
      fc.record({
        do: fc.constant('shift' as const),
        by: fc.constantFrom('pocAdviser' as const, ...names),
        day: fc.integer({ min: 2, max: 9 }),
        from: fc.constantFrom('06:00', '12:00', '18:00'),
      }),
    )
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 12 }), async steps => {
        const desk = await openDesk()
        for (const one of steps) {
          try {
            if (one.do === 'pass') await desk.pass(one.hours * HOUR)
            if (one.do === 'take') await takeDuty(await desk.as(one.by), duty)
            if (one.do === 'leave') await leaveDuty(await desk.as(one.by), { ref: duty, note: 'Seen' })
            if (one.do === 'shift') {
              const add = shift(one.by, `2026-03-0${one.day}`, one.from, '00:00')
              await editRota(await desk.as('head'), { ref: duty, remove: [], add })
            }
          } catch (error) {
            if (!(error instanceof Error) || !('code' in error)) throw error
          }
          const open = desk.store.database
            .prepare(`select count(*) from duty_periods where role = ? and until is null`)
            .pluck()
            .get(duty.role)
          expect(open).toBeLessThanOrEqual(1)
          const turns = await turnsFor(desk.store.read, duty, desk.clock.now())
          expect(turns.length).toBeGreaterThan(0)
          expect(new Set(turns.map(({ person }) => person.id)).size).toBe(turns.length)
        }
      }),
      { numRuns: 15 },
    )
  })
})

describe('a rota', () => {
  it('is changed only by whoever appoints, with people of that side, for hours to come', async () => {
    const desk = await openDesk()
    const edit = (ctx: Ctx, add: RotaEdit['add']) => editRota(ctx, { ref: duty, remove: [], add })
    expect(await refusalCode(edit(await desk.as('duty'), shift('duty', '2026-03-03')))).toBe('not_allowed')
    const head = await desk.as('head')
    expect(await refusal(edit(head, shift('unhcr', '2026-03-03')))).toMatchObject({
      code: 'wrong_side',
      field: 'person',
    })
    expect(await refusalCode(edit(head, shift('humanRights', '2026-03-03')))).toBe('wrong_side')
    expect(await refusalCode(edit(head, shift('duty', '2026-02-03')))).toBe('shift_invalid')
    const stranger = { ...shift('duty', '2026-03-03'), person: { teamId: 'T0MISSION', userId: 'U0NOBODY' } }
    expect(await refusalCode(edit(head, stranger))).toBe('person_unknown')
  })

  it('names the hours of the week ahead that nobody covers, once there is one', async () => {
    const desk = await openDesk()
    const head = await desk.as('head')
    const rota = await editRota(head, {
      ref: duty,
      remove: [],
      add: shift('duty', '2026-03-03', '06:00', '06:00'),
    })
    expect(rota.gaps).toHaveLength(2)
    const [only] = rota.shifts
    expect((await editRota(head, { ref: duty, remove: [only!.id], add: null })).gaps).toEqual([])
  })
})

describe('a vacancy', () => {
  const told = async (desk: Desk) =>
    (await desk.said())
      .filter(({ kind, data }) => kind === 'duty.line' && data.line === 'vacant')
      .map(({ target, data }) => `${target}: ${(data.roles as string[]).join(' ')}`)

  it('goes further up where whoever appoints is missing too', async () => {
    const desk = await openDesk()
    await reviewVacancies(desk.system)
    await desk.said()
    await desk.vacate('battalion_operations', 'north')
    await desk.vacate('company_duty_officer', 'north')
    await reviewVacancies(desk.system)
    expect(await told(desk)).toEqual([
      `${who.sectorHq}: battalion_operations@north company_duty_officer@north`,
    ])
  })

  it('is listed whole to the POC adviser, to others where they appoint, and ends when the post is filled', async () => {
    const desk = await openDesk()
    const keys = async (name: Who) =>
      (await vacantPosts(await desk.as(name))).map(({ ref }) => `${ref.role}@${ref.sector}`)
    expect(await keys('policeHq')).toEqual(['police_duty_officer@south'])
    expect(await keys('pocAdviser')).toContain('liaison_assistant@south')
    expect(await refusalCode(vacantPosts(await desk.as('duty')))).toBe('not_allowed')
    await reviewVacancies(desk.system)
    await desk.store.write(async ({ roles }) =>
      roles.insert({
        id: 'filled',
        role: 'police_duty_officer',
        sector: 'south',
        personId: await desk.id('police'),
        rank: 0,
        since: desk.clock.now(),
      }),
    )
    await reviewVacancies(desk.system)
    expect(await keys('policeHq')).toEqual([])
    expect((await desk.store.read.duties.vacancies()).map(({ role }) => role)).not.toContain(
      'police_duty_officer',
    )
  })
})

describe('a call sheet', () => {
  const names = async (desk: Desk, reader: Who | null) => {
    const person = reader && (await desk.as(reader))
    const acting = person?.actor.kind === 'person' ? person.actor.person : null
    const sheet = await readCallSheet(
      desk.system,
      acting && (await personReader(desk.store.read, acting, desk.clock.now())),
    )
    return sheet.sections.flatMap(({ rows }) =>
      rows.flatMap(row => [...(row.onDuty ? [row.onDuty] : []), ...row.alternates].map(one => one.name)),
    )
  }
  const withNames = async () => {
    const desk = await openDesk()
    await desk.store.write(async ({ people }) => {
      for (const person of await people.all()) await people.update(person.id, { name: person.userId })
    })
    return desk
  }

  it('names those who answer to the mission, and to a partner only people of their own', async () => {
    const desk = await withNames()
    expect(await names(desk, 'joc')).toEqual(expect.arrayContaining([who.company, who.head, who.forceHq]))
    const seen = (await names(desk, 'ngo')).filter(name => name !== null)
    expect(seen.filter(name => ![who.ngo, who.unhcr, 'U0OCHA'].includes(name))).toEqual([])
  })

  it('names no liaison assistant and no national staff, not even on the copy of the disk', async () => {
    const desk = await withNames()
    expect(await names(desk, null)).not.toContain(who.liaison)
    await desk.store.write(async ({ people }) => people.update(await desk.id('duty'), { national: true }))
    for (const reader of ['joc', null] as const) expect(await names(desk, reader)).not.toContain(who.duty)
  })

  it('is made once for all changes of a minute, and again after the next', async () => {
    const desk = await openDesk()
    const made = async () =>
      (await desk.said()).filter(({ kind, target }) => kind === 'call_sheet' && target === 'C0JOCWATCH')
        .length
    await takeDuty(await desk.as('dutyAlternate'), duty)
    await takeDuty(await desk.as('head'), duty)
    await leaveDuty(await desk.as('head'), { ref: duty })
    await desk.pass(2 * MINUTE)
    expect(await made()).toBe(1)
    await takeDuty(await desk.as('head'), duty)
    await desk.pass(2 * MINUTE)
    expect(await made()).toBe(1)
  })
})

describe('a test message', () => {
  it('is for a duty of one’s own', async () => {
    const desk = await openDesk()
    expect(await refusalCode(askTest(await desk.as('company'), duty))).toBe('not_named')
  })
})

describe('who answers', () => {
  it('is not told to somebody no side has confirmed', async () => {
    const desk = await openDesk()
    expect(await refusalCode(whoAnswers(await desk.stranger(), 'sector north'))).toBe('not_registered')
  })

  it('for a place without a sector is the operations centre, then those of the whole mission', async () => {
    const desk = await openDesk()
    const place = desk.mission.gazetteer.find(({ sector }) => sector === null)
    expect(place).toBeDefined()
    const found = await whoAnswers(await desk.as('joc'), place!.name)
    expect(found).toMatchObject({ about: 'place', sector: null })
    expect(found.about === 'place' && found.answers[0]?.ref).toEqual(desk.mission.operationsCentre)
  })
})

describe('somebody who holds two posts of one ladder', () => {
  it('is asked as which of them they answer, and the act keeps it (R-027)', async () => {
    const desk = await openDesk()
    const facts = await desk.raise()
    await desk.appoint('head', 'field_office_duty_officer', 'north')
    const head = await desk.as('head')
    const input = { alertId: facts.alert.id }
    expect(await refusal(acknowledge(head, input))).toMatchObject({ code: 'which_role', field: 'slot' })
    await acknowledge(head, { ...input, slot: 'civilian', rung: 1 })
    expect((await desk.owner(facts, 'civilian')).state.acknowledged?.role).toBe('head_of_office@north')
  })

  it('is asked in which role they close an alert, and nobody decides in a role they do not hold', async () => {
    const desk = await openDesk()
    const facts = await desk.raise()
    await desk.appoint('head', 'joc_watch', null)
    const head = await desk.as('head')
    const input = { alertId: facts.alert.id, outcome: 'unfounded', note: 'Smoke of a kiln' }
    expect(await refusal(close(head, input))).toMatchObject({ code: 'which_role', field: 'role' })
    expect(await refusalCode(close(head, { ...input, role: 'force_hq' }))).toBe('which_role')
    await close(head, { ...input, role: 'head_of_office@north' })
    const acts = await desk.store.read.alerts.acts(facts.alert.id)
    expect(acts.at(-1)).toMatchObject({ kind: 'close', role: 'head_of_office@north' })
  })
})
