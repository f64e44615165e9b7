import fc from 'fast-check'
import { describe, expect, it, test } from 'vitest'
import type { Act } from '../../src/domain/alert.ts'
import { type Constituency, URGENCIES } from '../../src/domain/mission.ts'
import {
  knownFromActs,
  mayCloseNeed,
  meetsPhysicalNeed,
  needsPhysicalProtection,
  type OwnerAnswer,
  RESPONDERS,
  responseAxis,
  TIERS,
  withArrivals,
} from '../../src/domain/response.ts'
import { anAct } from '../support/records.ts'

const owner = (
  given: Partial<Record<'said' | 'ack' | 'site' | 'reason' | 'id', string>> = {},
): OwnerAnswer => {
  const decision = given.said
    ? anAct({ id: given.id ?? 'act', kind: given.said as Act['kind'], reason: given.reason ?? null, at: 10 })
    : null
  return {
    acknowledged: decision ?? (given.ack ? anAct() : null),
    decision,
    onSite: given.site ? anAct({ kind: 'on_site', at: 20 }) : null,
  }
}
const silent = owner()
const seen = owner({ ack: 'yes' })
const going = owner({ said: 'respond' })
const there = owner({ said: 'respond', site: 'yes' })
const watching = owner({ said: 'watch' })
const refusing = owner({ said: 'not_acting', reason: 'no_asset' })
const handing = owner({ said: 'not_acting', reason: 'host_forces_responding' })
const row = (arrivedAt: number | null, endedAt: number | null, actId: string | null = null) => ({
  actId,
  arrivedAt,
  endedAt,
})

describe('what is done about an alert', () => {
  const axis = (
    owners: OwnerAnswer[],
    responses: ReturnType<typeof row>[] = [],
    { ended = false, tasked = false } = {},
  ) => {
    const handsOver = (reason: string) => reason === 'host_forces_responding'
    const { state, reason } = responseAxis({ ended, tasked, owners, responses, handsOver })
    return reason === null ? state : `${state}:${reason}`
  }
  test.each([
    ['nobody said anything', [silent, silent], [], {}, 'none'],
    ['one has seen it', [seen, silent], [], {}, 'assessing'],
    ['one watches', [watching, silent], [], {}, 'assessing'],
    ['somebody was given the task', [seen, silent], [], { tasked: true }, 'tasked'],
    ['one is going', [going, silent], [], { tasked: true }, 'en_route'],
    ['one is there', [there, going], [], {}, 'on_site'],
    ['one refuses, the other is silent', [refusing, silent], [], {}, 'assessing'],
    ['both refuse', [refusing, refusing], [], {}, 'not_responded:no_asset'],
    ['both refuse, one as others act', [handing, refusing], [], {}, 'handed_over:host_forces_responding'],
    ['both refuse, and a partner goes', [refusing, refusing], [row(null, null)], {}, 'en_route'],
    ['a response is over', [silent, silent], [row(5, 9)], {}, 'responded'],
    ['one is over, another on its way', [silent, silent], [row(5, 9), row(null, null)], {}, 'en_route'],
    ['one is over, another there', [silent, silent], [row(5, 9), row(6, null)], {}, 'on_site'],
    [
      'what was written down as over stands for the tap',
      [there, silent],
      [row(20, 30, 'act')],
      {},
      'responded',
    ],
    [
      'the tap says who is there where the writing does not',
      [there, silent],
      [row(null, null, 'act')],
      {},
      'on_site',
    ],
    ['closed while there', [there, silent], [], { ended: true }, 'responded'],
    ['closed before anybody arrived', [going, silent], [row(null, null)], { ended: true }, 'not_responded'],
    ['closed with a refusal', [refusing, silent], [], { ended: true }, 'not_responded:no_asset'],
    ['closed and handed over', [handing, handing], [], { ended: true }, 'handed_over:host_forces_responding'],
    ['never there, turned back', [silent, silent], [row(null, 9)], {}, 'none'],
  ] as const)('%s', (_, owners, responses, more, expected) => {
    expect(axis([...owners], [...responses], more)).toBe(expected)
  })
})

