import { describe, expect, it } from 'vitest'
import { addDetails, correct, readLayers, respond } from '../../src/operations/alert.ts'
import { type Desk, HOUR, MINUTE, openDesk, refusal, refusalCode } from '../support/operations.ts'

const market = { id: 'karamba-market' }
const kinds = (entries: { kind: string; target: string; data: Record<string, unknown> }[], target: string) =>
  entries.filter(entry => entry.target === target).map(({ kind, data }) => data.line ?? kind)

describe('details', () => {
  const all = {
    threat: 'armed_movement',
    cameBy: 'phone_call',
    atRisk: [
      { kind: 'idps', count: 400 },
      { kind: 'returnees', count: null },
    ],
    perpetrator: 'armed_group',
    askedFor: ['patrol'],
  }

  it('say the threat, how it came, who is at risk, who is alleged and what is asked for', async () => {
    const desk = await openDesk()
    const { alert } = await desk.raise()
    const after = await addDetails(await desk.as('liaison'), { alertId: alert.id, version: 1, ...all })
    expect(after.alert).toMatchObject({ ...all, version: 2 })
    expect(after.acts).toMatchObject([
      { kind: 'correct', reason: 'threat,cameBy,perpetrator,askedFor,atRisk' },
    ])
  })

  it('left out stay, and emptied are taken back', async () => {
    const desk = await openDesk()
    const { alert } = await desk.raise()
    const ctx = await desk.as('liaison')
    await addDetails(ctx, { alertId: alert.id, version: 1, ...all })
    const after = await addDetails(ctx, { alertId: alert.id, version: 2, cameBy: null, askedFor: [] })
    expect(after.alert).toMatchObject({ ...all, cameBy: null, askedFor: null })
  })

  it('that change nothing leave no trace', async () => {
    const desk = await openDesk()
    const { alert } = await desk.raise()
    await desk.said()
    const after = await addDetails(await desk.as('liaison'), { alertId: alert.id, version: 1 })
    expect(after.alert.version).toBe(1)
    expect(await desk.said()).toEqual([])
  })

  it.each([
    [{ threat: 'aliens' }, 'unknown_term', 'threat'],
    [{ askedFor: ['patrol', 'tanks'] }, 'unknown_term', 'askedFor'],
    [{ atRisk: [{ kind: 'cats', count: 1 }] }, 'unknown_term', 'atRisk'],
    [{ atRisk: [{ kind: 'idps', count: 1.5 }] }, 'number_invalid', 'count_idps'],
    [{ atRisk: [{ kind: 'idps', count: -1 }] }, 'number_invalid', 'count_idps'],
    [{ atRisk: [{ kind: 'idps', count: Number.NaN }] }, 'number_invalid', 'count_idps'],
    [{ group: 'x'.repeat(151) }, 'unknown_term', 'group'],
  ])('%j are refused', async (change, code, field) => {
    const desk = await openDesk()
    const { alert } = await desk.raise()
    const promise = addDetails(await desk.as('liaison'), { alertId: alert.id, version: 1, ...change })
    expect(await refusal(promise)).toMatchObject({ code, field })
  })

  it('are for the author and those who keep the record', async () => {
    const desk = await openDesk()
    const ngo = await desk.as('ngo')
    const { alert } = await desk.raise({}, ngo)
    await addDetails(ngo, { alertId: alert.id, version: 1, threat: 'crime' })
    const other = addDetails(await desk.as('companySouth'), {
      alertId: alert.id,
      version: 2,
      threat: 'other',
    })
    expect(await refusalCode(other)).toBe('not_allowed')
  })

  it('of unrest give an alert nobody answered yet to the police, who are told and have their full time', async () => {
    const desk = await openDesk()
    const facts = await desk.raise()
    desk.clock.advance(9 * MINUTE)
    await desk.said()
    await addDetails(await desk.as('joc'), { alertId: facts.alert.id, version: 1, threat: 'unrest' })
    const { ladder, holder, next, told } = await desk.owner(facts, 'uniformed')
    expect([ladder.id, holder?.userId]).toEqual(['police', 'U0POLICENORTH'])
    expect(next).toEqual({ rung: 1, dueAt: desk.clock.now() + 10 * MINUTE })
    expect(told).toMatchObject([{ rung: 0, outcome: 'told' }])
    expect(kinds(await desk.said(), 'U0POLICENORTH')).toEqual(['card'])
    expect((await desk.owner(facts, 'civilian')).state.round).toBe(0)
  })

  it('of a killing inform human rights at once', async () => {
    const desk = await openDesk()
    const { alert } = await desk.raise()
    await desk.said()
    await addDetails(await desk.as('joc'), { alertId: alert.id, version: 1, threat: 'killing_or_injury' })
    expect(kinds(await desk.said(), 'U0HUMANRIGHTS')).toEqual(['card'])
  })

  it('that somebody else changed meanwhile are refused, with the fields that changed', async () => {
    const desk = await openDesk()
    const { alert } = await desk.raise()
    const input = { alertId: alert.id, version: 1 }
    await addDetails(await desk.as('joc'), { ...input, threat: 'crime' })
    await correct(await desk.as('joc'), {
      ...input,
      version: 2,
      place: { said: 'the ford' },
      urgency: 'imminent',
    })
    const stale = addDetails(await desk.as('liaison'), { ...input, threat: 'unrest', cameBy: 'radio' })
    expect(await refusal(stale)).toMatchObject({ code: 'stale', details: { changed: ['threat', 'place'] } })
    expect((await desk.facts({ alert })).alert).toMatchObject({ threat: 'crime', cameBy: null, version: 3 })
  })
})

