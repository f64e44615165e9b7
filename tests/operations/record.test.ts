import { describe, expect, it } from 'vitest'
import {
  acknowledge,
  addDetails,
  addInformation,
  cannotTake,
  close,
  correct,
  notActing,
  ONGOING,
  onSite,
  readAlert,
  readLayers,
  recordAnswer,
  respond,
  watch,
  withdraw,
} from '../../src/operations/alert.ts'
import { type Desk, HOUR, MINUTE, openDesk, refusal, refusalCode } from '../support/operations.ts'

const market = { id: 'karamba-market' }
const kinds = (entries: { kind: string; target: string; data: Record<string, unknown> }[], target: string) =>
  entries.filter(entry => entry.target === target).map(({ kind, data }) => data.line ?? kind)

describe('an answer by phone or radio', () => {
  const recorded = { slot: 'uniformed', rung: 1, means: 'radio', said: 'respond', who: 'QRF' } as const

  it('counts for the post that answered, and says how and when', async () => {
    const desk = await openDesk()
    const facts = await desk.raise()
    desk.clock.advance(8 * MINUTE)
    const at = desk.clock.now() - 3 * MINUTE
    await recordAnswer(await desk.as('joc'), { ...recorded, alertId: facts.alert.id, at, note: 'Channel 4' })
    const { owner, state } = await desk.owner(facts, 'uniformed')
    expect(owner.rung).toBe(1)
    expect(state).toMatchObject({ awaiting: 'on_site', decision: { role: 'battalion_operations@north' } })
    const [act] = (await desk.facts(facts)).acts
    expect(act).toMatchObject({
      means: 'radio',
      at,
      recordedAt: desk.clock.now(),
      byPerson: await desk.id('joc'),
      note: 'Channel 4',
    })
  })

  it.each([
    ['acknowledge', {}, 'decide'],
    ['watch', { until: true }, 'decide'],
    ['not_acting', { reason: 'no_asset' }, 'close'],
  ] as const)(
    'can be "%s"',
    async (said, { until, ...more }: { until?: boolean; reason?: string }, awaiting) => {
      const desk = await openDesk()
      const facts = await desk.raise()
      const at = desk.clock.now()
      const input = { ...recorded, ...more, alertId: facts.alert.id, at, said }
      await recordAnswer(await desk.as('liaison'), { ...input, until: until ? at + HOUR : null })
      expect((await desk.owner(facts, 'uniformed')).state).toMatchObject({
        awaiting,
        answer: { kind: said, who: null },
      })
    },
  )

  it.each([
    ['a time to come', { at: 1 }, 'time_future', 'at'],
    ['a rung there is not', { rung: 9 }, 'unknown_term', 'post'],
    ['an owner there is not', { slot: 'third' }, 'unknown_term', 'post'],
    ['words nobody knows', { said: 'maybe' }, 'unknown_term', 'said'],
    ['nobody who goes', { who: '' }, 'text_missing', 'who'],
    ['a watch without an end', { said: 'watch' }, 'time_past', 'until'],
    ['no reason', { said: 'not_acting' }, 'unknown_term', 'reason'],
    ['on site before anybody went', { said: 'on_site' }, 'not_responding', undefined],
  ])('with %s is refused', async (_, change, code, field) => {
    const desk = await openDesk()
    const facts = await desk.raise()
    const at = desk.clock.now() + ((change as { at?: number }).at ?? 0)
    const input = { ...recorded, ...change, alertId: facts.alert.id, at }
    const promise = recordAnswer(await desk.as('joc'), input as Parameters<typeof recordAnswer>[1])
    expect(await refusal(promise)).toMatchObject({ code, field })
    expect((await desk.facts(facts)).acts).toEqual([])
  })

  it('before the alert was raised is taken as given at its raising', async () => {
    const desk = await openDesk()
    const facts = await desk.raise()
    const at = desk.clock.now() - HOUR
    await recordAnswer(await desk.as('joc'), { ...recorded, alertId: facts.alert.id, at })
    expect((await desk.facts(facts)).acts[0]?.at).toBe(facts.alert.raisedAt)
  })

  it('is recorded by those who keep the record, and nobody else', async () => {
    const desk = await openDesk()
    const { alert } = await desk.raise({}, await desk.as('ngo'))
    const input = { ...recorded, alertId: alert.id, at: desk.clock.now() }
    expect(await refusalCode(recordAnswer(await desk.as('companySouth'), input))).toBe('not_allowed')
    expect(await refusalCode(recordAnswer(await desk.as('ngo'), input))).toBe('not_allowed')
    await recordAnswer(await desk.as('sectorHq'), input)
  })

  it('that stands already is refused with who and when', async () => {
    const desk = await openDesk()
    const { alert } = await desk.raise()
    await acknowledge(await desk.as('company'), { alertId: alert.id })
    const input = { ...recorded, said: 'acknowledge', alertId: alert.id, at: desk.clock.now() } as const
    expect(await refusal(recordAnswer(await desk.as('joc'), input))).toMatchObject({
      code: 'already_done',
      details: { role: 'company_duty_officer@north', means: 'slack' },
    })
  })
})