describe('a need for physical protection (R-023)', () => {
  test.each([
    ['physical', 'imminent', false, false, true],
    ['physical', 'happening_now', false, false, true],
    ['physical', 'within_24h', false, true, false],
    ['physical', 'already_happened', false, true, false],
    ['wider', 'happening_now', false, true, false],
    [null, 'imminent', false, false, false],
    [null, 'imminent', false, true, true],
    [null, 'already_happened', false, true, false],
    [null, 'tension', true, false, true],
    ['wider', 'within_72h', true, false, true],
  ] as const)('scope %s, %s, asked for: %s, attack: %s', (scope, urgency, asksForIt, attacked, needed) => {
    expect(needsPhysicalProtection({ scope, urgency, asksForIt, attacked })).toBe(needed)
  })

  test('asking for it is enough, whatever the threat', () => {
    const scope = fc.constantFrom('physical' as const, 'wider' as const, null)
    fc.assert(
      fc.property(scope, fc.constantFrom(...URGENCIES), (scope, urgency) => {
        expect(needsPhysicalProtection({ scope, urgency, asksForIt: true, attacked: false })).toBe(true)
      }),
    )
  })

  const response = fc.record({
    responder: fc.constantFrom(...RESPONDERS),
    tier: fc.constantFrom(...TIERS),
    arrivedAt: fc.option(fc.nat()),
  })

  test('is met by tier 2 that arrived, by those who are armed, and by nothing else', () => {
    fc.assert(
      fc.property(response, fc.boolean(), (given, state) => {
        const armed =
          given.responder === 'mission_military' ||
          given.responder === 'mission_police' ||
          (given.responder === 'authorities' && !state)
        expect(meetsPhysicalNeed(given, state)).toBe(given.tier === 2 && given.arrivedAt !== null && armed)
      }),
    )
  })

  test('no number of unarmed lines closes it; a command decision does', () => {
    const unarmed = response.filter(
      ({ tier, responder }) =>
        tier !== 2 || responder === 'civilian_section' || responder === 'humanitarian_partner',
    )
    fc.assert(
      fc.property(fc.array(unarmed), fc.boolean(), (responses, stateMayThreaten) => {
        const need = { needsPhysical: true, stateMayThreaten, responses }
        expect(mayCloseNeed({ ...need, commandDecision: false })).toBe(false)
        expect(mayCloseNeed({ ...need, commandDecision: true })).toBe(true)
        expect(mayCloseNeed({ ...need, needsPhysical: false, commandDecision: false })).toBe(true)
      }),
    )
  })
})

describe('what is known from taps', () => {
  const answering = (given: OwnerAnswer, constituency: Constituency) => ({ ...given, constituency })

  it('is one response for each owner that goes, armed ones giving physical protection', () => {
    const owners = [
      answering(owner({ said: 'respond', id: 'a', site: 'yes' }), 'military'),
      answering(owner({ said: 'respond', id: 'b' }), 'human_rights'),
      answering(refusing, 'police'),
    ]
    expect(
      knownFromActs(owners, []).map(({ actId, responder, tier, startedAt, arrivedAt }) => [
        actId,
        responder,
        tier,
        startedAt,
        arrivedAt,
      ]),
    ).toEqual([
      ['a', 'mission_military', 2, 10, 20],
      ['b', 'civilian_section', 1, 10, null],
    ])
    expect(knownFromActs(owners, [{ actId: 'a' }]).map(({ actId }) => actId)).toEqual(['b'])
  })

  it('adds an arrival where nobody wrote one down, and changes none that is', () => {
    expect(withArrivals([row(null, null, 'act')], [there])).toEqual([row(20, null, 'act')])
    expect(withArrivals([row(12, null, 'act')], [there])).toEqual([row(12, null, 'act')])
    expect(withArrivals([row(null, null)], [there])).toEqual([row(null, null)])
  })
})