describe('the group alleged by name', () => {
  const named = async (): Promise<{ desk: Desk; alertId: string }> => {
    const desk = await openDesk()
    const { alert } = await desk.raise()
    await addDetails(await desk.as('liaison'), { alertId: alert.id, version: 1, group: 'northern_front' })
    return { desk, alertId: alert.id }
  }

  it('stands apart: not in the alert, its acts or the trail', async () => {
    const { desk, alertId } = await named()
    const { read } = desk.store
    const events = await read.events.ofRecord('alert', alertId)
    const words = await Promise.all(events.map(({ seq }) => read.events.words(seq)))
    const facts = await desk.facts({ alert: { id: alertId } })
    expect(JSON.stringify([facts, events, words, await desk.said()])).not.toContain('northern_front')
    expect(facts.acts).toMatchObject([{ kind: 'correct', reason: 'group' }])
  })

  it('is read by the roles it is opened to, each reading on record', async () => {
    const { desk, alertId } = await named()
    expect((await readLayers(await desk.as('joc'), alertId)).attribution).toMatchObject({
      group: 'northern_front',
    })
    expect(await desk.store.read.access.ofRecord('alert', alertId)).toMatchObject([
      { personId: await desk.id('joc'), layer: 'attribution', at: desk.clock.now() },
    ])
  })

  it('is nothing to all others, who leave no trace', async () => {
    const { desk, alertId } = await named()
    expect(await refusalCode(readLayers(await desk.as('liaison'), alertId))).toBe('not_allowed')
    expect(await refusalCode(readLayers(desk.system, alertId))).toBe('not_allowed')
    expect(await refusalCode(readLayers(await desk.as('ngo'), alertId))).toBe('not_found')
    expect(await desk.store.read.access.ofRecord('alert', alertId)).toEqual([])
  })

  it('is not shown where the reading cannot be recorded', async () => {
    const { desk, alertId } = await named()
    desk.store.database.pragma('query_only = true')
    expect(await refusalCode(readLayers(await desk.as('joc'), alertId))).toBe('not_stored')
    desk.store.database.pragma('query_only = false')
  })
})

