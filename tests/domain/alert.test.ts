import { describe, expect, it, test } from 'vitest'
import { type Act, byUrgency, isUrgent, type ToldRung } from '../../src/domain/alert.ts'
import { isOverdue, nextRung, ownerState } from '../../src/domain/awaited.ts'
import { type DueTimes, URGENCIES } from '../../src/domain/mission.ts'
import { anAct } from '../support/records.ts'

/** Minutes, to be read beside the tables. */
const due: DueTimes = { acknowledge: 10, decide: 30, on_site: 120, close: 1440, climb: 5 }
const open = { raisedAt: 0, lifecycle: 'open', urgency: 'imminent' } as const

/** An act at a minute, by the post at the foot of the ladder unless told otherwise. */
const act = (kind: Act['kind'], at: number, change: Partial<Act> = {}): Act =>
  anAct({ id: `${kind}-${at}`, kind, slot: 'uniformed', at, recordedAt: at, role: 'company', ...change })
const urgency = (at: number, to: string, from: string) =>
  act('urgency', at, { slot: null, reason: to, who: from })
const state = (acts: Act[], alert: Parameters<typeof ownerState>[0] = open) =>
  ownerState(alert, 'uniformed', acts, due)

describe('what is awaited of an owner', () => {
  const ack = act('acknowledge', 4)
  const respond = act('respond', 12, { who: 'Patrol 3' })
  const table: [string, Act[], string, number][] = [
    ['nothing was said', [], 'acknowledge', 10],
    ['it acknowledged', [ack], 'decide', 30],
    ['it acknowledged late', [act('acknowledge', 40)], 'decide', 45],
    ['it acknowledged just before the decision fell due', [act('acknowledge', 28)], 'decide', 33],
    ['it decided to go', [ack, respond], 'on_site', 120],
    ['it decided to go without a word before', [respond], 'on_site', 120],
    ['it promised to be there sooner', [ack, act('respond', 12, { until: 60 })], 'on_site', 60],
    ['it promised to be there later', [ack, act('respond', 12, { until: 600 })], 'on_site', 120],
    ['it decided to go late', [act('respond', 130)], 'on_site', 135],
    ['it watches', [ack, act('watch', 12, { until: 300 })], 'decide', 300],
    ['it does not act', [ack, act('not_acting', 12)], 'close', 1440],
    ['it is on site', [ack, respond, act('on_site', 90)], 'close', 1440],
    ['it is on site after the alert should have closed', [respond, act('on_site', 1500)], 'close', 1505],
    ['it goes a second time', [respond, act('on_site', 90), act('respond', 100)], 'on_site', 120],
    ['it goes after watching', [act('watch', 12, { until: 20 }), act('respond', 21)], 'on_site', 120],
    ['the other owner answered', [act('acknowledge', 4, { slot: 'civilian' })], 'acknowledge', 10],
    ['it cannot take it', [ack, act('cannot_take', 8)], 'acknowledge', 13],
    ['it cannot take it any more', [ack, respond, act('cannot_take', 100)], 'acknowledge', 105],
    [
      'a post above cannot take it while the first answers for it',
      [ack, respond, act('cannot_take', 100, { role: 'battalion' })],
      'on_site',
      120,
    ],
    ['it moved to another ladder', [ack, act('moved', 50)], 'acknowledge', 60],
    ['the other owner moved', [ack, act('moved', 50, { slot: 'civilian' })], 'decide', 30],
    ['urgency changed before an answer', [urgency(7, 'happening_now', 'imminent')], 'acknowledge', 17],
    ['urgency changed after one', [ack, urgency(7, 'happening_now', 'imminent')], 'decide', 37],
    [
      'urgency rose on those that watch',
      [ack, act('watch', 12, { until: 300 }), urgency(20, 'happening_now', 'imminent')],
      'decide',
      50,
    ],
    [
      'urgency rose on those that do not act',
      [act('not_acting', 12), urgency(20, 'imminent', 'tension')],
      'decide',
      50,
    ],
    [
      'urgency fell on those that watch',
      [ack, act('watch', 12, { until: 300 }), urgency(20, 'tension', 'imminent')],
      'decide',
      300,
    ],
    [
      'urgency fell on those that do not act',
      [act('not_acting', 12), urgency(20, 'tension', 'imminent')],
      'close',
      1460,
    ],
    ['urgency rose on those that go', [respond, urgency(20, 'happening_now', 'imminent')], 'on_site', 140],
    [
      'urgency changed after a watch had ended',
      [act('watch', 12, { until: 20 }), urgency(40, 'tension', 'imminent')],
      'decide',
      70,
    ],
    [
      'urgency changed after a promise had been missed',
      [act('respond', 12, { until: 20 }), urgency(40, 'tension', 'imminent')],
      'on_site',
      160,
    ],
    ['somebody added information', [act('information', 3, { slot: null })], 'acknowledge', 10],
  ]
  test.each(table)('when %s', (_, acts, awaiting, dueAt) => {
    expect(state(acts)).toMatchObject({ awaiting, dueAt })
  })

  it('is nothing once the alert has ended, and what was done stays readable', () => {
    expect(state([ack, respond], { ...open, lifecycle: 'closed' })).toMatchObject({
      awaiting: null,
      dueAt: null,
      acknowledged: ack,
      decision: respond,
    })
  })

  it('takes a decision for an acknowledgement', () => {
    expect(state([respond]).acknowledged).toBe(respond)
  })

  it('leaves a voided decision acknowledged', () => {
    const watch = act('watch', 12, { until: 300 })
    expect(state([watch, urgency(20, 'happening_now', 'imminent')])).toMatchObject({
      acknowledged: watch,
      decision: null,
      answer: watch,
    })
  })

  it('knows of no one on site for a response that replaced the one that arrived', () => {
    expect(state([respond, act('on_site', 90), act('respond', 100)]).onSite).toBeNull()
  })

  it('begins a new round with every decision, change of urgency, passing on and move', () => {
    expect(state([]).round).toBe(0)
    expect(state([ack]).round).toBe(0)
    expect(state([respond, act('respond', 50, { until: 90 })]).round).toBe(2)
    expect(state([urgency(7, 'tension', 'imminent')]).round).toBe(1)
    expect(state([ack, act('cannot_take', 8)]).round).toBe(1)
    expect(state([ack, act('cannot_take', 8, { role: 'battalion' })]).round).toBe(0)
    expect(state([urgency(2, 'tension', 'imminent'), act('moved', 8)])).toMatchObject({ round: 2, since: 2 })
  })

  it('is overdue from the moment it is due', () => {
    expect(isOverdue({ dueAt: 10 }, 9)).toBe(false)
    expect(isOverdue({ dueAt: 10 }, 10)).toBe(true)
    expect(isOverdue({ dueAt: null }, 10)).toBe(false)
  })
})

