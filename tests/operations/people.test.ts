import { describe, expect, it } from 'vitest'
import { acknowledge } from '../../src/operations/alert.ts'
import { closeAccess } from '../../src/operations/compromised.ts'
import type { Ctx } from '../../src/operations/context.ts'
import { acceptHandover, declineHandover, handOver, reportHandover } from '../../src/operations/handover.ts'
import { createHotspot } from '../../src/operations/hotspot.ts'
import { endAccess } from '../../src/operations/leaving.ts'
import {
  askToJoin,
  confirmRegistration,
  type JoinInput,
  refuseRegistration,
} from '../../src/operations/registration.ts'
import { mySubscriptions, subscribe } from '../../src/operations/subscription.ts'
import { answerTasking, task } from '../../src/operations/tasking.ts'
import { proposeTeam } from '../../src/operations/team.ts'
import {
  DAY,
  type Desk,
  MINUTE,
  openDesk,
  refusal,
  refusalCode,
  type Who,
  who,
} from '../support/operations.ts'

const asking = (change: Partial<JoinInput> = {}): JoinInput => ({
  constituency: 'military',
  section: 'Company',
  location: { base: 'karamba' },
  national: false,
  ...change,
})

const ask = async (by: Ctx, change: Partial<JoinInput> = {}) =>
  (await askToJoin(by, asking(change))).registration.id

const personOf = async (desk: Desk, ctx: Ctx) => {
  if (ctx.actor.kind !== 'person') throw new Error('nobody acts')
  return (await desk.store.read.people.byId(ctx.actor.person.id))!
}
const roles = async (desk: Desk, name: Who) =>
  (await desk.store.read.roles.rolesOf(await desk.id(name), desk.clock.now())).map(({ role }) => role)