describe('a correction', () => {
  it('of the sector gives new owners, who are told and have their full time, and informs the new sector', async () => {
    const desk = await openDesk()
    const facts = await desk.raise({ place: { said: 'the ford' }, sector: 'north' })
    await respond(await desk.as('company'), { alertId: facts.alert.id, who: 'Patrol' })
    desk.clock.advance(HOUR)
    await desk.said()
    const input = { alertId: facts.alert.id, version: 1, place: { said: 'the ford' }, urgency: 'imminent' }
    await correct(await desk.as('joc'), { ...input, sector: 'south' })
    const owner = await desk.owner(facts, 'uniformed')
    expect(owner).toMatchObject({
      owner: { rung: 0 },
      holder: { userId: 'U0COMPANYTASHIRO' },
      state: { awaiting: 'acknowledge', decision: null, dueAt: desk.clock.now() + 10 * MINUTE },
    })
    const entries = await desk.said()
    expect(kinds(entries, 'U0COMPANYTASHIRO')).toEqual(['card'])
    expect(kinds(entries, 'U0SECTORSOUTH')).toEqual(['card'])
    expect(kinds(entries, 'C0POCSOUTH')[0]).toBe('card')
    expect(kinds(entries, 'C0POCSOUTH')).toContain('act')
    expect(kinds(entries, 'C0POCNORTH')).toContain('act')
  })

  it('of the place takes the sector of the new place, unless another was chosen', async () => {
    const desk = await openDesk()
    const { alert } = await desk.raise()
    const ctx = await desk.as('joc')
    const place = desk.mission.gazetteer.find(({ sector }) => sector === 'south')!
    const input = { alertId: alert.id, urgency: 'imminent', sector: 'north' }
    const moved = await correct(ctx, { ...input, version: 1, place: { id: place.id } })
    expect(moved.alert).toMatchObject({ sector: 'south', placeId: place.id, lat: place.lat })
    const back = await correct(ctx, { ...input, version: 2, place: { id: place.id } })
    expect(back.alert.sector).toBe('north')
  })

  it('that says the sector of a place that had none is triage, and on record as such', async () => {
    const desk = await openDesk()
    const { alert } = await desk.raise({ place: { id: 'middle-ground' } })
    const after = await correct(await desk.as('joc'), {
      alertId: alert.id,
      version: 1,
      place: { id: 'middle-ground' },
      urgency: 'imminent',
      sector: 'south',
    })
    expect(after.alert).toMatchObject({ sector: 'south', triage: false })
    expect(after.acts[0]).toMatchObject({ kind: 'triage', role: 'joc_watch', reason: 'sector' })
    expect(after.owners[1]?.holder?.userId).toBe('U0COMPANYTASHIRO')
  })

  it('of the urgency alone is one act that names the old and the new', async () => {
    const desk = await openDesk()
    const { alert } = await desk.raise()
    const input = { alertId: alert.id, version: 1, place: market, urgency: 'tension' }
    const after = await correct(await desk.as('liaison'), input)
    expect(after.acts).toMatchObject([{ kind: 'urgency', reason: 'tension', who: 'imminent' }])
  })

  it('that changes nothing leaves no trace', async () => {
    const desk = await openDesk()
    const { alert } = await desk.raise()
    await desk.said()
    await correct(await desk.as('joc'), { alertId: alert.id, version: 1, place: market, urgency: 'imminent' })
    expect(await desk.said()).toEqual([])
  })

  it('of what somebody else corrected meanwhile is refused, with the fields that changed', async () => {
    const desk = await openDesk()
    const { alert } = await desk.raise()
    const input = { alertId: alert.id, version: 1, urgency: 'imminent' }
    await correct(await desk.as('joc'), { ...input, place: market, how: 'East gate', urgency: 'tension' })
    const stale = correct(await desk.as('liaison'), { ...input, place: { said: 'the ford' } })
    expect(await refusal(stale)).toMatchObject({ code: 'stale', details: { changed: ['urgency', 'how'] } })
  })
})