describe('the next rung', () => {
  const told = (rung: number, change: Partial<ToldRung> = {}): ToldRung => ({
    alertId: 'alert-1',
    slot: 'uniformed',
    step: 'acknowledge',
    rung,
    round: 0,
    dueAt: 0,
    at: 0,
    outcome: 'told',
    people: [],
    means: [],
    late: false,
    ...change,
  })
  const first = told(0)
  const watching = [act('watch', 4, { until: 60 })]
  const next = (acts: Act[], rows: ToldRung[], rung = 0, rungs = 3) =>
    nextRung(state(acts), { rung }, rows, rungs, due)

  const table: [string, ReturnType<typeof next>, ReturnType<typeof next>][] = [
    ['is the one above, when the first falls due', next([], [first]), { rung: 1, dueAt: 10 }],
    [
      'waits one climb after the last',
      next([], [first, told(1, { dueAt: 10, at: 10 })]),
      { rung: 2, dueAt: 15 },
    ],
    [
      'counts from the due time, not from a late telling',
      next([], [first, told(1, { dueAt: 10, at: 900 })]),
      { rung: 2, dueAt: 15 },
    ],
    [
      'loses no time to a vacancy',
      next([], [told(0, { outcome: 'vacant' }), told(1)], 1),
      { rung: 2, dueAt: 10 },
    ],
    [
      'loses no time to a vacancy further up',
      next([], [first, told(1, { dueAt: 10, outcome: 'vacant' }), told(2, { dueAt: 10 })], 0, 4),
      { rung: 3, dueAt: 15 },
    ],
    [
      'is the place above the top, a climb after the top was really told',
      next([], [first, told(1, { dueAt: 10 }), told(2, { dueAt: 15, at: 100 })]),
      { rung: 3, dueAt: 105 },
    ],
    [
      'is nothing once that was said',
      next([], [first, told(2, { dueAt: 15 }), told(3, { outcome: 'exhausted' })]),
      null,
    ],
    [
      'is the place above at once, when the top itself answered and did no more',
      next([act('acknowledge', 4)], [], 2),
      { rung: 3, dueAt: 30 },
    ],
    [
      'is counted above the post that answered',
      next([act('acknowledge', 12)], [first], 1),
      { rung: 2, dueAt: 30 },
    ],
    ['asks the owner that watched first', next(watching, [first]), { rung: 0, dueAt: 60 }],
    [
      'then climbs',
      next(watching, [first, told(0, { step: 'decide', round: 1, dueAt: 60 })]),
      { rung: 1, dueAt: 65 },
    ],
    [
      'tells again who was told in an earlier round',
      next(
        [act('respond', 4, { until: 20 }), act('respond', 25, { until: 50 })],
        [first, told(1, { step: 'on_site', round: 1, dueAt: 20 })],
      ),
      { rung: 1, dueAt: 50 },
    ],
    ['is none of the other owner', next([], [first, told(1, { slot: 'civilian' })]), { rung: 1, dueAt: 10 }],
  ]
  test.each(table)('%s', (_, actual, expected) => {
    expect(actual).toEqual(expected)
  })

  it('is nothing once the alert has ended', () => {
    const ended = ownerState({ ...open, lifecycle: 'withdrawn' }, 'uniformed', [], due)
    expect(nextRung(ended, { rung: 0 }, [], 3, due)).toBeNull()
  })
})

describe('urgency', () => {
  it('sorts the nearest harm first', () => {
    const sorted = URGENCIES.map(value => ({ urgency: value }))
      .reverse()
      .sort(byUrgency)
    expect(sorted.map(each => each.urgency)).toEqual([...URGENCIES])
  })

  it('hurries only what happens now or is imminent', () => {
    expect(URGENCIES.filter(isUrgent)).toEqual(['happening_now', 'imminent'])
  })
})
