import fc from 'fast-check'
import { describe, expect, it, test } from 'vitest'
import {
  ACTIVITY_CLASSES,
  blocks,
  decisionsFor,
  EXEMPTIONS,
  GATE_KINDS,
  GATE_STATES,
  type GatePart,
  type GateStanding,
  mayBeLabelled,
  mayProceed,
} from '../../src/domain/gate.ts'
import { saysPositionOrHour } from '../../src/domain/tempting.ts'

const NOW = 1_000
const mission = { side: 'mission', exemption: null } as const
const gate = (kind: GateStanding['kind'], state: GateStanding['state'], expiresAt: number | null = null) => ({
  kind,
  state,
  expiresAt,
})

test.each([
  ['due_diligence', 'waiting', null, true],
  ['due_diligence', 'cleared', NOW + 1, false],
  ['due_diligence', 'cleared', NOW, true],
  ['due_diligence', 'cleared_with_mitigation', NOW + 1, false],
  ['due_diligence', 'not_required', NOW + 1, false],
  ['due_diligence', 'refused', null, true],
  ['due_diligence', 'suspended', null, true],
  ['due_diligence', 'withdrawn', null, true],
  ['consultation', 'waiting', null, true],
  ['consultation', 'no_concern', null, false],
  ['consultation', 'concern', null, true],
  ['consultation', 'proceeding', null, false],
  ['consultation', 'withdrawn', null, true],
  ['escort', 'returned', null, true],
  ['escort', 'endorsed', null, true],
  ['escort', 'granted', null, false],
  ['escort', 'declined', null, true],
  ['opinion', 'appropriate', null, false],
  ['opinion', 'with_changes', null, false],
  ['opinion', 'not_appropriate', null, true],
] as const)('%s that is %s until %s blocks: %s', (kind, state, expiresAt, expected) => {
  expect(blocks(gate(kind, state, expiresAt), mission, NOW)).toBe(expected)
})

const anyGate = fc.option(
  fc.record({
    kind: fc.constantFrom(...GATE_KINDS),
    state: fc.constantFrom(...GATE_STATES),
    expiresAt: fc.option(fc.integer({ min: 0, max: 2 * NOW })),
  }),
)
const parts = fc.uniqueArray(fc.constantFrom<GatePart>('decider', 'asker', 'unit', 'human_rights'))

describe('whatever the gate', () => {
  it('what the mission does against an imminent threat, in dialogue or for casualties never waits', () => {
    fc.assert(
      fc.property(anyGate, fc.constantFrom(...EXEMPTIONS), fc.nat(), (some, exemption, now) => {
        expect(blocks(some, { side: 'mission', exemption }, now)).toBe(false)
      }),
    )
  })

  it('a gate that is needed and not there blocks everything else', () => {
    fc.assert(
      fc.property(fc.constantFrom('mission', 'humanitarian'), fc.nat(), (side, now) => {
        expect(blocks(null, { side, exemption: null }, now)).toBe(true)
      }),
    )
    expect(blocks(null, { side: 'humanitarian', exemption: 'imminent_threat' }, NOW)).toBe(true)
  })

  it('time only ever takes a clearance away', () => {
    fc.assert(
      fc.property(anyGate, fc.nat(), fc.nat(), (some, now, later) => {
        if (blocks(some, mission, now)) expect(blocks(some, mission, now + later)).toBe(true)
      }),
    )
  })

  it('nobody decides without a part in it, and nothing that ended is decided again', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...GATE_KINDS),
        fc.constantFrom(...GATE_STATES),
        parts,
        (kind, state, mine) => {
          expect(decisionsFor(kind, state, [])).toEqual([])
          if (['refused', 'withdrawn', 'declined', 'done', 'suspended', 'not_appropriate'].includes(state))
            expect(decisionsFor(kind, state, mine)).toEqual([])
          // No decision leads back to where it came from.
          expect(decisionsFor(kind, state, mine)).not.toContain(state)
        },
      ),
    )
  })

  it('whoever asked never clears, supports or approves', () => {
    for (const kind of GATE_KINDS)
      for (const state of GATE_STATES)
        for (const decision of decisionsFor(kind, state, ['asker']))
          expect(['withdrawn', 'done']).toContain(decision)
  })
})

test('over silence one may go on when the time for an answer has passed, over a concern at once', () => {
  const consultation = (state: GateStanding['state'], dueAt: number | null) => ({
    kind: 'consultation' as const,
    state,
    dueAt,
  })
  expect(mayProceed(consultation('waiting', NOW + 1), NOW)).toBe(false)
  expect(mayProceed(consultation('waiting', NOW), NOW)).toBe(true)
  expect(mayProceed(consultation('waiting', null), NOW)).toBe(false)
  expect(mayProceed(consultation('concern', NOW + 1), NOW)).toBe(true)
  expect(mayProceed({ ...consultation('waiting', 0), kind: 'due_diligence' }, NOW)).toBe(false)
})

test('work of the mission is never called humanitarian', () => {
  expect(ACTIVITY_CLASSES.filter(activity => !mayBeLabelled(activity, 'mission'))).toEqual(['humanitarian'])
  expect(mayBeLabelled('humanitarian', 'humanitarian')).toBe(true)
})

test.each([
  'Move at 06:30',
  'départ à 6 h',
  'à 6h30',
  '0630 hrs',
  '1800Z',
  '250630Z NOV 26',
  '6 pm at the bridge',
  '35MLK1234567890',
  'LK 1234 5678',
  'grid 123456',
  '6GCRJQVM+2X',
  '-7.1045, -9.2181',
  '-7.10, -9.21',
])('“%s” says where or when too closely', text => {
  expect(saysPositionOrHour(text)).toBe(true)
})

test.each([
  'Operation LOTUS 3, 2nd Battalion',
  'OPS-2026-114',
  'within 24 hours, for 3 days',
  'dans les 48 heures',
  'About 4,000 people and 12 villages',
  'Houses near the road may be hit; 2 schools and 1 clinic',
  'Chapter 7, paragraph 12',
  'ratio 3.5 to 1',
  'Call JOC +999 20 555 0100',
])('“%s” may be written', text => {
  expect(saysPositionOrHour(text)).toBe(false)
})
