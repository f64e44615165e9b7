import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { loadMission } from '../../src/config.ts'
import { scorecards } from '../../src/domain/scorecard.ts'
import {
  actsOpenTo,
  GRAMMAR,
  isOpenTasking,
  isOverdueTasking,
  moveOf,
  type Party,
  postsAbove,
  TASKING_ACTS,
  TASKING_STATES,
  type TaskingState,
  wordsNeeded,
} from '../../src/domain/tasking.ts'
import { parseTaskingFilter } from '../../src/domain/tasking-filter.ts'
import { parseSteps, readySteps, stepProblem, writeSteps } from '../../src/domain/tasking-steps.ts'

const mission = await loadMission('missions/ombara.yaml')
const PARTIES: Party[] = ['asked', 'asker', 'above', 'appointer']

describe('the grammar of a tasking', () => {
  it.each([
    ['offered', 'accept', 'accepted'],
    ['offered', 'decline', 'declined'],
    ['accepted', 'decline', null],
    ['in_progress', 'block', 'blocked'],
    ['blocked', 'resume', 'in_progress'],
    ['declined', 'take_on', 'accepted'],
    ['declined', 'uphold', 'not_taken_on'],
    ['declined', 'done', null],
    ['referred', 'return', 'offered'],
    ['done', 'cancel', null],
  ] as const)('%s, %s: %s', (from, act, to) => expect(moveOf('tasking', from, act)?.to ?? null).toBe(to))

  it('a decline ends nothing by itself: the post above, or whoever asked, does', () => {
    expect(actsOpenTo('tasking', 'declined', ['asked'])).toEqual([])
    expect(isOpenTasking({ kind: 'tasking', state: 'declined' })).toBe(true)
    expect(wordsNeeded('tasking', 'decline', 'military')).toBe(true)
  })
})

describe('the grammar of a request', () => {
  it('a decline ends it, and needs no reason of an agency, an NGO or human rights', () => {
    expect(isOpenTasking({ kind: 'request', state: 'declined' })).toBe(false)
    for (const to of ['un_agency', 'ngo', 'human_rights'] as const)
      expect(wordsNeeded('request', 'decline', to)).toBe(false)
    expect(wordsNeeded('request', 'decline', 'police')).toBe(true)
  })

  it('knows no post above, no blocking and no headquarters', () => {
    for (const act of ['take_on', 'pass_up', 'uphold', 'block', 'refer'] as const)
      expect(GRAMMAR.request[act]).toBeUndefined()
  })

  it('is never overdue, whatever its state and however old', () => {
    fc.assert(
      fc.property(fc.constantFrom(...TASKING_STATES), fc.nat(), (state, now) => {
        expect(isOverdueTasking({ kind: 'request', state, dueAt: -1 }, now)).toBe(false)
      }),
    )
  })
})

it('any sequence of acts stays within the grammar, and what has ended stays as it is', () => {
  fc.assert(
    fc.property(
      fc.constantFrom('tasking' as const, 'request' as const),
      fc.array(fc.constantFrom(...TASKING_ACTS), { maxLength: 30 }),
      (kind, acts) => {
        let state: TaskingState = 'offered'
        for (const act of acts) {
          const move = moveOf(kind, state, act)
          if (!isOpenTasking({ kind, state })) expect(move).toBeNull()
          if (move) {
            expect(actsOpenTo(kind, state, [...PARTIES])).toContain(act)
            state = move.to
          }
        }
        if (isOpenTasking({ kind, state })) expect(actsOpenTo(kind, state, PARTIES)).toContain('cancel')
      },
    ),
  )
})

it('a decline climbs the own ladder of the component, from the post above', () => {
  const above = (toRole: string, toConstituency: 'military' | 'mission_civilian') =>
    postsAbove(mission, { toRole, toConstituency, sector: 'north' }).map(({ role }) => role)
  expect(above('company_duty_officer@north', 'military')).toEqual([
    'battalion_operations',
    'sector_operations',
    'force_hq',
  ])
  expect(above('liaison_assistant@north', 'mission_civilian')).toEqual([
    'head_of_office',
    'mission_leadership',
  ])
  expect(above('mission_leadership', 'mission_civilian')).toEqual([])
})

describe('steps', () => {
  const text = '1. Call the chief\nPolice: close the road (after 1)\nCompany: secure the ford (après 1, 2)'

  it('are read as people write them, and written so again', () => {
    expect(parseSteps(text).map(({ after }) => after)).toEqual([[], [1], [1, 2]])
    expect(parseSteps(writeSteps(parseSteps(text), 'after'))).toEqual(parseSteps(text))
    expect(stepProblem(parseSteps(text))).toBeNull()
  })

  it('that wait for each other are named, and so is one that waits for none there is', () => {
    expect(stepProblem(parseSteps('A (after 2)\nB (after 1)'))).toEqual({
      problem: 'cycle',
      steps: ['A', 'B', 'A'],
    })
    expect(stepProblem(parseSteps('A (after 4)'))).toEqual({ problem: 'unknown', step: 'A', after: 4 })
  })

  it('without a cycle can always be done one after the other', () => {
    fc.assert(
      fc.property(
        fc.array(fc.array(fc.integer({ min: 1, max: 8 }), { maxLength: 3 }), { maxLength: 8 }),
        lists => {
          const steps = lists.map((after, index) => ({
            position: index + 1,
            what: `s${index}`,
            after: after.filter(each => each <= lists.length),
            doneAt: null as number | null,
          }))
          if (stepProblem(steps)) return
          for (const _ of steps) {
            const [next] = readySteps(steps)
            expect(next).toBeDefined()
            if (next) next.doneAt = 1
          }
          expect(steps.every(({ doneAt }) => doneAt !== null)).toBe(true)
        },
      ),
    )
  })
})

it('a list is narrowed by words of either language; the rest is looked for in the text', () => {
  expect(parseTaskingFilter('mine late north A-7K4Q ford', mission)).toMatchObject({
    whose: 'mine',
    overdue: true,
    sector: 'north',
    origin: 'A-7K4Q',
    words: 'ford',
  })
  expect(parseTaskingFilter('de moi demandes', mission)).toMatchObject({
    whose: 'from_me',
    kind: 'request',
    words: '',
  })
})

it('scorecards hold taskings of the components alone: no request, no agency, no exercise', () => {
  const one = {
    kind: 'tasking' as const,
    state: 'done' as const,
    dueAt: 10,
    stateAt: 20,
    toConstituency: 'mission_civilian' as const,
    exercise: false,
    pocUnit: false,
    acts: [{ kind: 'accept', words: null }],
  }
  const cards = scorecards(
    [one, { ...one, kind: 'request' }, { ...one, exercise: true }, { ...one, toConstituency: 'ngo' }],
    30,
  )
  expect(cards.map(({ constituency }) => constituency)).toEqual(['military', 'police', 'mission_civilian'])
  expect(cards.map(({ offered, late }) => [offered, late])).toEqual([
    [0, 0],
    [0, 0],
    [1, 1],
  ])
})