describe('information', () => {
  it('may be added by anybody the mission knows who may read the alert, and by its author', async () => {
    const desk = await openDesk()
    const stranger = await desk.stranger()
    const { alert } = await desk.raise({}, stranger)
    const input = { alertId: alert.id, note: 'They have crossed the ford' }
    await addInformation(stranger, input)
    await addInformation(await desk.as('companySouth'), input)
    expect(await refusalCode(addInformation(await desk.as('ngo'), input))).toBe('not_found')
    expect(await refusalCode(addInformation(await desk.stranger(), input))).toBe('not_found')
    expect(await refusal(addInformation(stranger, { ...input, note: ' ' }))).toMatchObject({ field: 'note' })
  })

  it('starts no clock and answers for nobody', async () => {
    const desk = await openDesk()
    const facts = await desk.raise()
    const before = facts.owners.map(({ next }) => next)
    desk.clock.advance(MINUTE)
    const after = await addInformation(await desk.as('company'), { alertId: facts.alert.id, note: 'Ten men' })
    expect(after.owners.map(({ next }) => next)).toEqual(before)
    expect(after.owners.map(({ state }) => state.awaiting)).toEqual(['acknowledge', 'acknowledge'])
  })
})

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

describe('closing', () => {
  it('needs an outcome for the civilians and a note', async () => {
    const desk = await openDesk()
    const facts = await desk.raise()
    const ctx = await desk.as('company')
    const input = { alertId: facts.alert.id, outcome: 'averted', note: 'They turned back' }
    expect(await refusal(close(ctx, { ...input, outcome: '' }))).toMatchObject({
      code: 'unknown_term',
      field: 'outcome',
    })
    expect(await refusal(close(ctx, { ...input, note: '' }))).toMatchObject({
      code: 'text_missing',
      field: 'note',
    })
    const { alert, acts, owners } = await close(ctx, input)
    expect(alert).toMatchObject({ lifecycle: 'closed', outcome: 'averted' })
    expect(acts).toMatchObject([{ kind: 'close', reason: 'averted', note: 'They turned back' }])
    expect(owners.map(({ state, next }) => [state.awaiting, next])).toEqual([
      [null, null],
      [null, null],
    ])
    const ladders = (await desk.store.read.timers.armed(9)).filter(({ kind }) => kind === 'alert.step')
    expect(ladders).toEqual([])
  })

  it('is refused while the threat goes on', async () => {
    const desk = await openDesk()
    const { alert } = await desk.raise()
    const input = { alertId: alert.id, outcome: ONGOING, note: 'They are still there' }
    expect(await refusal(close(await desk.as('company'), input))).toMatchObject({
      code: 'still_ongoing',
      field: 'outcome',
    })
  })

  it('is for those who keep the record; its author may only withdraw it', async () => {
    const desk = await openDesk()
    const ngo = await desk.as('ngo')
    const { alert } = await desk.raise({}, ngo)
    const input = { alertId: alert.id, outcome: 'averted', note: 'It is over' }
    expect(await refusalCode(close(ngo, input))).toBe('not_allowed')
    expect(await refusalCode(withdraw(await desk.as('companySouth'), input))).toBe('not_allowed')
    expect((await withdraw(ngo, input)).alert.lifecycle).toBe('withdrawn')
  })

  it('and an answer at the same moment end in one closed alert', async () => {
    const desk = await openDesk()
    const { alert } = await desk.raise()
    const results = await Promise.allSettled([
      close(await desk.as('company'), { alertId: alert.id, outcome: 'averted', note: 'Over' }),
      acknowledge(await desk.as('duty'), { alertId: alert.id }),
    ])
    expect(results[1]).toMatchObject({ reason: { code: 'already_ended' } })
  })
})

describe('an alert that ended', () => {
  it('refuses everything but reading', async () => {
    const desk = await openDesk()
    const { alert } = await desk.raise()
    const ctx = await desk.as('company')
    const alertId = alert.id
    await close(ctx, { alertId, outcome: 'averted', note: 'Over' })
    await desk.said()
    const until = desk.clock.now() + HOUR
    const at = desk.clock.now()
    const attempts = [
      acknowledge(ctx, { alertId }),
      respond(ctx, { alertId, who: 'x' }),
      watch(ctx, { alertId, until }),
      notActing(ctx, { alertId, reason: 'access' }),
      onSite(ctx, { alertId }),
      cannotTake(ctx, { alertId, reason: 'off_duty' }),
      recordAnswer(ctx, { alertId, slot: 'civilian', rung: 0, means: 'phone', at, said: 'acknowledge' }),
      addInformation(ctx, { alertId, note: 'x' }),
      addDetails(ctx, { alertId, version: 2, threat: 'crime' }),
      correct(ctx, { alertId, version: 2, place: market, urgency: 'tension' }),
      close(ctx, { alertId, outcome: 'averted', note: 'x' }),
      withdraw(ctx, { alertId, note: 'x' }),
    ]
    for (const error of await Promise.all(attempts.map(refusal)))
      expect(error).toMatchObject({
        code: 'already_ended',
        details: { code: alert.code, lifecycle: 'closed' },
      })
    expect(await desk.said()).toEqual([])
    expect((await readAlert(ctx, alertId)).alert.outcome).toBe('averted')
  })
})
