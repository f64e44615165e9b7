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
  recordAnswer,
  respond,
  watch,
  withdraw,
} from '../../src/operations/alert.ts'
import { HOUR, MINUTE, openDesk, refusal, refusalCode } from '../support/operations.ts'

const market = { id: 'karamba-market' }

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
