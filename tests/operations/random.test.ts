import fc from 'fast-check'
import { expect, it } from 'vitest'
import { slots } from '../../src/domain/alert.ts'
import type { Slot } from '../../src/domain/mission.ts'
import { TocsinError } from '../../src/errors.ts'
import type { AlertFacts } from '../../src/operations/alert/facts.ts'
import { ownerIn } from '../../src/operations/alert/owner.ts'
import {
  acknowledge,
  addDetails,
  addInformation,
  cannotTake,
  close,
  correct,
  notActing,
  onSite,
  recordAnswer,
  reportUnreachable,
  respond,
  watch,
  withdraw,
} from '../../src/operations/alert.ts'
import { type Desk, openDesk, type Who } from '../support/operations.ts'

const names: Who[] = [
  'company',
  'battalion',
  'sectorHq',
  'forceHq',
  'duty',
  'head',
  'leadership',
  'police',
  'joc',
  'ngo',
]
const minutes = fc.integer({ min: 1, max: 900 })
const person = fc.constantFrom(...names)
const slot = fc.constantFrom(...slots)

const move = fc.oneof(
  { weight: 4, arbitrary: fc.record({ kind: fc.constant('pass' as const), minutes }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('away' as const), minutes }) },
  {
    weight: 8,
    arbitrary: fc.record({
      kind: fc.constantFrom(
        ...(['acknowledge', 'respond', 'watch', 'notActing', 'onSite', 'cannotTake', 'recorded'] as const),
      ),
      by: person,
      slot,
      minutes,
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constantFrom(...(['urgency', 'sector', 'threat', 'information'] as const)),
      by: person,
      to: fc.integer({ min: 0, max: 5 }),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ kind: fc.constantFrom('close' as const, 'withdraw' as const), by: person }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('unreachable' as const), who: person }) },
)
type Move = typeof move extends fc.Arbitrary<infer T> ? T : never

const urgencies = ['happening_now', 'imminent', 'within_24h', 'within_72h', 'tension', 'already_happened']
const threats = [null, 'unrest', 'armed_attack', 'crime', 'abduction', 'other']

async function make(desk: Desk, alertId: string, each: Move): Promise<void> {
  switch (each.kind) {
    case 'pass':
      return desk.pass(each.minutes * 60_000)
    case 'away':
      return desk.away(each.minutes * 60_000)
    case 'unreachable':
      return reportUnreachable(desk.system, await desk.id(each.who))
  }
  const ctx = await desk.as(each.by)
  const { alert } = await desk.facts({ alert: { id: alertId } })
  const { version } = alert
  switch (each.kind) {
    case 'close':
      return void (await close(ctx, { alertId, outcome: 'averted', note: 'They left' }))
    case 'withdraw':
      return void (await withdraw(ctx, { alertId, note: 'Mistaken' }))
    case 'information':
      return void (await addInformation(ctx, { alertId, note: 'More men' }))
    case 'threat':
      return void (await addDetails(ctx, { alertId, version, threat: threats[each.to] }))
    case 'urgency':
    case 'sector': {
      const place = alert.placeId ? { id: alert.placeId } : { said: alert.placeSaid }
      const urgency = each.kind === 'urgency' ? urgencies[each.to]! : alert.urgency
      const sector = each.kind === 'sector' ? (each.to < 3 ? 'north' : 'south') : null
      return void (await correct(ctx, { alertId, version, place, urgency, sector }))
    }
  }
  const until = desk.clock.now() + each.minutes * 60_000
  const input = { alertId, slot: each.slot }
  switch (each.kind) {
    case 'acknowledge':
      return void (await acknowledge(ctx, input))
    case 'respond':
      return void (await respond(ctx, { ...input, who: 'Patrol', until }))
    case 'watch':
      return void (await watch(ctx, { ...input, until }))
    case 'notActing':
      return void (await notActing(ctx, { ...input, reason: 'past_event' }))
    case 'onSite':
      return void (await onSite(ctx, input))
    case 'cannotTake':
      return void (await cannotTake(ctx, { ...input, reason: 'off_duty' }))
    case 'recorded': {
      const at = desk.clock.now() - each.minutes
      const rung = each.minutes % 3
      return void (await recordAnswer(ctx, {
        ...input,
        rung,
        means: 'radio',
        at,
        said: 'respond',
        who: 'Patrol',
        until,
      }))
    }
  }
}