describe('joining', () => {
  it('is decided once, however many administrators decide at once', async () => {
    const desk = await openDesk()
    const registrationId = await ask(await desk.stranger())
    const [joc, adviser] = [await desk.as('joc'), await desk.as('pocAdviser')]
    const both = await Promise.allSettled([
      confirmRegistration(joc, { registrationId }),
      refuseRegistration(adviser, { registrationId, reason: 'Unknown here' }),
    ])
    expect(both.map(({ status }) => status)).toEqual(['fulfilled', 'rejected'])
    const error = await refusal(refuseRegistration(adviser, { registrationId, reason: 'Unknown here' }))
    expect(error).toMatchObject({
      code: 'already_done',
      details: { role: 'joc_watch', at: desk.clock.now() },
    })
    const events = (await desk.store.read.events.ofRecord('person', 'id-1')).map(({ kind }) => kind)
    expect(events.filter(kind => kind === 'person.refused')).toEqual([])
  })

  it('changes nothing before it is confirmed, and all of it then', async () => {
    const desk = await openDesk()
    const stranger = await desk.stranger()
    const registrationId = await ask(stranger)
    expect(await personOf(desk, stranger)).toMatchObject({ constituency: null })
    await confirmRegistration(await desk.as('joc'), { registrationId })
    expect(await personOf(desk, stranger)).toMatchObject({
      constituency: 'military',
      section: 'Company',
      location: 'Karamba base',
      national: false,
    })
  })

  it('takes whoever has not said for national staff, who are at risk when named', async () => {
    const desk = await openDesk()
    const stranger = await desk.stranger()
    const registrationId = await ask(stranger, { national: null })
    await confirmRegistration(await desk.as('joc'), { registrationId })
    expect(await personOf(desk, stranger)).toMatchObject({ national: true })
  })

  it('is for the administrators of the own side; to everybody else there is no such request', async () => {
    const desk = await openDesk()
    await desk.appoint('unhcr', 'ocha_bridge_officer', null)
    const mission = await ask(await desk.stranger())
    for (const name of ['unhcr', 'duty', 'company'] as const) {
      expect(await refusalCode(confirmRegistration(await desk.as(name), { registrationId: mission }))).toBe(
        'not_found',
      )
    }
    const agency = (
      await askToJoin(await desk.as('humanRights'), asking({ constituency: 'ngo', organisation: 'Relief' }))
    ).registration.id
    expect(await refusalCode(confirmRegistration(await desk.as('joc'), { registrationId: agency }))).toBe(
      'not_found',
    )
    await confirmRegistration(await desk.as('unhcr'), { registrationId: agency })
  })

  it('is not for the host State, and an agency names itself', async () => {
    const desk = await openDesk()
    const stranger = await desk.stranger()
    expect(await refusal(askToJoin(stranger, asking({ constituency: 'host_state' })))).toMatchObject({
      code: 'unknown_term',
      field: 'constituency',
    })
    expect(await refusal(askToJoin(stranger, asking({ constituency: 'un_agency' })))).toMatchObject({
      code: 'text_missing',
      field: 'organisation',
    })
    expect(await refusal(askToJoin(stranger, asking({ location: { base: 'nowhere' } })))).toMatchObject({
      code: 'text_missing',
      field: 'location',
    })
  })

  it('asked anew leaves the earlier request undecided for good', async () => {
    const desk = await openDesk()
    const stranger = await desk.stranger()
    const first = await ask(stranger)
    const second = await ask(stranger, { constituency: 'police' })
    const joc = await desk.as('joc')
    expect(await refusalCode(confirmRegistration(joc, { registrationId: first }))).toBe('stale')
    await confirmRegistration(joc, { registrationId: second })
    expect(await personOf(desk, stranger)).toMatchObject({ constituency: 'police' })
  })

  it('is confirmed by nobody for themselves', async () => {
    const desk = await openDesk()
    const joc = await desk.as('joc')
    const registrationId = await ask(joc, { constituency: 'mission_civilian' })
    expect(await refusalCode(confirmRegistration(joc, { registrationId }))).toBe('own_request')
    await confirmRegistration(await desk.as('pocAdviser'), { registrationId })
  })

  it('a change of component ends the posts of the former one, and what waited there goes on', async () => {
    const desk = await openDesk()
    await desk.raise()
    const company = await desk.as('company')
    const registrationId = await ask(company, { constituency: 'mission_civilian' })
    await desk.said()
    await confirmRegistration(await desk.as('joc'), { registrationId })
    expect(await roles(desk, 'company')).toEqual([])
    expect(await desk.lines()).toContain('escalated@C0POCNORTH')
  })
})

