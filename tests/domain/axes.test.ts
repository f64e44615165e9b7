import fc from 'fast-check'
import { describe, expect, it, test } from 'vitest'
import { type ActKind, actKinds, type Lifecycle } from '../../src/domain/alert.ts'
import { CLOCKS, clocksOf } from '../../src/domain/clocks.ts'
import { isNear } from '../../src/domain/near.ts'
import { summariseSources } from '../../src/domain/source.ts'
import { afterMove, standingOf } from '../../src/domain/standing.ts'
import {
  mayVerify,
  suggestedVerification,
  VERIFICATION_STATES,
  verificationOf,
  verificationsOf,
} from '../../src/domain/verification.ts'
import { anAct, anAlert } from '../support/records.ts'

const acts = (...kinds: ActKind[]) => kinds.map((kind, n) => anAct({ kind, at: n + 1, recordedAt: n + 1 }))

describe('where an alert stands', () => {
  test.each([
    ['open', true, [], 'received'],
    ['open', false, [], 'triaged'],
    ['open', false, ['information', 'cannot_take'], 'triaged'],
    ['open', false, ['acknowledge'], 'open'],
    ['open', true, ['respond'], 'open'],
    ['open', false, ['acknowledge', 'close', 'reopen'], 'reopened'],
    ['open', false, ['acknowledge', 'close', 'reopen', 'watch'], 'open'],
    ['closed', false, ['acknowledge', 'close'], 'closed'],
    ['withdrawn', false, ['withdraw'], 'withdrawn'],
    ['merged', false, ['acknowledge', 'merge'], 'merged'],
  ] as [Lifecycle, boolean, ActKind[], string][])(
    '%s, triage %s, %j: %s',
    (lifecycle, triage, kinds, standing) => {
      expect(standingOf({ lifecycle, triage }, acts(...kinds))).toBe(standing)
    },
  )

  it('is left by an ending and come back to from each', () => {
    const lifecycles: Lifecycle[] = ['open', 'closed', 'withdrawn', 'merged']
    const moves = (['close', 'withdraw', 'merge', 'reopen', 'unmerge'] as const).flatMap(move =>
      lifecycles.flatMap(from => {
        const to = afterMove(move, from)
        return to ? `${move}: ${from}>${to}` : []
      }),
    )
    expect(moves).toEqual([
      'close: open>closed',
      'withdraw: open>withdrawn',
      'merge: open>merged',
      'reopen: closed>open',
      'reopen: withdrawn>open',
      'unmerge: merged>open',
    ])
  })
})

describe('verification', () => {
  it('moves from anything to anything else, but never back to nobody having looked', () => {
    for (const from of VERIFICATION_STATES)
      for (const to of VERIFICATION_STATES)
        expect(mayVerify(from, to), `${from} to ${to}`).toBe(to !== from && to !== 'unverified')
  })

  it('is what was said last, whatever else was done', () => {
    const steps = fc.array(fc.constantFrom(...VERIFICATION_STATES.slice(1)))
    fc.assert(
      fc.property(
        steps,
        fc.array(fc.constantFrom(...actKinds.filter(kind => kind !== 'verify'))),
        (said, others) => {
          const rows = [...said.map(reason => anAct({ kind: 'verify', reason })), ...acts(...others)]
          expect(verificationOf(verificationsOf(rows))).toBe(said.at(-1) ?? 'unverified')
        },
      ),
    )
  })

  it('suggests corroborated for two independent sources, and never over a finding', () => {
    for (const state of VERIFICATION_STATES)
      for (const independent of [0, 1, 2, 5])
        expect(suggestedVerification(state, { independent })).toBe(
          independent >= 2 && ['unverified', 'verifying'].includes(state) ? 'corroborated' : null,
        )
  })
})

describe('the clocks', () => {
  const alert = anAlert({ raisedAt: 10, eventAt: 5 })
  const none = { verifications: [], responses: [] }

  it('say when each thing first happened, and nothing of what has not', () => {
    expect(clocksOf({ alert, acts: [], ...none })).toEqual({
      event: 5,
      received: 10,
      acknowledged: null,
      triaged: 10,
      verified: null,
      tasked: null,
      on_site: null,
      closed: null,
    })
    const responded = clocksOf({
      alert: { ...alert, lifecycle: 'closed' },
      acts: [
        anAct({ kind: 'watch', at: 20 }),
        anAct({ kind: 'respond', at: 30 }),
        anAct({ kind: 'on_site', at: 50 }),
        anAct({ kind: 'close', at: 60 }),
      ],
      verifications: [
        { state: 'corroborated', at: 25 },
        { state: 'unfounded', at: 55 },
      ],
      responses: [{ startedAt: 28, arrivedAt: 45 }],
    })
    expect(responded).toMatchObject({ acknowledged: 20, verified: 55, tasked: 28, on_site: 45, closed: 60 })
  })

  it('keep what came first over any further acts, while the alert is open', () => {
    const act = fc.record({ kind: fc.constantFrom(...actKinds), at: fc.integer({ min: 10, max: 99 }) })
    fc.assert(
      fc.property(fc.array(act), act, (before, further) => {
        const later = { ...further, at: 100 }
        const was = clocksOf({ alert, acts: before, ...none })
        const is = clocksOf({ alert, acts: [...before, later], ...none })
        for (const clock of CLOCKS.filter(each => each !== 'triaged'))
          if (was[clock] !== null) expect(is[clock]).toBe(was[clock])
      }),
    )
  })
})

describe('what is near', () => {
  const at = (lat: number | null, lon: number | null, placeSaid = '') => ({
    lat,
    lon,
    placeId: null,
    placeSaid,
    sector: null,
    threat: null,
  })
  it('is so by distance, and by name where a position is missing', () => {
    expect(isNear(at(0, 0), at(0, 0.04), 5)).toBe(true)
    expect(isNear(at(0, 0), at(0, 0.05), 5)).toBe(false)
    expect(isNear(at(0, 0, 'Karamba'), at(null, null, 'karamba '), 5)).toBe(true)
    expect(isNear(at(0, 0), at(null, null), 5)).toBe(false)
  })
})

it('one source behind several joined alerts counts once, as it was graded last', () => {
  const row = (sourceId: string, recordedAt: number, credibility: 2 | 3, independent = true) => ({
    sourceId,
    recordedAt,
    reliability: 'B' as const,
    credibility,
    independent,
  })
  expect(summariseSources([row('a', 2, 3), row('a', 1, 2), row('b', 1, 2, false), row('b', 3, 2)])).toEqual({
    independent: 2,
    repeating: 0,
    grades: ['B2', 'B3'],
  })
})