/** The owner that an answer for `slot` leaves alone. */
function otherIn(facts: AlertFacts, slot: Slot) {
  const { owner, state, told, next } = ownerIn(facts, slot === 'civilian' ? 'uniformed' : 'civilian')
  return { owner, state, told, next }
}
const other = async (desk: Desk, alertId: string, slot: Slot) =>
  otherIn(await desk.facts({ alert: { id: alertId } }), slot)

/** What must hold of an alert at any moment. */
async function check(desk: Desk, alertId: string): Promise<void> {
  const { read } = desk.store
  const facts = await desk.facts({ alert: { id: alertId } })
  const ended = facts.alert.lifecycle !== 'open'
  for (const { owner, state, told, next, posts } of facts.owners) {
    const timer = await read.timers.byKey(`alert:${alertId}:${owner.slot}`)
    const armed = timer?.state === 'armed' ? timer : null
    expect(armed?.dueAt ?? null).toBe(next?.dueAt ?? null)
    if (armed) expect(armed.dueAt).toBeGreaterThan(desk.clock.now())
    expect(state.awaiting === null).toBe(ended)
    const saidSo = told.some(
      row => row.outcome === 'exhausted' && row.step === state.awaiting && row.round === state.round,
    )
    if (!ended) expect(armed !== null || saidSo).toBe(true)
    expect(posts[owner.rung]).toBeDefined()
  }
}

/** What must hold of everything that was said and recorded. */
async function checkAll(desk: Desk, alertId: string, endedAt: number | null): Promise<void> {
  const { read, database } = desk.store
  const rungs = await read.alerts.rungs(alertId)
  if (endedAt !== null) expect(rungs.every(({ at }) => at <= endedAt)).toBe(true)
  const keys = rungs.map(row => [row.slot, row.step, row.round, row.rung].join())
  expect(new Set(keys).size).toBe(keys.length)

  const events = await read.events.ofRecord('alert', alertId)
  const acts = await read.alerts.acts(alertId)
  expect(events.flatMap(({ data }) => (data.act as string) ?? [])).toEqual(acts.map(({ id }) => id))

  const said = (await desk.said()).filter(({ kind }) => kind === 'alert.line')
  const escalated = said.filter(({ data }) => data.line === 'escalated')
  const keysSaid = escalated.flatMap(({ target, data }) =>
    (data.rungs as number[]).map(rung => [target, data.slot, data.step, data.round, rung].join()),
  )
  expect(new Set(keysSaid).size).toBe(keysSaid.length)
  for (const slot of slots) {
    const rows = rungs.filter(row => row.slot === slot && row.outcome === 'exhausted')
    const lines = said.filter(
      ({ data, target }) => data.line === 'exhausted' && data.slot === slot && target.startsWith('C'),
    )
    expect(lines).toHaveLength(rows.length)
  }
  const targets = database.prepare<[], string>('select distinct target from outbox').pluck().all()
  const known = new Set([
    ...(await read.channels.all()).map(({ id }) => id),
    ...(await read.people.all()).map(({ id }) => `person:${id}`),
  ])
  expect(targets.filter(target => !known.has(target))).toEqual([])
  expect(await read.events.verify()).toMatchObject({ ok: true })
}

it('keeps its promises whatever people do and however long the bot is away', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(move, { minLength: 1, maxLength: 25 }), async moves => {
      const desk = await openDesk()
      try {
        const { alert } = await desk.raise()
        let endedAt: number | null = null
        for (const each of moves) {
          const before = await desk.facts({ alert })
          try {
            await make(desk, alert.id, each)
          } catch (error) {
            if (!(error instanceof TocsinError)) throw error
            const after = await desk.facts({ alert })
            expect(after).toEqual(before)
          }
          await check(desk, alert.id)
          if ('slot' in each)
            expect(await other(desk, alert.id, each.slot)).toEqual(otherIn(before, each.slot))
          if (before.alert.lifecycle === 'open' && (await desk.facts({ alert })).alert.lifecycle !== 'open')
            endedAt = desk.clock.now()
        }
        await checkAll(desk, alert.id, endedAt)
      } finally {
        await desk.store.close()
      }
    }),
    { numRuns: 100 },
  )
}, 120_000)