describe('handing over', () => {
  const offer = async (desk: Desk, to: Who = 'companySouth') => {
    const key = 'role:company_duty_officer@north'
    const holdings = await handOver(await desk.as('company'), {
      of: null,
      successors: { [key]: { userId: who[to] } },
    })
    return { itemId: holdings.items[0]!.id, handoverId: holdings.items[0]!.handoverId }
  }

  it('changes nothing until the successor accepts; then the post has one holder, and is told what waits', async () => {
    const desk = await openDesk()
    const facts = await desk.raise()
    const { itemId } = await offer(desk)
    expect(await roles(desk, 'company')).toEqual(['company_duty_officer'])
    const entries = await desk.said()
    expect(entries.filter(({ target }) => target === who.companySouth).map(({ data }) => data)).toEqual([
      { record: 'handover' },
    ])
    await acceptHandover(await desk.as('companySouth'), { itemId })
    expect(await roles(desk, 'company')).toEqual([])
    const holders = await desk.store.read.roles.holders('company_duty_officer', 'north', desk.clock.now())
    expect(holders.map(({ person, rank }) => [person.userId, rank])).toEqual([[who.companySouth, 0]])
    const told = (await desk.said()).filter(({ target }) => target === who.companySouth)
    expect(told.map(({ kind }) => kind)).toContain('card')
    expect(await refusalCode(acknowledge(await desk.as('company'), { alertId: facts.alert.id }))).toBe(
      'not_in_chain',
    )
    await acknowledge(await desk.as('companySouth'), { alertId: facts.alert.id })
  })

  it('is answered once, however often it is pressed, and by the successor alone', async () => {
    const desk = await openDesk()
    const { itemId } = await offer(desk)
    for (const name of ['company', 'battalion', 'joc'] as const)
      expect(await refusalCode(acceptHandover(await desk.as(name), { itemId }))).toBe('not_found')
    const successor = await desk.as('companySouth')
    const both = await Promise.allSettled([
      acceptHandover(successor, { itemId }),
      declineHandover(successor, { itemId }),
      acceptHandover(successor, { itemId }),
    ])
    expect(both.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
  })

  it('offered to another is no longer the first one’s to accept', async () => {
    const desk = await openDesk()
    const first = await offer(desk)
    await offer(desk, 'battalion')
    expect(await refusalCode(acceptHandover(await desk.as('companySouth'), first))).toBe('not_found')
    await acceptHandover(await desk.as('battalion'), first)
    expect(await roles(desk, 'battalion')).toEqual(['battalion_operations', 'company_duty_officer'])
  })

  it('that nobody accepted is put to the administrators once the time is over', async () => {
    const desk = await openDesk()
    const { handoverId } = await offer(desk)
    await desk.said()
    desk.clock.advance(3 * DAY)
    const armed = await desk.store.read.timers.byKey(`handover:${handoverId}`)
    expect(armed).toMatchObject({ state: 'armed', dueAt: desk.clock.now() })
    await reportHandover(desk.system, { recordId: handoverId })
    await reportHandover(desk.system, { recordId: handoverId })
    const told = (await desk.said()).filter(({ kind }) => kind === 'handover.table')
    expect(told.map(({ target }) => target).sort()).toEqual([who.company, who.joc, who.pocAdviser].sort())
  })

  it('of a post somebody lost meanwhile cannot be accepted', async () => {
    const desk = await openDesk()
    const { itemId } = await offer(desk)
    await endAccess(await desk.as('joc'), { personId: await desk.id('company') })
    expect(await refusalCode(acceptHandover(await desk.as('companySouth'), { itemId }))).toBe('not_found')
    expect(await roles(desk, 'companySouth')).toEqual(['company_duty_officer'])
  })
})

it('a tasking goes to the successor as it stood, with what they subscribed to, once they accept', async () => {
  const desk = await openDesk()
  const company = await desk.as('company')
  const { tasking } = await task(await desk.as('battalion'), {
    origin: { kind: 'none', id: null },
    to: 'company_duty_officer@north',
    result: 'Patrol to the market and back',
    tier: 2,
    dueAt: desk.clock.now() + 30 * 60 * MINUTE,
  })
  await answerTasking(company, { taskingId: tasking.id, act: 'accept' })
  await subscribe(company, { sector: 'north', means: 'direct' })
  const to = { userId: who.sectorHq }
  const { items, taskings } = await handOver(company, {
    of: null,
    successors: { [`tasking:${tasking.id}`]: to, 'subscriptions:all': to },
  })
  expect(taskings.map(({ code }) => code)).toEqual([tasking.code])
  const offered = items.filter(({ state }) => state === 'offered')
  expect(offered.map(({ kind }) => kind).sort()).toEqual(['subscriptions', 'tasking'])
  expect((await desk.store.read.taskings.byId(tasking.id))?.accountable).toBe(await desk.id('company'))
  for (const { id } of offered) await acceptHandover(await desk.as('sectorHq'), { itemId: id })
  expect(await desk.store.read.taskings.byId(tasking.id)).toMatchObject({
    accountable: await desk.id('sectorHq'),
    state: 'accepted',
  })
  expect((await mySubscriptions(await desk.as('company'))).own).toEqual([])
  expect((await mySubscriptions(await desk.as('sectorHq'))).own).toMatchObject([{ sector: 'north' }])
})

describe('closing access', () => {
  it('lists every kind of record the person could read, and no kind of which they read nothing', async () => {
    const desk = await openDesk()
    const { alert } = await desk.raise()
    const { hotspot } = await createHotspot(await desk.as('pocAdviser'), {
      name: 'Karamba market',
      place: { id: 'karamba-market' },
      radiusKm: 2,
      kind: 'market',
      threats: ['armed_attack'],
    })
    const day = (ahead: number) => new Date(desk.clock.now() + ahead * DAY).toISOString().slice(0, 10)
    const { team } = await proposeTeam(await desk.as('head'), {
      kind: 'protection_team',
      hotspotId: hotspot.id,
      answers: {},
      why: 'Traders say that men come at night',
      from: day(1),
      to: day(3),
      sections: ['human_rights'],
    })
    const [head] = await closeAccess(await desk.as('joc'), { people: [{ userId: who.head }] })
    expect(head?.closure.readable).toMatchObject({ team: [team.code], movements: [team.code] })
    const [closed] = await closeAccess(await desk.as('joc'), { people: [{ userId: who.battalion }] })
    expect(closed?.closure.readable).toMatchObject({ alert: [alert.code], hotspot: [hotspot.code] })
    expect(closed?.closure.readable).not.toHaveProperty('callback')
  })

  it('leaves one closure, however many administrators close at once, and tells the other one', async () => {
    const desk = await openDesk()
    const people = [{ userId: who.company }]
    const both = await Promise.allSettled([
      closeAccess(await desk.as('joc'), { people }),
      closeAccess(await desk.as('pocAdviser'), { people }),
    ])
    expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
  })

  it('puts what waited there to the next rung at once, and lists what could be read', async () => {
    const desk = await openDesk()
    const facts = await desk.raise()
    await desk.said()
    const [closed] = await closeAccess(await desk.as('joc'), {
      people: [{ userId: who.company }],
      note: 'Phone taken at a checkpoint',
    })
    expect(await desk.owner(facts, 'uniformed')).toMatchObject({ owner: { rung: 1 } })
    expect((await desk.said()).map(({ target }) => target)).toContain(who.battalion)
    expect(closed?.closure).toMatchObject({
      constituency: 'military',
      roles: ['company_duty_officer@north'],
      readable: { alert: [facts.alert.code] },
    })
    const events = await desk.store.read.events.ofRecord('person', await desk.id('company'))
    expect(events.at(-1)).toMatchObject({ kind: 'person.access_closed' })
    expect(JSON.stringify(events)).not.toContain('checkpoint')
  })

  it('refuses also a press that was on its way when access was closed', async () => {
    const desk = await openDesk()
    const facts = await desk.raise()
    const company = await desk.as('company')
    const both = await Promise.allSettled([
      closeAccess(await desk.as('joc'), { people: [{ userId: who.company }] }),
      acknowledge(company, { alertId: facts.alert.id }),
    ])
    expect(both.map(({ status }) => status)).toEqual(['fulfilled', 'rejected'])
    expect((await desk.facts(facts)).acts).toEqual([])
  })

  it('takes back what the person had offered, for who held the phone may have offered it', async () => {
    const desk = await openDesk()
    await desk.raise({}, await desk.as('company'))
    const holdings = await handOver(await desk.as('company'), {
      of: null,
      successors: { 'role:company_duty_officer@north': { userId: who.companySouth } },
    })
    const { id: itemId } = holdings.items[0]!
    await closeAccess(await desk.as('joc'), { people: [{ userId: who.company }] })
    expect(await refusalCode(acceptHandover(await desk.as('companySouth'), { itemId }))).toBe('not_found')
  })

  it('is no administrator’s to do to themselves or to the other side', async () => {
    const desk = await openDesk()
    const joc = await desk.as('joc')
    const close = (user: string) => closeAccess(joc, { people: [{ userId: user }] })
    expect(await refusalCode(close(who.joc))).toBe('own_request')
    for (const user of [who.unhcr, who.ngo]) expect(await refusalCode(close(user))).toBe('not_allowed')
    expect(await refusalCode(close('U0NOBODY'))).toBe('person_unknown')
  })
})
